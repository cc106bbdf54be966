/** The whole way in Chromium: start, key to glyph, stream. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { LabOnPage } from '../e2e/lab-page'
import { CHROMIUM_ARGS, end, serve } from '../e2e/serve'
import { median, type Row, row } from './rows'

const KEYS = 60
/** `seq 1 N` prints this many bytes, and the terminal turns each line end into two. */
const LINES = 1_500_000

export async function page(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'capstan-bench-'))
  const executablePath = process.env.CAPSTAN_CHROMIUM
  const browser = await chromium.launch({ args: CHROMIUM_ARGS, ...(executablePath && { executablePath }) })
  try {
    // The first start fills the disk's cache. The second one is measured.
    await end((await appStart(await browser.newPage(), folder)).host)
    const { milliseconds, opened, host } = await appStart(await browser.newPage(), folder)
    const lab = await LabOnPage.start(opened, 'The life of a container')
    const rows = [
      row({ name: 'app, start → interactive', value: milliseconds, unit: 'ms', atMost: 1500 }),
      row({ name: 'terminal echo, key → glyph, p50', value: await echo(lab), unit: 'ms', atMost: 10 }),
      row({ name: 'terminal stream', value: await stream(lab), unit: 'MB/s', atLeast: 10 }),
    ]
    await opened.getByRole('button', { name: 'Stop', exact: true }).click()
    await opened.getByRole('dialog').getByRole('button', { name: 'Stop' }).click()
    await opened.getByRole('heading', { name: 'Labs', level: 1 }).waitFor()
    await end(host)
    return rows
  } finally {
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function appStart(opened: Page, folder: string) {
  const started = performance.now()
  const { url, process: host } = await serve(folder)
  await opened.goto(`${url}&renderer=dom`)
  await opened.getByRole('button', { name: 'Start: The life of a container' }).waitFor({ timeout: 60_000 })
  return { milliseconds: performance.now() - started, opened, host }
}

/** The time from the key's event to the change of the screen, both measured by the page itself. */
async function echo({ page: opened }: LabOnPage): Promise<number> {
  await opened.evaluate(() => {
    const times: number[] = []
    let pressed = 0
    document.addEventListener('keydown', () => (pressed = performance.now()), { capture: true })
    const screen = document.querySelector('.terminal-view:not([hidden]) .xterm-rows')
    if (!screen) throw new Error('there is no screen')
    new MutationObserver(() => {
      if (pressed > 0) times.push(performance.now() - pressed)
      pressed = 0
    }).observe(screen, { childList: true, subtree: true, characterData: true })
    Object.assign(window, { echoTimes: times })
  })
  await opened.locator('.terminal-view:not([hidden]) .xterm-helper-textarea').focus()
  for (let key = 0; key < KEYS; key++) await opened.keyboard.press('a', { delay: 20 })
  const times = await opened.evaluate(() => (window as unknown as { echoTimes: number[] }).echoTimes)
  await opened.keyboard.press('Control+C')
  return median(times)
}

async function stream(lab: LabOnPage): Promise<number> {
  const { page: opened } = lab
  await lab.promptIsBack()
  await opened.locator('.terminal-view:not([hidden]) .xterm-helper-textarea').focus()
  // The typed line must differ from the mark at the end.
  await opened.keyboard.type(`seq 1 ${LINES}; echo stream-"done"`)
  const started = performance.now()
  await opened.keyboard.press('Enter')
  const isOver = () =>
    document.querySelector('.terminal-view:not([hidden]) .xterm-rows')?.textContent?.includes('stream-done')
  await opened.waitForFunction(isOver, undefined, { polling: 'raf', timeout: 60_000 })
  const seconds = (performance.now() - started) / 1000
  const bytes = Array.from(
    { length: 7 },
    (_, digits) => Math.max(0, Math.min(LINES, 10 ** (digits + 1) - 1) - 10 ** digits + 1) * (digits + 3),
  )
  return bytes.reduce((sum, part) => sum + part, 0) / 1e6 / seconds
}
