/** Sends output to one page in batches, and tells when the page has fallen behind. */

/**
 * Pause above the high mark, go on below the low one. The low one is far from empty, so that the page has
 * something to draw while the shell is woken; the high one is what a page draws in a twentieth of a second.
 */
export const HIGH_MARK = 500_000
export const LOW_MARK = 150_000
/** What goes out after the first small pieces waits this long for more, and goes out as one. */
const BATCH_MS = 4
/** The echo of a key is smaller, and so many of them go out at once within that time. */
const SMALL = 256
const SMALL_ONES = 8

export class Outlet {
  readonly #send: (text: string) => void
  readonly #onSettle: () => void
  #waiting = ''
  #cooling: NodeJS.Timeout | null = null
  #open = false
  #sentAtOnce = 0
  #unacknowledged = 0

  constructor(listeners: { send: (text: string) => void; onSettle: () => void }) {
    this.#send = listeners.send
    this.#onSettle = listeners.onSettle
  }

  /** Until it is opened, what comes in waits: the snapshot goes first. */
  open(): void {
    this.#open = true
    this.#flush()
  }

  push(text: string): void {
    this.#waiting += text
    if (!this.#open) return
    if (!this.#cooling) this.#flush()
    else if (this.#waiting.length <= SMALL && this.#sentAtOnce < SMALL_ONES) this.#sendAll()
  }

  /** The page has drawn this many characters. */
  acknowledge(chars: number): void {
    this.#unacknowledged = Math.max(0, this.#unacknowledged - chars)
    this.#onSettle()
  }

  /** Characters that the page has not drawn yet. */
  get behind(): number {
    return this.#unacknowledged + this.#waiting.length
  }

  /** Sends what waits, without regard to batching; for the end of the stream. */
  finish(): void {
    this.close()
    this.#flush()
    this.close()
  }

  close(): void {
    if (this.#cooling) clearTimeout(this.#cooling)
    this.#cooling = null
  }

  /** Sends, and begins a new span in which the rest is gathered. */
  #flush(): void {
    if (!this.#waiting || !this.#open) return
    this.#sentAtOnce = 0
    this.#sendAll()
    this.#cooling = setTimeout(() => {
      this.#cooling = null
      this.#flush()
    }, BATCH_MS)
  }

  #sendAll(): void {
    const text = this.#waiting
    this.#waiting = ''
    // After a large piece there is more to come: it is gathered.
    this.#sentAtOnce = text.length <= SMALL ? this.#sentAtOnce + 1 : SMALL_ONES
    this.#unacknowledged += text.length
    this.#send(text)
  }
}
