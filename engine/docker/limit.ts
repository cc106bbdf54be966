/** Time limits: every wait on an engine has one, and each is stretched here. */
import { CapstanError } from '../../shared/errors'
import { stretched } from '../../shared/time-limits'
import { timeoutError, toCapstanError } from './failures'

export interface Limit {
  /** Milliseconds on a usual machine. */
  readonly limitMs: number
  /** The work, for the error: "creating a container". */
  readonly doing: string
  readonly signal?: AbortSignal | undefined
}

/**
 * Gives the work a signal that aborts at the limit or with the caller's signal. Work that ignores the signal is not
 * waited for.
 * @throws CapstanError `engine-timeout`, `cancelled`, or the failure of the work
 */
export async function limited<T>(
  { limitMs, doing, signal }: Limit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController()
  const realMs = stretched(limitMs)
  const timer = setTimeout(() => own.abort(timeoutError(doing, realMs)), realMs)
  const cancel = () => own.abort(cancelReason(signal, doing))
  if (signal?.aborted) cancel()
  else signal?.addEventListener('abort', cancel, { once: true })
  try {
    own.signal.throwIfAborted()
    return await Promise.race([work(own.signal), aborted(own.signal)])
  } catch (error) {
    throw own.signal.aborted ? own.signal.reason : toCapstanError(error, { doing })
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', cancel)
  }
}

function cancelReason(signal: AbortSignal | undefined, doing: string): CapstanError {
  if (signal?.reason instanceof CapstanError) return signal.reason
  return new CapstanError('cancelled', `Stopped ${doing}.`, { cause: signal?.reason })
}

async function aborted(signal: AbortSignal): Promise<never> {
  return await new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
