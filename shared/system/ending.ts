/** Ends this process when a signal asks for it: in order, or within a limit, or at once. */
import { CapstanError } from '../errors'
import { stretched } from '../time-limits'
import { currentWaits } from './wait'

/** Milliseconds from the first signal, or the first wish to quit, to the end. */
export const ENDING_LIMIT_MS = 15_000
/** Silence looks like a hang. After this time it is said what is waited for, in milliseconds. */
const SAY_AFTER_MS = 2_000

const NAMES = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
type Name = (typeof NAMES)[number]

export interface EndingOptions {
  /** Tells people why the end takes long. */
  readonly say: (text: string) => void
  readonly limitMs?: number
}

/**
 * The first SIGINT, SIGTERM or SIGHUP aborts the signal that is returned, so that the work ends in order. The second
 * ends the process at once, and so does the limit.
 */
export function endOnSignals({ say, limitMs = ENDING_LIMIT_MS }: EndingOptions): AbortSignal {
  const stopped = new AbortController()
  const onSignal = (name: Name) => {
    if (stopped.signal.aborted) return endBy(name)
    setTimeout(() => say(`Stopping. ${waitsText()} Press Ctrl+C again to end at once.`), SAY_AFTER_MS).unref()
    setTimeout(() => {
      say(`Ended without waiting any longer. ${waitsText()}`)
      endBy(name)
    }, stretched(limitMs)).unref()
    stopped.abort(new CapstanError('cancelled', 'Stopped by a signal.'))
  }
  for (const name of NAMES) process.on(name, onSignal)
  return stopped.signal
}

/** What this process waits for, in words. */
export function waitsText(): string {
  const waits = currentWaits()
  return waits.length > 0 ? `Waiting for ${waits.join(', ')}.` : 'Waiting for work to end.'
}

/**
 * Ends this process by the signal itself, which a shell reports as 130 or 143. An exit would first wait for the threads
 * of libuv, and one that opens a pipe or reads a dead network disk never ends.
 */
function endBy(name: Name): void {
  process.removeAllListeners(name)
  process.kill(process.pid, name)
  // The first process of a container does not end by a signal.
  process.exit(name === 'SIGINT' ? 130 : name === 'SIGTERM' ? 143 : 129)
}
