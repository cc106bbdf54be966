/** What can be measured of any xterm.js on a page that draws into the page's tree: ours, ttyd's, or one alone. */
import type { Page } from '@playwright/test'

const LIMIT_MS = 20_000

export class TerminalOnPage {
  readonly page: Page
  readonly #rows: string
  readonly #input: string
  #streams = 0

  /** @param place selector of what holds the terminal */
  constructor(page: Page, place: string) {
    this.page = page
    this.#rows = `${place} .xterm-rows`
    this.#input = `${place} .xterm-helper-textarea`
  }

  async size(): Promise<{ cols: number; rows: number; width: number; height: number }> {
    return await this.page.evaluate((selector) => {
      const rows = document.querySelector(selector)
      if (!rows) throw new Error('there is no screen')
      const { width, height } = rows.getBoundingClientRect()
      const letter = document.querySelector('.xterm-char-measure-element')?.getBoundingClientRect()
      const cell = letter?.width ? letter.width / 32 : 8
      return { cols: Math.round(width / cell), rows: rows.children.length, width, height }
    }, this.#rows)
  }

  /** Types a line, and waits until the screen shows a text that is not in it. */
  async run(line: string, shows: string): Promise<void> {
    await this.#type(line)
    await this.page.keyboard.press('Enter')
    await this.#shown(shows)
  }

  /**
   * The seconds from Enter until the last line is on the screen.
   * @param command prints much
   * @throws Error when the last line does not come
   */
  async stream(command: string): Promise<number> {
    const mark = `over-${++this.#streams}`
    // The typed line must differ from the mark at the end.
    await this.#type(`${command}; echo over-"${this.#streams}"`)
    const started = performance.now()
    await this.page.keyboard.press('Enter')
    await this.#shown(mark)
    return (performance.now() - started) / 1000
  }

  /** The milliseconds from a key's event to the change of the screen, for each key, as the page measures them. */
  async echo(keys: number): Promise<number[]> {
    await this.page.evaluate((selector) => {
      const times: number[] = []
      let pressed = 0
      const press = () => {
        pressed = performance.now()
      }
      document.addEventListener('keydown', press, { capture: true })
      const screen = document.querySelector(selector)
      if (!screen) throw new Error('there is no screen')
      const observer = new MutationObserver(() => {
        if (pressed > 0) times.push(performance.now() - pressed)
        pressed = 0
      })
      observer.observe(screen, { childList: true, subtree: true, characterData: true })
      const stop = () => {
        document.removeEventListener('keydown', press, { capture: true })
        observer.disconnect()
        return times
      }
      Object.assign(window, { stopEcho: stop })
    }, this.#rows)
    await this.#focus()
    // After each change the browser looks what is under the pointer, which costs time. Here it is always the screen.
    await this.page.locator(this.#rows).hover({ force: true })
    for (let key = 0; key < keys; key++) await this.page.keyboard.press('a', { delay: 25 })
    const times = await this.page.evaluate(() =>
      (window as unknown as { stopEcho: () => number[] }).stopEcho(),
    )
    await this.page.keyboard.press('Control+C')
    return times
  }

  async #type(line: string): Promise<void> {
    await this.#focus()
    await this.page.keyboard.type(line)
  }

  async #focus(): Promise<void> {
    await this.page.bringToFront()
    await this.page.locator(this.#input).focus()
  }

  async #shown(text: string): Promise<void> {
    const isShown = ([selector, wanted]: readonly [string, string]) =>
      document.querySelector(selector)?.textContent?.includes(wanted)
    const options = { polling: 'raf', timeout: LIMIT_MS } as const
    try {
      await this.page.waitForFunction(isShown, [this.#rows, text] as const, options)
    } catch (error) {
      const screen = await this.page.locator(this.#rows).innerText()
      throw new Error(`The screen of ${this.page.url()} does not show "${text}":\n${screen}`, {
        cause: error,
      })
    }
  }
}
