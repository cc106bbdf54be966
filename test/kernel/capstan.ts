/** Capstan's own commands, run on the engine of the machine as a person would run them. */
import { join } from 'node:path'
import { z } from 'zod'
import { CapstanError } from '../../shared/errors'
import { lastLines } from '../../shared/last-lines'
import { type Ran, runBound } from './commands'

/** How slow the machine is, for the time limits of the processes that are started here. */
const TIME_FACTOR = '10'
const DOCTOR_LIMIT_MS = 1_200_000

export interface Capstan {
  /** Folder of the project. */
  readonly root: string
  /** Data folder of this run. */
  readonly data: string
  /** Tells how far something is. */
  readonly say: (text: string) => void
}

/** An engine, and how a process gets to where it is reached. */
export interface Target extends Capstan {
  readonly endpoint: string
  readonly enter: readonly string[]
}

export interface CallOptions {
  readonly limitMs: number
  readonly signal: AbortSignal
}

/** Runs a command of Capstan that prints one JSON document. */
export async function capstan(target: Target, args: readonly string[], options: CallOptions): Promise<Ran> {
  return await runNode(target, [join(target.root, 'dist/main/cli.js'), ...args, '--json'], options)
}

/** Runs a program with Node on the engine of the machine. */
export async function runNode(
  { endpoint, enter, data, say }: Target,
  args: readonly string[],
  { limitMs, signal }: CallOptions,
): Promise<Ran> {
  const env = {
    ...process.env,
    DOCKER_HOST: endpoint,
    CAPSTAN_DATA: data,
    CAPSTAN_TIME_FACTOR: process.env.CAPSTAN_TIME_FACTOR ?? TIME_FACTOR,
  }
  return await runBound([...enter, process.execPath, ...args], { env, limitMs, signal, onMessage: say })
}

const Report = z.object({
  ok: z.boolean(),
  capabilities: z.record(z.string(), z.unknown()),
  problems: z.array(z.object({ message: z.string(), help: z.string() })),
})

/** What a complete kernel has, of the features that work may require. */
export const FEATURES = ['ipvs', 'esp', 'vxlan', 'macvlan', 'ipvlan'] as const
/** Whether a kernel has each of them. */
export type Features = Readonly<Record<string, boolean>>

/** Asks what an engine can do, which prepares its images first. @throws CapstanError with the doctor's own words */
export async function doctorOf(target: Target, signal: AbortSignal): Promise<Features> {
  const { out } = await capstan(target, ['doctor'], { limitMs: DOCTOR_LIMIT_MS, signal })
  const report = documentIn(out, Report)
  const [problem] = report.problems
  if (!report.ok) throw new CapstanError('no-engine', problem?.message ?? out, { help: problem?.help ?? '' })
  return Object.fromEntries(FEATURES.map((name) => [name, report.capabilities[name] === true]))
}

/** Reads the document that a command has printed. @throws CapstanError `engine-timeout` where it printed none */
export function documentIn<T>(out: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(out))
  } catch (error) {
    const words = lastLines(out, 2) || 'nothing'
    throw new CapstanError('engine-timeout', `A command of Capstan ended too early. It printed: ${words}`, {
      cause: error,
    })
  }
}
