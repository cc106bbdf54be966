/** Writes to a terminal one piece at a time; what comes meanwhile is gathered, and thinned when it is a flood. */
import { withoutPassing } from './passing'

/** The part of an xterm that is written to. */
export interface Screen {
  readonly rows: number
  readonly options: { readonly scrollback?: number }
  write(data: string, done?: () => void): void
}

export class Feed {
  readonly #screen: Screen
  readonly #onDrawn: (chars: number) => void
  #waiting = ''
  #isBusy = false

  /** @param onDrawn told of every so many characters that were taken in, whether laid out or not */
  constructor(screen: Screen, onDrawn: (chars: number) => void) {
    this.#screen = screen
    this.#onDrawn = onDrawn
  }

  push(text: string): void {
    this.#waiting += text
    if (!this.#isBusy) this.#write()
  }

  /** Hands everything to the screen now, in order before what the caller writes to it next. */
  flush(): void {
    if (this.#waiting) this.#write()
  }

  #write(): void {
    const text = this.#waiting
    this.#waiting = ''
    this.#isBusy = true
    const { rows, options } = this.#screen
    this.#screen.write(withoutPassing(text, { rows, scrollback: options.scrollback ?? 0 }), () => {
      this.#isBusy = false
      this.#onDrawn(text.length)
      this.flush()
    })
  }
}
