/**
 * The last resort for faults that nothing has caught. The state of the process is unknown then, so it ends: it tells the
 * log and the pages, and shuts down in order as long as that works.
 */
import { stretched } from '../../../shared/time-limits'
import type { Log } from './log'
import type { Notices } from './notices'

export interface LastResortOptions {
  readonly log: Log
  readonly notices: Notices
  /** Begins the end of the process. It may be called while something else has begun it. */
  readonly shutDown: () => void
  /** Ends the process at once, with this exit code. It is called when the end in order takes too long. */
  readonly exit: (code: number) => void
  readonly limitMs?: number
}

/** Nodes are stopped one after the other, which takes seconds. */
const LIMIT_MS = 20_000
const EVENTS = ['uncaughtException', 'unhandledRejection'] as const

/** @returns a function that takes the last resort away, when the end in order is done */
export function installLastResort(options: LastResortOptions): () => void {
  const { log, notices, shutDown, exit, limitMs = LIMIT_MS } = options
  let limit: NodeJS.Timeout | null = null
  const end = (error: unknown) => {
    log.error('uncaught', error)
    // Faults during the end are for the log: the end goes on.
    if (limit) return
    limit = setTimeout(() => exit(1), stretched(limitMs))
    // Whatever fails here, the limit ends the process.
    attempt(log, () =>
      notices.add(
        'error',
        'Something went wrong inside Capstan, so it closes.',
        'What you confirmed is saved. Start Capstan again; capstan.log in the data folder says more.',
      ),
    )
    attempt(log, shutDown)
  }
  for (const event of EVENTS) process.on(event, end)
  return () => {
    if (limit) clearTimeout(limit)
    for (const event of EVENTS) process.off(event, end)
  }
}

function attempt(log: Log, work: () => void): void {
  try {
    work()
  } catch (error) {
    log.error('uncaught while closing', error)
  }
}
