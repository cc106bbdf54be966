/** When something is looked at: soon after a change, never twice at once, and a burst of changes is one look. */

export interface LooksOptions {
  /** Never rejects: what cannot be seen is a result too. */
  readonly look: (signal: AbortSignal) => Promise<void>
  /** Milliseconds between a change and the look at it, and the least pause between two looks. */
  readonly quietMs: number
  /**
   * The first and the longest time between looks while nothing announces a change. Each one takes twice as long as the
   * one before. Without it, only changes cause looks.
   */
  readonly tick?: { readonly firstMs: number; readonly mostMs: number }
}

export class Looks {
  readonly #options: LooksOptions
  readonly #abort = new AbortController()
  #timer: NodeJS.Timeout | null = null
  #isLooking = false
  #isDirty = false
  #tickMs: number

  constructor(options: LooksOptions) {
    this.#options = options
    this.#tickMs = options.tick?.firstMs ?? 0
  }

  /** Looks soon, because something has changed. */
  soon(): void {
    if (this.#abort.signal.aborted) return
    this.#tickMs = this.#options.tick?.firstMs ?? 0
    if (this.#isLooking || this.#isDirty) {
      this.#isDirty = true
      return
    }
    this.#isDirty = true
    this.#after(this.#options.quietMs)
  }

  /** Looks no more. The signal of a look that is under way aborts. */
  stop(): void {
    this.#abort.abort()
    if (this.#timer) clearTimeout(this.#timer)
  }

  #after(ms: number): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#look(), ms).unref()
  }

  async #look(): Promise<void> {
    this.#isDirty = false
    this.#isLooking = true
    const began = performance.now()
    await this.#options.look(this.#abort.signal)
    this.#isLooking = false
    if (this.#abort.signal.aborted) return
    // A busy machine gets as much time for the student's work as for looking at it.
    if (this.#isDirty) this.#after(Math.max(this.#options.quietMs, performance.now() - began))
    else this.#setTick()
  }

  #setTick(): void {
    const { tick } = this.#options
    if (!tick) return
    this.#after(this.#tickMs)
    this.#tickMs = Math.min(this.#tickMs * 2, tick.mostMs)
  }
}
