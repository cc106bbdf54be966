import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect as connectSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import WebSocket from 'ws'
import { z } from 'zod'
import { connect, type Handlers, LARGEST_FRAME, type Port, serve, TOO_LARGE } from '../api'
import { startWebHost, type WebHost } from '.'
import { LARGEST_MESSAGE } from './socket-port'

const contract = {
  calls: { double: { in: z.object({ value: z.number() }), out: z.object({ value: z.number() }) } },
  streams: {},
}
const handlers: Handlers<typeof contract> = {
  calls: { double: async ({ value }) => ({ value: value * 2 }) },
  streams: {},
}
const nobody = (): void => expect.fail('no page was expected')
let folder: string
let host: WebHost
let pages: Port[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-web-'))
  const page = join(folder, 'page')
  await mkdir(join(page, 'assets'), { recursive: true })
  await writeFile(join(page, 'index.html'), '<!doctype html>')
  await writeFile(join(page, 'assets', 'app-1a2b.js'), 'app()')
  await writeFile(join(page, 'assets', 'app-1a2b.js.gz'), gzipSync('app()'))
  await writeFile(join(page, 'a b.svg'), '<svg/>')
  await writeFile(join(page, 'data.bin'), Buffer.alloc(1_000_000))
  await writeFile(join(folder, 'secret'), 'secret')
  pages = []
  host = await startWebHost({
    port: 0,
    folder: page,
    onPage: (port) => {
      pages.push(port)
      serve(contract, handlers, port, { onInternalError: expect.fail })
    },
  })
})
afterEach(async () => {
  await host.close()
  await rm(folder, { recursive: true })
})

const address = () => new URL(host.url)

/** What a browser knows after it has opened the address with the token. */
async function traded() {
  const { headers } = await ask(`/${address().search}`)
  const cookie = String(headers['set-cookie']).split(';')[0] ?? ''
  const key = new URL(String(headers.location), address()).searchParams.get('key') ?? ''
  return { cookie, key, headers }
}

/** A request as it is written, without what fetch and URL make of its path. */
async function ask(
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: object } = {},
) {
  const { hostname, port } = address()
  const asked = request({ hostname, port, path, method, headers: { ...headers } })
  asked.end()
  const [response] = await once(asked, 'response')
  return { status: response.statusCode, headers: response.headers, body: await text(response) }
}

test.each([
  ['/', 'text/html; charset=utf-8', 'no-store', '<!doctype html>'],
  ['/?token=x', 'text/html; charset=utf-8', 'no-store', '<!doctype html>'],
  ['/index.html#part', 'text/html; charset=utf-8', 'no-store', '<!doctype html>'],
  ['/assets/app-1a2b.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable', 'app()'],
  ['/a%20b.svg', 'image/svg+xml', 'no-cache', '<svg/>'],
])('%s is sent as %s', async (path, type, caching, body) => {
  const { cookie } = await traded()
  const { status, headers, body: found } = await ask(path, { headers: { cookie } })
  expect({ status, body: found }).toEqual({ status: 200, body })
  expect(headers).toMatchObject({
    'content-type': type,
    'content-length': String(body.length),
    'cache-control': caching,
    'x-content-type-options': 'nosniff',
  })
  expect(headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${address().port}`)
})

test.each([
  ['gzip, deflate, br', true],
  ['br;q=1.0, gzip;q=0.5', true],
  ['br, gzip;q=0', false],
  ['br', false],
  ['', false],
])('a browser that takes %j gets a packed file: %s', async (accepts, isPacked) => {
  const { hostname, port } = address()
  const asked = request({
    hostname,
    port,
    path: '/assets/app-1a2b.js',
    headers: { 'accept-encoding': accepts },
  })
  asked.end()
  const [response] = await once(asked, 'response')
  const body = await buffer(response)
  expect(response.headers['content-encoding']).toBe(isPacked ? 'gzip' : undefined)
  expect(response.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'content-length': String(body.length),
    vary: 'Accept-Encoding',
  })
  expect((isPacked ? gunzipSync(body) : body).toString()).toBe('app()')
})

test.each([
  '/none.html',
  '/assets',
  '/assets/',
  '/../secret',
  '/%2e%2e/secret',
  '/assets/..%2f..%2fsecret',
  '/%00',
  '/%zz',
  '//',
  '//evil.example/x',
  '/..',
])('%s is not found', async (path) => {
  expect(await ask(path)).toMatchObject({ status: 404, body: 'Not found' })
})

test('HEAD answers as GET does, without the content', async () => {
  const { status, headers, body } = await ask('/data.bin', { method: 'HEAD' })
  expect({ status, body }).toEqual({ status: 200, body: '' })
  expect(headers).toMatchObject({ 'content-length': '1000000', 'content-type': 'application/octet-stream' })
})

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is not allowed', async (method) => {
  expect(await ask('/', { method })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
})

test('another name for this machine is refused, also for files', async () => {
  const { status, body } = await ask('/', { headers: { host: `evil.example:${address().port}` } })
  expect({ status, body }).toEqual({ status: 421, body: 'Wrong host' })
})

test('a browser that leaves in the middle of a file does not end the host', async () => {
  const { hostname, port } = address()
  const asked = request({ hostname, port, path: '/data.bin' })
  asked.end()
  const [response] = await once(asked, 'response')
  response.destroy()
  await once(response, 'close')
  expect((await ask('/')).status).toBe(401)
})

interface Door {
  readonly origin?: string
  readonly token?: string | null
  readonly cookie?: string
}

function knock({
  origin = address().origin,
  token = address().searchParams.get('token'),
  cookie = '',
}: Door = {}): WebSocket {
  return new WebSocket(`ws://${address().host}/`, [`capstan.${token}`], { origin, headers: { cookie } })
}

async function enter(): Promise<WebSocket> {
  const socket = knock()
  await once(socket, 'open')
  return socket
}

test('the page of the host calls it, and several pages do not disturb each other', async () => {
  const answers = await Promise.all(
    [1, 2, 3].map(async (value) => {
      const socket = await enter()
      const port: Port = {
        send: (frame) => socket.send(JSON.stringify(frame)),
        onFrame: (listener) => {
          const receive = (data: WebSocket.RawData) => listener(JSON.parse(String(data)))
          socket.on('message', receive)
          return () => socket.off('message', receive)
        },
        onClose: (listener) => {
          socket.on('close', listener)
          return () => socket.off('close', listener)
        },
      }
      return await connect<typeof contract>(port).call('double', { value })
    }),
  )
  expect(answers).toEqual([{ value: 2 }, { value: 4 }, { value: 6 }])
})

test('the token is traded for a cookie and a key, and leaves the address', async () => {
  const { headers, cookie, key } = await traded()
  const { port } = address()
  expect(headers.location).toBe(`/?key=${key}`)
  expect(headers['cache-control']).toBe('no-store')
  expect(headers['clear-site-data']).toBe('"cache", "storage"')
  expect(String(headers['set-cookie'])).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/)
  expect(cookie).toMatch(new RegExp(`^capstan-${port}=[\\w-]{43}$`))
  expect(cookie).not.toContain(key)
  expect(`${cookie} ${key}`).not.toContain(address().searchParams.get('token'))
})

test('the cookie together with the key opens a socket', async () => {
  const { cookie, key } = await traded()
  const socket = knock({ token: key, cookie })
  await once(socket, 'open')
})

test.each<[string, Door]>([
  ['a page of another origin', { origin: 'http://evil.example' }],
  ['a page without an origin', { origin: 'null' }],
  ['a page without the token', { token: 'wrong' }],
])('%s gets no socket', async (_who, door) => {
  const socket = knock(door)
  const [, response] = await once(socket, 'unexpected-response')
  expect(response.statusCode).toBe(403)
  expect(pages).toEqual([])
})

test.each([
  ['the cookie and the key of a page of another origin', 'http://evil.example', true, true],
  ['the cookie and the key of another port of this machine', 'http://127.0.0.1:1', true, true],
  ['the cookie alone, which every port of this machine gets', null, true, false],
  ['the key alone', null, false, true],
])('%s gets no socket', async (_who, origin, withCookie, withKey) => {
  const { cookie, key } = await traded()
  const socket = knock({
    origin: origin ?? address().origin,
    token: withKey ? key : 'wrong',
    cookie: withCookie ? cookie : '',
  })
  const [, response] = await once(socket, 'unexpected-response')
  expect(response.statusCode).toBe(403)
  expect(pages).toEqual([])
})

test('the token of one host opens no other', async () => {
  const other = await startWebHost({ port: 0, folder, onPage: nobody })
  const socket = new WebSocket(
    `ws://${new URL(other.url).host}/`,
    [`capstan.${address().searchParams.get('token')}`],
    { origin: new URL(other.url).origin },
  )
  const [, response] = await once(socket, 'unexpected-response')
  expect(response.statusCode).toBe(403)
  await other.close()
})

test('text that is not JSON closes the socket, and only that one', async () => {
  const [bad, good] = [await enter(), await enter()]
  bad.send('{"t":')
  const [code, reason] = await once(bad, 'close')
  expect([code, String(reason)]).toEqual([1003, 'not JSON'])
  expect(good.readyState).toBe(WebSocket.OPEN)
})

test('a frame that is too large is refused with words, and the page goes on', async () => {
  const socket = await enter()
  socket.send(JSON.stringify({ t: 'call', id: 7, name: 'double', in: { text: 'x'.repeat(LARGEST_FRAME) } }))
  const [data] = await once(socket, 'message')
  expect(JSON.parse(String(data))).toEqual({ t: 'error', id: 7, error: TOO_LARGE })
  socket.send(JSON.stringify({ t: 'call', id: 8, name: 'double', in: { value: 4 } }))
  const [answer] = await once(socket, 'message')
  expect(JSON.parse(String(answer))).toEqual({ t: 'ok', id: 8, out: { value: 8 } })
})

test('a message without measure closes the socket, and the host goes on', async () => {
  const socket = await enter()
  socket.send('x'.repeat(LARGEST_MESSAGE + 1))
  const [code] = await once(socket, 'close')
  expect(code).toBe(1009)
  expect((await ask('/')).status).toBe(401)
})

test('a page that does not read is cut off', async () => {
  const socket = await enter()
  const closed = once(socket, 'close')
  socket.pause()
  const [page] = pages
  const isOpen = { value: true }
  page?.onClose(() => {
    isOpen.value = false
  })
  const large = { t: 'item', id: 1, out: 'x'.repeat(1_000_000) } as const
  for (let sent = 0; isOpen.value; sent++) {
    if (sent > 1000) expect.fail('a gigabyte waits for the page')
    page?.send(large)
    await new Promise((resolve) => setImmediate(resolve))
  }
  socket.resume()
  await closed
})

test('a service that cannot serve costs its page, and not the host', async () => {
  const errors: unknown[] = []
  const broken = await startWebHost({
    port: 0,
    folder,
    onPage: () => {
      throw new Error('no service')
    },
    onError: (error) => errors.push(error),
  })
  const url = new URL(broken.url)
  const socket = new WebSocket(`ws://${url.host}/`, [`capstan.${url.searchParams.get('token')}`], {
    origin: url.origin,
  })
  await once(socket, 'close')
  expect(errors).toEqual([new Error('no service')])
  expect((await fetch(url.origin)).status).toBe(401)
  await broken.close()
})

test('a connection that is reset at the door does not end the host', async () => {
  const { hostname, port, host: name } = address()
  const socket = connectSocket(Number(port), hostname)
  await once(socket, 'connect')
  socket.write(`GET / HTTP/1.1\r\nHost: ${name}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
  socket.resetAndDestroy()
  await once(socket, 'close')
  expect((await ask('/')).status).toBe(401)
})

test('pages hear of the end of their socket', async () => {
  const socket = await enter()
  const [page] = pages
  const closed = new Promise<void>((resolve) => page?.onClose(resolve))
  socket.terminate()
  await closed
})

test('a port that is taken is an error with a way out', async () => {
  const port = Number(address().port)
  await expect(startWebHost({ port, folder, onPage: nobody })).rejects.toMatchObject({
    code: 'port-in-use',
    message: `Port ${port} is in use.`,
    help: expect.stringContaining('--port'),
  })
})

test('a closed host has let go of its pages and its port', async () => {
  const socket = await enter()
  const closed = once(socket, 'close')
  await host.close()
  await closed
  host = await startWebHost({ port: Number(address().port), folder, onPage: nobody })
})
