/** Random requests, upgrades and frames against the web host with the real contract. The host goes on after each. */
import { once } from 'node:events'
import { connect as connectSocket, type Socket } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import { contract, type Handlers, serve } from '../../main/api'
import { createHandlers } from '../../main/services'
import { startWebHost, type WebHost } from '../../main/web'
import { type OpenApp, openApp } from '../fakes/app'
import { fuzz, fuzzTimeout } from './fuzz'

let app: OpenApp
let host: WebHost
let url: URL
/** Faults that a guard has caught: each is one of ours. */
const faults: unknown[] = []
/** Faults that no guard has caught. They would end the process. */
const crashes: unknown[] = []
const onCrash = (error: unknown) => crashes.push(error)
/** Calls that a page began and that still run. A page may close before them. */
const calls = new Set<Promise<unknown>>()
/** The input that is being tried. When the time is over it still runs. */
let running: Promise<void> = Promise.resolve()

beforeAll(async () => {
  app = await openApp()
  // What needs the labs waits for them.
  await app.app.labs.load()
  const handlers = keepCalls(createHandlers(app.app))
  host = await startWebHost({
    port: 0,
    folder: app.store.folder,
    onPage: (port) =>
      void serve(contract, handlers, port, {
        onInternalError: (error, name) => faults.push(`${name}: ${String(error)}`),
      }),
    onError: (error) => faults.push(error),
  })
  url = new URL(host.url)
  process.on('uncaughtException', onCrash)
  process.on('unhandledRejection', onCrash)
})
afterAll(async () => {
  await running
  process.off('uncaughtException', onCrash)
  process.off('unhandledRejection', onCrash)
  await host.close()
  // A call that still saves something would write into a folder that is being removed.
  await Promise.allSettled(calls)
  await app.close()
})

/** The same handlers. What they still work on is in `calls`. */
function keepCalls(handlers: Handlers<typeof contract>): Handlers<typeof contract> {
  const kept = new Proxy(handlers.calls, {
    get(all, name) {
      const handler: (...given: unknown[]) => unknown = Reflect.get(all, name)
      return (...given: unknown[]) => keep(Promise.resolve().then(() => handler(...given)))
    },
  })
  return { ...handlers, calls: kept }
}

function keep(call: Promise<unknown>): Promise<unknown> {
  calls.add(call)
  const forget = () => calls.delete(call)
  call.then(forget, forget)
  return call
}

const openSocket = () =>
  new WebSocket(`ws://${url.host}/`, [`capstan.${url.searchParams.get('token')}`], { origin: url.origin })

/** Sends all of them side by side, and looks at the host. */
async function tryAll<T>(inputs: readonly T[], sendOne: (input: T) => Promise<void>): Promise<void> {
  running = Promise.all(inputs.map(sendOne)).then(goesOn)
  await running
}

/** The host answers a new request and a new page, and nothing has gone wrong in it. */
async function goesOn(): Promise<void> {
  expect((await fetch(url.origin)).status).toBe(401)
  const page = openSocket()
  await once(page, 'open')
  page.send(JSON.stringify({ t: 'call', id: 1, name: 'settings.get', in: {} }))
  for (;;) {
    const [data] = await once(page, 'message')
    const { t, out } = JSON.parse(String(data))
    if (t === 'hello') continue
    expect(out).toHaveProperty('theme')
    break
  }
  page.terminate()
  expect(crashes.splice(0)).toEqual([])
  expect(faults.splice(0)).toEqual([])
}

/** So many inputs are sent side by side before the host is asked whether it lives. */
const SIDE_BY_SIDE = 25
const many = <T>(one: fc.Arbitrary<T>) =>
  fc.array(one, { minLength: 1, maxLength: SIDE_BY_SIDE, size: 'max' })

type Sent<A> = A extends fc.Arbitrary<infer T> ? T : never
type Ending = 'wait' | 'reset' | 'end'
const ending = fc.constantFrom<Ending>('wait', 'reset', 'end')

/** Sends bytes over a connection of its own, and waits until both ends have let go of it. */
async function sendRaw(bytes: Buffer, how: Ending): Promise<void> {
  const socket = connectSocket(Number(url.port), url.hostname)
  socket.on('error', () => undefined)
  socket.resume()
  const closed = once(socket, 'close').catch(() => undefined)
  await once(socket, 'connect')
  socket.write(bytes)
  if (how === 'wait') await firstAnswer(socket)
  if (how === 'end') socket.end()
  else socket.resetAndDestroy()
  await closed
}

/** Bytes that end no request get an answer only when their end is clear, so the end is announced. */
async function firstAnswer(socket: Socket): Promise<void> {
  const answered = new Promise<void>((resolve) => {
    for (const event of ['data', 'close', 'error']) socket.once(event, () => resolve())
  })
  socket.end()
  await answered
}

const path = fc.oneof(
  fc.constantFrom('/', '//', '///', 'http://[', '/%00', '/..%2f', '*', '/?token=', '/?key=%', '/?', ''),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.webPath(),
)
const headerValue = fc.string({ unit: 'binary', maxLength: 100 })
const known = fc.constantFrom(
  'Host',
  'Origin',
  'Cookie',
  'Connection',
  'Upgrade',
  'Sec-WebSocket-Key',
  'Sec-WebSocket-Version',
  'Sec-WebSocket-Protocol',
  'Content-Length',
  'Transfer-Encoding',
  'Expect',
  'Service-Worker',
)
const values = fc.constantFrom(
  'Upgrade',
  'websocket',
  'h2c',
  '13',
  'chunked',
  '100-continue',
  'script',
  '-1',
  '5',
  ',',
)
const header = fc.tuple(fc.oneof(known, headerValue), fc.oneof(values, headerValue))
const method = fc.oneof(
  fc.constantFrom('GET', 'HEAD', 'POST', 'CONNECT', 'OPTIONS'),
  fc.string({ maxLength: 10 }),
)

const request = fc.record({
  method,
  path,
  ours: fc.boolean(),
  headers: fc.array(header, { maxLength: 12 }),
  rest: fc.uint8Array({ maxLength: 200 }),
  ending,
})

test('no request ends the host', { timeout: fuzzTimeout() }, async () => {
  const sendOne = async ({ method, path, ours, headers, rest, ending }: Sent<typeof request>) => {
    const lines = [`${method} ${path} HTTP/1.1`, ...(ours ? [`Host: ${url.host}`] : [])]
    const text = [...lines, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n')
    await sendRaw(Buffer.concat([Buffer.from(text, 'latin1'), rest]), ending)
  }
  await fuzz('web host, 1 to 25 requests', many(request), async (requests) => {
    await tryAll(requests, sendOne)
  })
})

/** Mostly what is right, so that most upgrades get as far as their frames. */
const mostly = <T>(right: T, others: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: others })

const upgrade = fc.record({
  token: mostly('right', fc.constantFrom('wrong', 'none')),
  origin: mostly('ours', fc.constantFrom('http://evil.example', 'null', '')),
  key: mostly('dGhlIHNhbXBsZSBub25jZQ==', headerValue),
  version: mostly('13', fc.constantFrom('8', '', 'x')),
  rest: fc.uint8Array({ maxLength: 300 }),
  ending,
})

test('no upgrade and no malformed frame ends the host', { timeout: fuzzTimeout() }, async () => {
  const sendOne = async ({ token, origin, key, version, rest, ending }: Sent<typeof upgrade>) => {
    const right = url.searchParams.get('token')
    const lines = [
      'GET / HTTP/1.1',
      `Host: ${url.host}`,
      `Origin: ${origin === 'ours' ? url.origin : origin}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      `Sec-WebSocket-Key: ${key}`,
      `Sec-WebSocket-Version: ${version}`,
      ...(token === 'none' ? [] : [`Sec-WebSocket-Protocol: capstan.${token === 'right' ? right : 'x'}`]),
    ]
    const text = `${lines.join('\r\n')}\r\n\r\n`
    await sendRaw(Buffer.concat([Buffer.from(text, 'latin1'), rest]), ending)
  }
  await fuzz('web host, 1 to 25 upgrades', many(upgrade), async (upgrades) => {
    await tryAll(upgrades, sendOne)
  })
})

const name = fc.oneof(
  fc.constantFrom(...Object.keys(contract.calls), ...Object.keys(contract.streams)),
  fc.constantFrom('__proto__', 'constructor', 'toString', ''),
  fc.string(),
)
const id = fc.oneof(fc.integer({ min: -1, max: 5 }), fc.constantFrom(1.5, 2 ** 60, '1', null))
const frame = fc.oneof(
  fc.record({
    t: fc.constantFrom('call', 'watch', 'cancel', 'ok', 'item', 'hello', 'x'),
    id,
    name,
    in: fc.jsonValue(),
  }),
  fc.jsonValue(),
)
const message = fc.oneof(
  { weight: 6, arbitrary: frame.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 500 }) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 500 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 200_000 }).map((depth) => '['.repeat(depth)) },
)

test('no frame of a page ends the host', { timeout: fuzzTimeout() }, async () => {
  const page = fc.record({ messages: fc.array(message, { maxLength: 20 }), isReset: fc.boolean() })
  const sendAll = async ({ messages, isReset }: Sent<typeof page>) => {
    const socket = openSocket()
    socket.on('error', () => undefined)
    const closed = once(socket, 'close')
    await once(socket, 'open')
    for (const text of messages) socket.send(text)
    if (isReset) socket.terminate()
    else socket.close()
    await closed
  }
  await fuzz('web host, 1 to 25 pages with up to 20 frames', many(page), async (pages) => {
    await tryAll(pages, sendAll)
  })
})
