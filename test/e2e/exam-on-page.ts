/** The actions of a spec in an exam, all of them by keys. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page, type WebSocketRoute } from '@playwright/test'
import { assembleForm } from '../../exam'
import { type ExamEntry, loadBank, momentNow } from '../../main/services'
import type { App } from './app'
import { ROOT } from './serve'

export class ExamOnPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Presses Tab until the focus is on the element with this name. */
  async tabTo(name: string): Promise<void> {
    const named = { name, exact: true }
    await this.page.getByRole('button', named).or(this.page.getByRole('link', named)).first().waitFor()
    for (let presses = 0; presses < 40; presses++) {
      await this.page.keyboard.press('Tab')
      const focused = await this.page.evaluate(() => {
        const { activeElement: element } = document
        return element?.getAttribute('aria-label') ?? element?.textContent
      })
      if (focused?.trim() === name) return
    }
    throw new Error(`Tab does not lead to "${name}".`)
  }

  /** The position in the attempt. It changes with every option and every item. */
  async place(): Promise<string> {
    return (await this.#state()).place
  }

  async #state(): Promise<State> {
    return await this.page.evaluate(() => {
      const parts = [...document.querySelectorAll('h1, .option-alone, .verdict')]
      return {
        heading: document.querySelector('h1')?.textContent ?? '',
        place: parts.map((part) => part.textContent).join('|'),
        isDomc: document.querySelector('.option-alone') !== null,
        /** Whether an option can be answered now. */
        asks: document.querySelector('.option-alone[data-ready=true]') !== null,
      }
    })
  }

  async isDomc(): Promise<boolean> {
    return (await this.#state()).isDomc
  }

  /** Presses a key once and waits until the position has changed. */
  async pressOn(key: string): Promise<void> {
    const before = await this.place()
    await this.page.keyboard.press(key)
    await this.#until(({ place }) => place !== before)
  }

  async #until(is: (state: State) => boolean): Promise<State> {
    await expect.poll(async () => is(await this.#state()), { intervals: [20, 40, 40, 100] }).toBe(true)
    return await this.#state()
  }

  /** Answers the options of a DOMC item with yes until the item ends: another item or the verdict is shown. */
  async sayYes(): Promise<void> {
    const { heading } = await this.#state()
    for (;;) {
      const { asks } = await this.#until((now) => now.asks || !now.isDomc || now.heading !== heading)
      if (!asks || (await this.#state()).heading !== heading) return
      await this.pressOn('y')
    }
  }

  /** Answers the item with its first option, or with yes, and goes on. */
  async answerItem(): Promise<void> {
    if (await this.isDomc()) return await this.sayYes()
    await this.page.keyboard.press('1')
    await this.pressOn('ArrowRight')
  }
}

/** The connection of a page to its host, which a spec can cut. It must be made before the page is loaded. */
export class LineOfPage {
  readonly #open = new Set<WebSocketRoute>()
  #isCut = false

  static async of(page: Page): Promise<LineOfPage> {
    const line = new LineOfPage()
    await page.routeWebSocket(/./, (route) => line.#connect(route))
    return line
  }

  async cut(): Promise<void> {
    this.#isCut = true
    await Promise.all([...this.#open].map((route) => route.close()))
    this.#open.clear()
  }

  restore(): void {
    this.#isCut = false
  }

  #connect(route: WebSocketRoute): void {
    if (this.#isCut) return void route.close()
    route.connectToServer()
    this.#open.add(route)
  }
}

interface State {
  readonly heading: string
  readonly place: string
  readonly isDomc: boolean
  readonly asks: boolean
}

/** Writes the journal of a real exam with this much time remaining, as if a candidate had taken it until now. */
export async function nearlyOver({ dataDirectory }: App, leftMs: number): Promise<string> {
  const { bank, blueprint } = await loadBank(ROOT)
  const form = assembleForm(bank, { blueprint, seed: 7, length: 5 })
  const limit = 90 * 60_000
  const moment = momentNow()
  const attemptId = 'nearly-over'
  const entries: ExamEntry[] = [
    { event: { kind: 'began', at: 0, attemptId, mode: 'real', form, limit }, moment },
    { event: { kind: 'ticked', at: limit - leftMs }, moment },
  ]
  await mkdir(join(dataDirectory, 'attempts'), { recursive: true })
  const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
  await writeFile(join(dataDirectory, 'attempts', `${attemptId}.jsonl`), lines)
  return attemptId
}
