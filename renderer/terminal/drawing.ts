/** How a terminal draws: with the graphics card where there is one, or in the page's tree for a screen reader. */
import { WebglAddon } from '@xterm/addon-webgl'
import type { Terminal } from '@xterm/xterm'

export class Drawing {
  readonly #terminal: Pick<Terminal, 'options' | 'loadAddon'>
  #card: WebglAddon | null = null

  constructor(terminal: Pick<Terminal, 'options' | 'loadAddon'>) {
    this.#terminal = terminal
  }

  serveScreenReader(on: boolean): void {
    this.#terminal.options.screenReaderMode = on
    if (on) this.#drawInTree()
    else this.#drawFast()
  }

  /**
   * `?renderer=dom` keeps the text in the page's tree. A cursor that blinks there makes the browser draw sixty times a
   * second, and a key's letter waits for the next of these times.
   */
  #drawFast(): void {
    if (this.#card || new URLSearchParams(window.location.search).get('renderer') === 'dom') return
    try {
      const card = new WebglAddon()
      card.onContextLoss(() => this.#drawInTree())
      this.#terminal.loadAddon(card)
      this.#card = card
      this.#terminal.options.cursorBlink = true
    } catch {
      // Without WebGL the terminal draws in the page's tree, which is slower but as right.
    }
  }

  #drawInTree(): void {
    this.#card?.dispose()
    this.#card = null
    this.#terminal.options.cursorBlink = false
  }
}
