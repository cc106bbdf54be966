/** Values and events that others can watch. They run in the page and in the host. */

/** An event that several listeners can hear. */
export class Emitter<T = void> {
  readonly #listeners = new Set<(value: T) => void>()

  /** @returns a function that stops the listening */
  on(listener: (value: T) => void): () => void {
    // Each call gets an entry of its own, so that one listener can be added twice and removed once.
    const entry = (value: T) => listener(value)
    this.#listeners.add(entry)
    return () => void this.#listeners.delete(entry)
  }

  /** Calls the listeners that are there now; those that a listener adds or removes meanwhile do not disturb it. */
  emit(value: T): void {
    for (const listener of [...this.#listeners]) listener(value)
  }

  get hasListeners(): boolean {
    return this.#listeners.size > 0
  }
}

/** A value whose changes can be watched. */
export class Observable<T> {
  readonly #changes = new Emitter<T>()
  #value: T

  constructor(value: T) {
    this.#value = value
  }

  get value(): T {
    return this.#value
  }

  set(value: T): void {
    this.#value = value
    this.#changes.emit(value)
  }

  /** Calls the listener with the value now, and with every later one. @returns a function that stops the watch */
  watch(listener: (value: T) => void): () => void {
    const stop = this.#changes.on(listener)
    listener(this.#value)
    return stop
  }
}

/** Wraps work that several changes ask for: it runs once, soon after the last of them. */
export function coalesce(work: () => void): () => void {
  let isPlanned = false
  return () => {
    if (isPlanned) return
    isPlanned = true
    setTimeout(() => {
      isPlanned = false
      work()
    }, 0)
  }
}
