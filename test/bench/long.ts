/** What takes minutes: the first set-up, and the proofs of all labs. Both are measured by Capstan's own commands. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { resourcesFolder } from '../../engine/resources'
import { median, quantile, type Row, row, timed } from './rows'

const SECOND_MS = 1000

/** From nothing but the dependencies to nodes that can be started: programs, images, registry, template. */
export async function firstSetup(): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'capstan-bench-'))
  const env = { CAPSTAN_ENGINE: join(folder, 'engine'), CAPSTAN_DATA: join(folder, 'data') }
  try {
    const value = (await timed(() => capstan(['setup'], env))) / SECOND_MS
    return row({ name: 'first set-up, nothing there', value, unit: 's', atMost: 75 })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const Proofs = z.object({
  labs: z.array(
    z.object({ ok: z.boolean(), skipped: z.union([z.boolean(), z.string()]), seconds: z.number() }),
  ),
})

/** All labs one after the other, with the part of their mistakes that is proven per commit. */
export async function proofs(): Promise<Row[]> {
  const { labs } = Proofs.parse(
    JSON.parse(await capstan(['lab', 'verify', '--jobs', '1', '--mistakes', '1/12', '--json'])),
  )
  const proven = labs.filter(({ ok, skipped }) => ok && !skipped).map(({ seconds }) => seconds)
  return [
    row({
      name: 'labs proven',
      value: proven.length,
      unit: '',
      atLeast: labs.filter(({ skipped }) => !skipped).length,
    }),
    row({ name: 'proof of a lab, median', value: median(proven), unit: 's', atMost: 15 }),
    row({ name: 'proof of a lab, slowest tenth', value: quantile(proven, 0.9), unit: 's' }),
  ]
}

/** @returns what it printed */
async function capstan(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const child = spawn(process.execPath, [join(resourcesFolder(), 'dist/main/cli.js'), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [out, code] = await Promise.all([
    text(child.stdout),
    new Promise((resolve, reject) => child.once('error', reject).once('close', resolve)),
  ])
  if (code !== 0) throw new Error(`capstan ${args.join(' ')} ended with ${code}: ${out.slice(-500)}`)
  return out
}
