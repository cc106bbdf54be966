/** How soon a newcomer sees all checks of a step turn green, without the time for reading and typing. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { LabOnPage } from '../e2e/lab-page'
import { CHROMIUM_ARGS, end, serve } from '../e2e/serve'
import type { ReadyEngine } from '../integration/engine-fixture'
import { median, type Row, row, timed } from './rows'

const ROUNDS = 3
const COMMAND = 'docker run -d --name web nginx'
const TARGET_MS = 10_000

export async function firstGreen({ engine }: ReadyEngine): Promise<Row[]> {
  const executablePath = process.env.CAPSTAN_CHROMIUM
  const browser = await chromium.launch({ args: CHROMIUM_ARGS, ...(executablePath && { executablePath }) })
  const walks: Walk[] = []
  try {
    for (let round = 0; round < ROUNDS; round++) walks.push(await walk(browser))
  } finally {
    await browser.close()
  }
  const baseline = median(await questions(engine))
  const name = 'start of the app without data → first step green, against one question to the engine'
  return [
    row({ name, value: median(walks.map(({ ms }) => ms)), unit: 'ms', baseline, atMost: TARGET_MS }),
    row({
      name: 'clicks until then',
      value: median(walks.map(({ clicks }) => clicks)),
      unit: 'clicks',
      atMost: 1,
    }),
  ]
}

interface Walk {
  readonly ms: number
  readonly clicks: number
}

/** The app starts, the page shows where to begin, one click opens the lab, and one command turns its checks green. */
async function walk(browser: Browser): Promise<Walk> {
  const folder = await mkdtemp(join(tmpdir(), 'capstan-bench-'))
  const context = await browser.newContext()
  let clicks = 0
  const page = await context.newPage()
  const started = performance.now()
  const { url, process: host } = await serve(folder)
  try {
    await page.goto(`${url}&renderer=dom`)
    await page
      .getByRole('region', { name: 'Start here' })
      .getByRole('button', { name: /^Start/ })
      .click()
    clicks++
    const lab = new LabOnPage(page)
    await lab.promptIsBack()
    // The terminal has the focus, so nothing needs to be clicked before one types.
    await page.keyboard.insertText(COMMAND)
    await page.keyboard.press('Enter')
    // It is offered when every check of the first step is green.
    await page.getByRole('button', { name: /^Next step/ }).waitFor()
    const ms = performance.now() - started
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click()
    await page.getByRole('heading', { name: 'Labs', level: 1 }).waitFor()
    return { ms, clicks }
  } finally {
    await end(host)
    await context.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function questions({ docker }: ReadyEngine['engine']): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < 10; round++) times.push(await timed(() => docker.get('/containers/json?all=1')))
  return times
}
