/** A screen in the thread of the screens, seen from the host. */
import { Backlog } from '../../shared/screen'
import type { ScreenAnswer, ScreenCommand } from './screen-messages'
import type { TerminalSize } from './shell'

/** So much of the latest output is kept, to draw the screen again in a new thread. In characters. */
const KEPT = 262_144
/**
 * Nobody looks at the screen before it is asked for, so output is gathered for a while: the thread does not wake with every
 * key, and most of a flood only passes. In milliseconds.
 */
const GATHERING_MS = 50
/** So much waits although nothing can be left out, and is drawn at once. In characters. */
const MUCH = 500_000
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
  readonly #waiting: Backlog
  /** Characters that the thread has and has not drawn. */
  #sent = 0
  #gathering: NodeJS.Timeout | null = null
  #latest: string[] = []
  #latestLength = 0

  constructor(id: string, { cols, rows, scrollback, onDrawn }: RemoteScreenOptions, thread: Thread) {
    this.id = id
    this.#size = { cols, rows }
    this.#scrollback = scrollback
    this.#onDrawn = onDrawn
    this.#thread = thread
    this.#waiting = new Backlog(() => ({ rows: this.#size.rows, scrollback }))
    this.#open()
  }

  /** Characters that are not on the screen yet. */
  get behind(): number {
    return this.#sent + this.#waiting.length
  }

  /** @param text with whole escape sequences */
  write(text: string): void {
    this.#keep(text)
    this.#waiting.push(text)
    this.#drawOn()
  }

  resize({ cols, rows }: TerminalSize): void {
    this.#drawAll()
    this.#size = { cols, rows }
    this.#thread.send({ kind: 'resize', id: this.id, cols, rows })
  }

  /** The screen with its scrollback and colours, with everything that was written before. */
  async snapshot(): Promise<ScreenAnswer> {
    this.#drawAll()
    return await this.#thread.ask('screen')
  }

  /** The last lines that are not empty. */
  async lastLines(count: number): Promise<string[]> {
    this.#drawAll()
    const { text } = await this.#thread.ask(count)
    return text ? text.split('\n') : []
  }

  close(): void {
    this.#forget()
    this.#thread.close()
  }

  /** So many characters are on the screen. */
  drawn(chars: number): void {
    this.#sent = Math.max(0, this.#sent - chars)
    this.#drawOn()
    this.#onDrawn()
  }

  /** Draws what can be drawn again in a new thread. A screen that had work is what the old one may have died of. */
  restore(): void {
    const isLost = this.#sent > 0
    if (isLost) {
      this.#latest = []
      this.#latestLength = 0
      this.#keep(LOST)
    }
    this.#forget()
    this.#open()
    for (const text of this.#latest) this.#send(text)
    if (isLost) this.#onDrawn()
  }

  #open(): void {
    this.#thread.send({ kind: 'open', id: this.id, ...this.#size, scrollback: this.#scrollback })
  }

  /** The thread gets one piece at a time. */
  #drawOn(): void {
    if (this.#waiting.length === 0 || this.#sent > 0) return
    if (this.#waiting.length >= MUCH) this.#drawAll()
    else this.#gathering ??= setTimeout(() => this.#drawAll(), GATHERING_MS).unref()
  }

  #drawAll(): void {
    this.#stopGathering()
    if (this.#waiting.length > 0) this.#send(this.#waiting.take())
  }

  #stopGathering(): void {
    if (this.#gathering) clearTimeout(this.#gathering)
    this.#gathering = null
  }

  #forget(): void {
    this.#stopGathering()
    this.#waiting.take()
    this.#sent = 0
  }

  #send(text: string): void {
    this.#sent += text.length
    this.#thread.send({ kind: 'write', id: this.id, text })
  }

  #keep(text: string): void {
    this.#latest.push(text)
    this.#latestLength += text.length
    while (this.#latestLength > KEPT && this.#latest.length > 1)
      this.#latestLength -= this.#latest.shift()?.length ?? 0
  }
}
