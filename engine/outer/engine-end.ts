/** Ends the private engine, also one that hangs, and what is left of one whose supervisor is gone. */
import { readFileSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CapstanError } from '../../shared/errors'
import { processesWith } from '../../shared/system/processes'
import { until } from '../../shared/system/wait'

const LOOK_AGAIN_MS = 100
/** The kernel needs a moment to take down the namespaces of many nodes. */
const KILL_LIMIT_MS = 20_000
/** The parent of the control groups of all containers, where the freezer is one of its own (cgroup v1). */
const FROZEN = '/sys/fs/cgroup/freezer/capstan'

export interface EndOptions {
  /** Milliseconds for an end in order. After that everything of the engine is killed. */
  readonly orderlyMs: number
  readonly signal?: AbortSignal | undefined
}

/** The processes of the engine of this home: each has the lock of its data open. */
export function engineProcesses(home: string): number[] {
  return processesWith(join(home, 'data.lock'))
}

/**
 * Asks the supervisor to end its engine, and kills what is left of both after the time for that.
 * @throws CapstanError `no-engine` when something does not end even then; or the signal's reason
 */
export async function endEngine(home: string, { orderlyMs, signal }: EndOptions): Promise<void> {
  const supervisors = engineProcesses(home).filter(isSupervisor)
  for (const pid of supervisors) sendSignal(pid, 'SIGTERM')
  const wait = { everyMs: LOOK_AGAIN_MS, signal, waitsFor: 'the private engine to end' }
  const hasEnded = () => engineProcesses(home).length === 0
  // Without a supervisor nobody would end it in order.
  if (await until(hasEnded, { ...wait, limitMs: supervisors.length > 0 ? orderlyMs : 0 })) return
  const kill = async () => {
    for (const pid of engineProcesses(home)) sendSignal(pid, 'SIGKILL')
    await thawEverything()
    return hasEnded()
  }
  await until(kill, { ...wait, limitMs: KILL_LIMIT_MS, atLimit: () => undying(home) })
}

function isSupervisor(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('private-engine.sh')
  } catch {
    // It has ended meanwhile.
    return false
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended meanwhile.
  }
}

/** A process that a student has paused does not take a SIGKILL until it is thawed (cgroup v1). */
async function thawEverything(): Promise<void> {
  const files = await readdir(FROZEN, { recursive: true }).catch(() => [])
  const states = files.filter((file) => file.endsWith('/freezer.state'))
  await Promise.allSettled(states.map((state) => writeFile(join(FROZEN, state), 'THAWED')))
}

function undying(home: string): CapstanError {
  const left = engineProcesses(home).join(', ')
  return new CapstanError('no-engine', `What is left of the private engine does not end (process ${left}).`, {
    help: 'Start this machine again, or install Docker.',
  })
}
