/** Sends output to one page in batches, and tells when the page has fallen behind. */

/** VS Code's numbers (`FlowControlConstants`): pause above the high mark, go on below the low one. */
export const HIGH_MARK = 100_000
export const LOW_MARK = 5_000
/** A lone key's echo goes out at once; what follows within this time goes out as one. */
const BATCH_MS = 4

export class Outlet {
  readonly #send: (text: string) => void
  readonly #onSettle: () => void
  #waiting = ''
  #cooling: NodeJS.Timeout | null = null
  #open = false
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
    if (this.#open && !this.#cooling) this.#flush()
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

  #flush(): void {
    if (!this.#waiting || !this.#open) return
    const text = this.#waiting
    this.#waiting = ''
    this.#unacknowledged += text.length
    this.#send(text)
    this.#cooling = setTimeout(() => {
      this.#cooling = null
      this.#flush()
    }, BATCH_MS)
  }
}
