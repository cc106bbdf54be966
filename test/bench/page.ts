/** The whole way in Chromium: the app's start, what its first page weighs, the terminal, and the host's memory. */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Browser, chromium, type Page } from '@playwright/test'
import { LabOnPage } from '../e2e/lab-page'
import { CHROMIUM_ARGS, end, serve } from '../e2e/serve'
import type { ReadyEngine } from '../integration/engine-fixture'
import { median, type Row, row, timed } from './rows'
import { terminal } from './terminal'

const STARTS = 5
const KILOBYTE = 1000

export async function page(ready: ReadyEngine): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'capstan-bench-'))
  const executablePath = process.env.CAPSTAN_CHROMIUM
  const browser = await chromium.launch({ args: CHROMIUM_ARGS, ...(executablePath && { executablePath }) })
  try {
    return [...(await starts(browser, folder)), ...(await inLab(ready, browser, folder))]
  } finally {
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Starts the app and the smallest program of its kind in turns. Each page is a visitor's first. */
async function starts(browser: Browser, folder: string): Promise<Row[]> {
  const [app, least, bytes]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round <= STARTS; round++) {
    const own = await appStart(browser, folder)
    await own.opened.close()
    await end(own.host)
    const raw = await leastStart(browser)
    // The first start fills the disk's cache.
    if (round === 0) continue
    app.push(own.milliseconds)
    least.push(raw)
    bytes.push(own.bytes)
  }
  const [start, baseline] = [median(app), median(least)]
  const name = 'app, start → interactive, against the smallest Node server and page'
  return [
    row({ name, value: start, unit: 'ms', baseline, atMost: 1000 }),
    row({ name: 'first page load, transferred', value: median(bytes) / KILOBYTE, unit: 'kB', atMost: 500 }),
  ]
}

interface Started {
  readonly milliseconds: number
  /** Of all answers, with their headers, as they came over the connection. */
  readonly bytes: number
  readonly opened: Page
  readonly host: Awaited<ReturnType<typeof serve>>['process']
}

async function appStart(browser: Browser, folder: string): Promise<Started> {
  const opened = await (await browser.newContext()).newPage()
  const transfer = await countTransfer(opened)
  const started = performance.now()
  const { url, process: host } = await serve(folder)
  await opened.goto(`${url}&renderer=dom`)
  await opened.getByRole('button', { name: 'Start: The life of a container' }).waitFor({ timeout: 60_000 })
  const milliseconds = performance.now() - started
  await opened.waitForLoadState('networkidle')
  return { milliseconds, bytes: transfer.bytes, opened, host }
}

async function countTransfer(opened: Page): Promise<{ bytes: number }> {
  const transfer = { bytes: 0 }
  const session = await opened.context().newCDPSession(opened)
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    transfer.bytes += encodedDataLength
  })
  await session.send('Network.enable')
  return transfer
}

const LEAST = `
const server = require('node:http').createServer((request, response) => {
  response.setHeader('content-type', 'text/html').end('<!doctype html><button>Start</button>')
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
`

/** What nobody can do without: a process of Node, a server, a page of Chromium with one button. */
async function leastStart(browser: Browser): Promise<number> {
  const context = await browser.newContext()
  const opened = await context.newPage()
  const child = spawn(process.execPath, ['-e', LEAST], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    // The time from the spawn on is measured; the spawn itself is the same for both.
    return await timed(async () => {
      for await (const port of createInterface({ input: child.stdout })) {
        await opened.goto(`http://127.0.0.1:${port}/`)
        await opened.getByRole('button', { name: 'Start' }).waitFor()
        return
      }
    })
  } finally {
    await end(child)
    await context.close()
  }
}

async function inLab(ready: ReadyEngine, browser: Browser, folder: string): Promise<Row[]> {
  const { opened, host } = await appStart(browser, folder)
  try {
    await LabOnPage.start(opened, 'The life of a container')
    const fresh = await memory(host.pid)
    const rows = await terminal(ready, browser, opened)
    const used = await memory(host.pid)
    await opened.getByRole('button', { name: 'Stop', exact: true }).click()
    await opened.getByRole('dialog').getByRole('button', { name: 'Stop' }).click()
    await opened.getByRole('heading', { name: 'Labs', level: 1 }).waitFor()
    return [...rows, ...memoryRows('a lab just opened', fresh), ...memoryRows('a lab after floods', used)]
  } finally {
    await end(host)
  }
}

const NAMES = ['Rss', 'Pss', 'Private_Dirty'] as const
type Memory = Readonly<Record<(typeof NAMES)[number], number>>

/** The memory of a process in MiB (proc(5), smaps_rollup). */
async function memory(pid = 0): Promise<Memory> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8')
  const [Rss = 0, Pss = 0, Private_Dirty = 0] = NAMES.map(
    (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]) / 1024,
  )
  return { Rss, Pss, Private_Dirty }
}

function memoryRows(where: string, { Rss, Pss, Private_Dirty }: Memory): Row[] {
  return [
    row({ name: `host process beside ${where}, resident`, value: Rss, unit: 'MiB', atMost: 200 }),
    row({ name: `host process beside ${where}, proportional`, value: Pss, unit: 'MiB' }),
    row({ name: `host process beside ${where}, private and written`, value: Private_Dirty, unit: 'MiB' }),
  ]
}
