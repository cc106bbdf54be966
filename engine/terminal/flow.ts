/** Sends output to one page in batches, and knows how far the page has fallen behind. */

import { Backlog, type ScreenSize } from '../../shared/screen'

/**
 * The shell pauses above the high mark and goes on below the low one. The high mark is what a page draws in a tenth of a
 * second. The low mark is far from empty, so that the page has something to draw while the shell wakes up.
 */
export const HIGH_MARK = 1_000_000
export const LOW_MARK = 300_000
/** Output that comes after the first small pieces waits this long for more, and goes out as one piece. */
const BATCH_MS = 4
/**
 * While so much comes in each wait, the waits get longer, up to this. Nobody can read it, and of much that comes at once
 * most only passes through the screen, and is left out.
 */
const FLOOD = 32_768
const FLOOD_BATCH_MS = 64
/** What waits although nothing can be left out goes out as soon as the page has drawn all that it has. */
const MUCH = 500_000
/** The echo of a key is smaller than this, so it goes out at once. */
const SMALL = 256
/** This many small pieces go out at once within one wait. */
const SMALL_PIECES = 8

export interface OutletOptions {
  readonly send: (text: string) => void
  /** Told when the page has drawn something. */
  readonly onSettle: () => void
  readonly size: () => ScreenSize
}

export class Outlet {
  readonly #send: (text: string) => void
  readonly #onSettle: () => void
  readonly #waiting: Backlog
  #batchMs = BATCH_MS
  /** Characters that have come in this wait. */
  #come = 0
  #cooling: NodeJS.Timeout | null = null
  #open = false
  #sentAtOnce = 0
  #unacknowledged = 0

  /** @param size the largest screen of the page */
  constructor({ send, onSettle, size }: OutletOptions) {
    this.#send = send
    this.#onSettle = onSettle
    this.#waiting = new Backlog(size)
  }

  /** Begins to send. Output that came before has waited, because the snapshot goes first. */
  open(): void {
    this.#open = true
    this.#flush()
  }

  push(text: string): void {
    this.#waiting.push(text)
    this.#come += text.length
    if (!this.#open) return
    if (!this.#cooling) this.#flush()
    else if (this.#isLittle()) this.#sendAll()
    else this.#sendMuch()
  }

  /** The page has drawn this many characters. */
  acknowledge(chars: number): void {
    this.#unacknowledged = Math.max(0, this.#unacknowledged - chars)
    this.#sendMuch()
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

  #isLittle(): boolean {
    const hasComeInPieces = this.#sentAtOnce < SMALL_PIECES && this.#come <= SMALL_PIECES * SMALL
    return hasComeInPieces && this.#waiting.length <= SMALL
  }

  /** Sends, and begins a new wait in which later output is gathered. */
  #flush(): void {
    this.#batchMs = this.#come < FLOOD ? BATCH_MS : Math.min(2 * this.#batchMs, FLOOD_BATCH_MS)
    this.#come = 0
    if (this.#waiting.length === 0 || !this.#open) return
    this.#sentAtOnce = 0
    this.#sendAll()
    this.#cooling = setTimeout(() => {
      this.#cooling = null
      this.#flush()
    }, this.#batchMs)
  }

  #sendMuch(): void {
    if (this.#waiting.length < MUCH || this.#unacknowledged > 0 || !this.#open) return
    this.close()
    this.#flush()
  }

  #sendAll(): void {
    const text = this.#waiting.take()
    // After a large piece more usually follows, so what comes next is gathered.
    this.#sentAtOnce = text.length <= SMALL ? this.#sentAtOnce + 1 : SMALL_PIECES
    this.#unacknowledged += text.length
    this.#send(text)
  }
}
