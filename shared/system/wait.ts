/**
 * Waiting with a limit and a name: for a condition that nothing announces, or for work that may never end. Each limit is
 * stretched here.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { CapstanError } from '../errors'
import { limitText, stretched, timeFactor } from '../time-limits'

/** What this process waits for right now. Whoever ends it tells. */
const waits = new Set<{ readonly waitsFor: string }>()

/** Names all that this process waits for at this moment, the oldest first. */
export function currentWaits(): string[] {
  return [...new Set([...waits].map(({ waitsFor }) => waitsFor))]
}

/** Runs the work, and names what is waited for while it runs. @throws what the work throws */
export async function waitingFor<T>(waitsFor: string, work: () => T | Promise<T>): Promise<T> {
  const wait = { waitsFor }
  waits.add(wait)
  try {
    return await work()
  } finally {
    waits.delete(wait)
  }
}

export interface WithinOptions {
  /** Milliseconds on a usual machine. */
  readonly limitMs: number
  /** What is waited for, as in "waiting for the nodes to stop". */
  readonly waitsFor: string
  readonly signal?: AbortSignal | undefined
}

/**
 * Waits for work that cannot be trusted to end. At the limit it goes on alone, and its result is nobody's.
 * @throws CapstanError `engine-timeout` at the limit, the signal's reason, or what the work throws
 */
export async function within<T>(
  work: () => Promise<T>,
  { limitMs, waitsFor, signal }: WithinOptions,
): Promise<T> {
  signal?.throwIfAborted()
  const over = new AbortController()
  const ended = signal ? AbortSignal.any([signal, over.signal]) : over.signal
  const message = `It took longer than ${limitText(limitMs)} to wait for ${waitsFor}.`
  const limit = sleep(stretched(limitMs), undefined, { signal: ended }).then(
    () => {
      throw new CapstanError('engine-timeout', message, { help: 'Try again.' })
    },
    (error: unknown) => {
      // The work came first, and nobody looks at this any more.
      signal?.throwIfAborted()
      throw error
    },
  )
  limit.catch(() => undefined)
  try {
    return await waitingFor(waitsFor, () => Promise.race([work(), limit]))
  } finally {
    over.abort()
  }
}

export interface UntilOptions<T> {
  /** Whether the answer ends the waiting; by default any truthy answer does. */
  readonly isDone?: (answer: T) => boolean
  /** Milliseconds on a usual machine. */
  readonly limitMs: number
  /** The pause between an answer and the next question. */
  readonly everyMs: number
  readonly signal?: AbortSignal | undefined
  /** What is waited for, for whoever asks this process why it does not end. */
  readonly waitsFor?: string
  /** Makes the error of a wait that reached its limit. Without it the last answer is returned. */
  readonly atLimit?: (last: T) => Error
}

/**
 * Asks again and again until the answer is what is waited for. The first question is asked at once, and the last one
 * not before the limit, so that an answer that comes exactly then still counts.
 *
 * @returns the answer that ended the waiting, or the last one at the limit
 * @throws what `ask` throws, the signal's reason, or the error of `atLimit`
 */
export async function until<T>(ask: () => T | Promise<T>, options: UntilOptions<T>): Promise<T> {
  const { waitsFor } = options
  if (waitsFor === undefined) return await askUntil(ask, options)
  return await waitingFor(waitsFor, () => askUntil(ask, options))
}

async function askUntil<T>(ask: () => T | Promise<T>, options: UntilOptions<T>): Promise<T> {
  const { isDone = Boolean, limitMs, everyMs, signal, atLimit } = options
  const end = performance.now() + stretched(limitMs)
  for (;;) {
    signal?.throwIfAborted()
    const isLast = performance.now() >= end
    const answer = await ask()
    if (isDone(answer)) return answer
    if (isLast) {
      if (atLimit) throw atLimit(answer)
      return answer
    }
    const pause = Math.max(0, Math.min(everyMs, end - performance.now()))
    await sleep(pause, undefined, { signal }).catch((error: unknown) => {
      // The signal's own reason says more than the timer's AbortError.
      signal?.throwIfAborted()
      throw error
    })
  }
}

/** @returns what is left of a limit that begins now, as the limit of a further wait: it is stretched there */
export function countdown(limitMs: number): () => number {
  const { factor } = timeFactor()
  const end = performance.now() + limitMs * factor
  return () => Math.max(0, end - performance.now()) / factor
}
