/** Text that waits for a screen. It is thinned while it waits, so that a flood does not grow. */
import { type ScreenSize, withoutPassing } from './passing'

/** Less than this is not looked at before it is taken. In characters. */
const LITTLE = 400_000

export class Backlog {
  readonly #size: () => ScreenSize
  #text = ''
  /** The length at which it is thinned again. */
  #thinAt = LITTLE

  /** @param size the largest screen that the text is for, at that moment */
  constructor(size: () => ScreenSize) {
    this.#size = size
  }

  /** Characters that wait. */
  get length(): number {
    return this.#text.length
  }

  /** @param text with whole escape sequences */
  push(text: string): void {
    this.#text += text
    if (this.#text.length < this.#thinAt) return
    this.#text = withoutPassing(this.#text, this.#size())
    // What could not be left out now is not looked at again with every piece that comes.
    this.#thinAt = Math.max(LITTLE, 2 * this.#text.length)
  }

  /** Takes all that waits. It leaves a screen as the whole text would. */
  take(): string {
    const text = withoutPassing(this.#text, this.#size())
    this.#text = ''
    this.#thinAt = LITTLE
    return text
  }
}
