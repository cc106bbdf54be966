/** Something that is opened when it is first asked for. After a failure the next one who asks tries again. */
export class Lazy<T> {
  readonly #open: () => Promise<T>
  #value: Promise<T> | null = null

  constructor(open: () => Promise<T>) {
    this.#open = open
  }

  async get(): Promise<T> {
    if (this.#value) return await this.#value
    const value = this.#open()
    this.#value = value
    value.catch(() => {
      this.#value = null
    })
    return await value
  }

  /** The value if it was ever asked for and could be opened, else null. */
  async ifOpen(): Promise<T | null> {
    // The one who asked for it got the error.
    return (await this.#value?.catch(() => null)) ?? null
  }
}
