/** Waiting for a condition that nothing announces. */
import { setTimeout as sleep } from 'node:timers/promises'

export interface UntilOptions<T> {
  /** Whether the answer ends the waiting; by default any truthy answer does. */
  readonly isDone?: (answer: T) => boolean
  readonly limitMs: number
  /** The pause between an answer and the next question. */
  readonly everyMs: number
  readonly signal?: AbortSignal | undefined
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
  const { isDone = Boolean, limitMs, everyMs, signal, atLimit } = options
  const end = performance.now() + limitMs
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
