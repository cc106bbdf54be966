/** Sends output to one page in batches, and knows how far the page has fallen behind. */

/**
 * The shell pauses above the high mark and goes on below the low one. The high mark is what a page draws in a
 * twentieth of a second. The low mark is far from empty, so that the page has something to draw while the shell
 * wakes up.
 */
export const HIGH_MARK = 500_000
export const LOW_MARK = 150_000
/** Output that comes after the first small pieces waits this long for more, and goes out as one piece. */
const BATCH_MS = 4
/** The echo of a key is smaller than this, so it goes out at once. */
const SMALL = 256
/** This many small pieces go out at once within one wait. */
const SMALL_PIECES = 8

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

  /** Begins to send. Output that came before has waited, because the snapshot goes first. */
  open(): void {
    this.#open = true
    this.#flush()
  }

  push(text: string): void {
    this.#waiting += text
    if (!this.#open) return
    if (!this.#cooling) this.#flush()
    else if (this.#waiting.length <= SMALL && this.#sentAtOnce < SMALL_PIECES) this.#sendAll()
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

  /** Sends all that waits, without batching: the stream has ended. */
  finish(): void {
    this.close()
    this.#flush()
    this.close()
  }

  close(): void {
    if (this.#cooling) clearTimeout(this.#cooling)
    this.#cooling = null
  }

  /** Sends, and begins a new wait in which later output is gathered. */
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
    // After a large piece more usually follows, so what comes next is gathered.
    this.#sentAtOnce = text.length <= SMALL ? this.#sentAtOnce + 1 : SMALL_PIECES
    this.#unacknowledged += text.length
    this.#send(text)
  }
}
