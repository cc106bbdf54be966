/** A screen in the thread of the screens, seen from the host. */
import type { ScreenAnswer, ScreenCommand } from './screen-messages'
import type { TerminalSize } from './shell'

/** So much of the latest output is kept, to draw the screen again in a new thread. In characters. */
const KEPT = 262_144
const LOST = '\u001b[2m[this screen was lost: its output was too much work. The shell goes on.]\u001b[0m\r\n'

export interface RemoteScreenOptions extends TerminalSize {
  /** Lines above the screen that are kept. */
  readonly scrollback: number
  /** Told when the screen has drawn something. */
  readonly onDrawn: () => void
}

/** The way into the thread. */
export interface Thread {
  send(command: ScreenCommand): void
  ask(lines: number | 'screen'): Promise<ScreenAnswer>
  close(): void
}

export class RemoteScreen {
  readonly id: string
  readonly #scrollback: number
  readonly #onDrawn: () => void
  readonly #thread: Thread
  #size: TerminalSize
  #behind = 0
  #latest: string[] = []
  #latestLength = 0

  constructor(id: string, { cols, rows, scrollback, onDrawn }: RemoteScreenOptions, thread: Thread) {
    this.id = id
    this.#size = { cols, rows }
    this.#scrollback = scrollback
    this.#onDrawn = onDrawn
    this.#thread = thread
    this.#open()
  }

  /** Characters that are not on the screen yet. */
  get behind(): number {
    return this.#behind
  }

  /** @param text with whole escape sequences */
  write(text: string): void {
    this.#keep(text)
    this.#send(text)
  }

  resize({ cols, rows }: TerminalSize): void {
    this.#size = { cols, rows }
    this.#thread.send({ kind: 'resize', id: this.id, cols, rows })
  }

  /** The screen with its scrollback and colours, with everything that was written before. */
  async snapshot(): Promise<ScreenAnswer> {
    return await this.#thread.ask('screen')
  }

  /** The last lines that are not empty. */
  async lastLines(count: number): Promise<string[]> {
    const { text } = await this.#thread.ask(count)
    return text ? text.split('\n') : []
  }

  close(): void {
    this.#behind = 0
    this.#thread.close()
  }

  /** So many characters are on the screen. */
  drawn(chars: number): void {
    this.#behind = Math.max(0, this.#behind - chars)
    this.#onDrawn()
  }

  /** Draws what can be drawn again in a new thread. A screen that had work is what the old one may have died of. */
  restore(): void {
    const isLost = this.#behind > 0
    if (isLost) {
      this.#latest = []
      this.#latestLength = 0
      this.#keep(LOST)
    }
    this.#behind = 0
    this.#open()
    for (const text of this.#latest) this.#send(text)
    if (isLost) this.#onDrawn()
  }

  #open(): void {
    this.#thread.send({ kind: 'open', id: this.id, ...this.#size, scrollback: this.#scrollback })
  }

  #send(text: string): void {
    this.#behind += text.length
    this.#thread.send({ kind: 'write', id: this.id, text })
  }

  #keep(text: string): void {
    this.#latest.push(text)
    this.#latestLength += text.length
    while (this.#latestLength > KEPT && this.#latest.length > 1)
      this.#latestLength -= this.#latest.shift()?.length ?? 0
  }
}
