/** A value that tells its changes. */

export class Observable<T> {
  readonly #listeners = new Set<(value: T) => void>()
  #value: T

  constructor(value: T) {
    this.#value = value
  }

  get value(): T {
    return this.#value
  }

  set(value: T): void {
    this.#value = value
    for (const listener of this.#listeners) listener(value)
  }

  /** Calls back with the value now and with every change. @returns stops */
  watch(listener: (value: T) => void): () => void {
    this.#listeners.add(listener)
    listener(this.#value)
    return () => void this.#listeners.delete(listener)
  }
}

/** Calls `work` soon after a change, however many changes there were. */
export function coalesce(work: () => void): () => void {
  let planned = false
  return () => {
    if (planned) return
    planned = true
    setImmediate(() => {
      planned = false
      work()
    })
  }
}
