/** Work side by side that ends side by side. */
import { mapLimit } from '../../shared/turns'

type Work = (signal: AbortSignal) => Promise<unknown>
type Results<W extends readonly Work[]> = { -readonly [K in keyof W]: Awaited<ReturnType<W[K]>> }

export interface TogetherOptions {
  readonly signal: AbortSignal
  /** How many run at the same time. By default that is all of them. */
  readonly limit?: number
}

/**
 * Runs pieces of work, which begin in their order. When one fails, the signal that each of them gets ends the others, and
 * nothing of them runs on afterwards.
 * @throws the first failure
 */
export async function together<const W extends readonly Work[]>(
  works: W,
  { signal, limit = works.length }: TogetherOptions,
): Promise<Results<W>> {
  const failed = new AbortController()
  const either = AbortSignal.any([signal, failed.signal])
  const running: Promise<unknown>[] = []
  const begin = async (work: Work) => {
    const result = work(either)
    running.push(result)
    return await result
  }
  try {
    // The results of a list of different works have no common type, and they are in the order of the works.
    return (await mapLimit(works, limit, begin)) as Results<W>
  } catch (error) {
    failed.abort(error)
    await Promise.allSettled(running)
    throw error
  }
}
