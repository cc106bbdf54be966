/** One screen without a page. It lives in the thread of the screens. */
import serialize from '@xterm/addon-serialize'
import xterm from '@xterm/headless'
import { eraseSafely, Feed } from '../../shared/screen'
import { drawable } from './drawable'
import type { ScreenAnswer } from './screen-messages'
import type { TerminalSize } from './shell'

export interface KeptScreenOptions extends TerminalSize {
  /** Lines above the screen that are kept. */
  readonly scrollback: number
}

export class KeptScreen {
  readonly #terminal: xterm.Terminal
  readonly #feed: Feed
  readonly #serializer = new serialize.SerializeAddon()

  constructor({ cols, rows, scrollback }: KeptScreenOptions, onDrawn: (chars: number) => void) {
    // The parser logs what it does not understand, and nobody wants to read what a node prints in the host's log.
    this.#terminal = new xterm.Terminal({ cols, rows, scrollback, logLevel: 'off', allowProposedApi: true })
    eraseSafely(this.#terminal)
    this.#serializer.activate(drawable(this.#terminal))
    this.#feed = new Feed(this.#terminal, onDrawn)
  }

  write(text: string): void {
    this.#feed.push(text)
  }

  resize({ cols, rows }: TerminalSize): void {
    this.#terminal.resize(cols, rows)
  }

  /** Calls back when everything that was written before is on the screen. */
  read(lines: number | 'screen', answer: (answer: ScreenAnswer) => void): void {
    this.#feed.flush()
    // The screen parses asynchronously and in order.
    this.#terminal.write('', () => {
      const text = lines === 'screen' ? this.#serializer.serialize() : this.#lastLines(lines).join('\n')
      const { cols, rows } = this.#terminal
      answer({ text, cols, rows })
    })
  }

  dispose(): void {
    this.#terminal.dispose()
  }

  #lastLines(count: number): string[] {
    const { active } = this.#terminal.buffer
    const lines = Array.from(
      { length: active.length },
      (_, row) => active.getLine(row)?.translateToString(true) ?? '',
    )
    return lines.filter((line) => line.trim()).slice(-count)
  }
}
