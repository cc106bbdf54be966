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

/** Between its creation and its start a container is of no interest, and the start announces itself within this time. */
const LATER_MS = 400

export class Looks {
  readonly #options: LooksOptions
  readonly #abort = new AbortController()
  #timer: NodeJS.Timeout | null = null
  #isLooking = false
  /** When the next look because of a change is due; null when none is planned. */
  #due: number | null = null
  /** Milliseconds after the look under way until the next one; null when nothing has changed meanwhile. */
  #next: number | null = null
  #tickMs: number

  constructor(options: LooksOptions) {
    this.#options = options
    this.#tickMs = options.tick?.firstMs ?? 0
  }

  /** Looks soon, because something has changed. */
  soon(): void {
    this.#plan(this.#options.quietMs)
  }

  /** Looks after a while, because something has changed that another change follows soon. */
  later(): void {
    this.#plan(LATER_MS)
  }

  /** Looks no more. The signal of a look that is under way aborts. */
  stop(): void {
    this.#abort.abort()
    if (this.#timer) clearTimeout(this.#timer)
  }

  #plan(ms: number): void {
    if (this.#abort.signal.aborted) return
    this.#tickMs = this.#options.tick?.firstMs ?? 0
    if (this.#isLooking) {
      this.#next = Math.min(this.#next ?? ms, ms)
      return
    }
    const due = performance.now() + ms
    if (this.#due !== null && this.#due <= due) return
    this.#due = due
    this.#after(ms)
  }

  #after(ms: number): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#look(), ms).unref()
  }

  async #look(): Promise<void> {
    this.#due = null
    this.#isLooking = true
    const began = performance.now()
    await this.#options.look(this.#abort.signal)
    this.#isLooking = false
    if (this.#abort.signal.aborted) return
    const [next, took] = [this.#next, performance.now() - began]
    this.#next = null
    // A busy machine gets as much time for the student's work as for looking at it.
    if (next !== null) this.#plan(Math.max(next, took))
    else this.#setTick()
  }

  #setTick(): void {
    const { tick } = this.#options
    if (!tick) return
    this.#after(this.#tickMs)
    this.#tickMs = Math.min(this.#tickMs * 2, tick.mostMs)
  }
}
