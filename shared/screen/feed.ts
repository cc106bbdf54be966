/** Writes to a terminal one piece at a time; what comes meanwhile is gathered, made harmless, and thinned when it is a flood. */
import { Backlog } from './backlog'
import { EscapeGuard } from './guard'

/**
 * A screen rests between pieces of this many characters, so that whoever draws it has time for other things. The
 * slowest sequences take a second for so many.
 */
const PIECE = 4_096

/** The part of an xterm that is written to. */
export interface Screen {
  readonly cols: number
  readonly rows: number
  readonly options: { readonly scrollback?: number }
  write(data: string, done?: () => void): void
}

export class Feed {
  readonly #screen: Screen
  readonly #onDrawn: (chars: number) => void
  readonly #guard = new EscapeGuard()
  readonly #waiting: Backlog
  /** Characters that were taken in and have not been written. */
  #taken = 0
  #isBusy = false

  /** @param onDrawn told of every so many characters that were taken in, whether laid out or not */
  constructor(screen: Screen, onDrawn: (chars: number) => void) {
    this.#screen = screen
    this.#onDrawn = onDrawn
    this.#waiting = new Backlog(() => ({ rows: screen.rows, scrollback: screen.options.scrollback ?? 0 }))
  }

  push(text: string): void {
    this.#taken += text.length
    this.#waiting.push(this.#guard.push(text, this.#screen))
    if (!this.#isBusy) this.#write()
  }

  /** Hands everything to the screen now, in order before what the caller writes to it next. */
  flush(): void {
    if (this.#taken > 0) this.#write()
  }

  #write(): void {
    const taken = this.#taken
    this.#taken = 0
    this.#isBusy = true
    const shown = this.#waiting.take()
    const last = Math.max(0, Math.ceil(shown.length / PIECE) - 1) * PIECE
    for (let at = 0; at < last; at += PIECE) this.#screen.write(shown.slice(at, at + PIECE))
    this.#screen.write(shown.slice(last), () => {
      this.#isBusy = false
      this.#onDrawn(taken)
      this.flush()
    })
  }
}
