/** Turn-taking: pieces of work that must not overlap run one after the other. They run in the page and in the host. */

export class Turns {
  #last: Promise<unknown> = Promise.resolve()

  /** Runs the work when everything before it has ended, whether that succeeded or not. */
  async run<T>(work: () => T | Promise<T>): Promise<T> {
    const result = this.#last.then(work)
    this.#last = result.catch(() => undefined)
    return await result
  }

  /** Resolves when all the work that is here now has ended. It never rejects. */
  async settled(): Promise<void> {
    await this.#last
  }
}

/** Turns for each key: work of different keys runs side by side. */
export class KeyedTurns<K> {
  readonly #turns = new Map<K, { readonly turns: Turns; waiting: number }>()

  async run<T>(key: K, work: () => T | Promise<T>): Promise<T> {
    const entry = this.#turns.get(key) ?? { turns: new Turns(), waiting: 0 }
    this.#turns.set(key, entry)
    entry.waiting++
    try {
      return await entry.turns.run(work)
    } finally {
      // A key without work is forgotten: the map does not grow with history.
      if (--entry.waiting === 0) this.#turns.delete(key)
    }
  }

  /** Resolves when all the work of the key, or of all keys, that is here now has ended. It never rejects. */
  async settled(key?: K): Promise<void> {
    const entries = key === undefined ? [...this.#turns.values()] : [this.#turns.get(key)]
    await Promise.all(entries.map((entry) => entry?.turns.settled()))
  }

  /** How many keys have work. */
  get size(): number {
    return this.#turns.size
  }
}

/**
 * Works on all items, at most so many at the same time. After a failure it begins no further item.
 * @returns the results in the order of the items
 */
export async function mapLimit<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  const waiting = items.entries()
  let hasFailed = false
  const worker = async () => {
    for (const [index, item] of waiting) {
      if (hasFailed) return
      results[index] = await work(item)
    }
  }
  const workers = Array.from({ length: Math.max(1, limit) }, () =>
    worker().catch((error: unknown) => {
      hasFailed = true
      throw error
    }),
  )
  await Promise.all(workers)
  return results
}
