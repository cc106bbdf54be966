/** The two parts of a key's way that no terminal in Node can do without, each measured alone. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from '@playwright/test'
import { WebSocketServer } from 'ws'
import type { ReadyEngine } from '../integration/engine-fixture'
import { median } from './rows'

const TURNS = 60
/** A person types, so everything on the way has gone to sleep before the next key. */
const BETWEEN_MS = 30

/** Milliseconds from a key that is written to a terminal in the container until its echo is read, at the median. */
export async function echoOfEngine({ engine }: ReadyEngine, containerId: string): Promise<number> {
  const options = { cmd: ['cat'], cols: 80, rows: 24 }
  const { stream } = await engine.docker.execs.openTty(containerId, options)
  try {
    const times: number[] = []
    for (let turn = 0; turn < TURNS; turn++) {
      const started = performance.now()
      stream.write('a')
      await once(stream, 'data')
      times.push(performance.now() - started)
      await sleep(BETWEEN_MS)
    }
    return median(times)
  } finally {
    stream.destroy()
  }
}

/** Milliseconds from a page to the smallest server in Node and back, at the median. */
export async function echoOfLeastServer(browser: Browser): Promise<number> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
  server.on('connection', (socket) => socket.on('message', (data) => socket.send(String(data))))
  await once(server, 'listening')
  const page = await browser.newPage()
  try {
    const { port } = server.address() as AddressInfo
    return median(await page.evaluate(echoes, { port, turns: TURNS, betweenMs: BETWEEN_MS }))
  } finally {
    await page.close()
    server.close()
  }
}

interface Turns {
  readonly port: number
  readonly turns: number
  readonly betweenMs: number
}

/** Runs in the page. */
async function echoes({ port, turns, betweenMs }: Turns): Promise<number[]> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`)
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }))
  const times: number[] = []
  for (let turn = 0; turn < turns; turn++) {
    const started = performance.now()
    socket.send('{"t":"call"}')
    await new Promise((resolve) => socket.addEventListener('message', resolve, { once: true }))
    times.push(performance.now() - started)
    await new Promise((resolve) => setTimeout(resolve, betweenMs))
  }
  socket.close()
  return times
}
