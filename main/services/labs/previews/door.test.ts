import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { Door } from './door'

const cleanUps: (() => void)[] = []
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0).reverse()) cleanUp()
})

/** A door to a server of the test. */
async function open(inNode: Server | TcpServer): Promise<Door> {
  inNode.listen(0, '127.0.0.1')
  await once(inNode, 'listening')
  const { port } = inNode.address() as AddressInfo
  const dial = async () => {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return socket
  }
  const door = await Door.open({ node: 'web', port: 8080, dial })
  cleanUps.push(() => {
    door.close()
    inNode.close()
    if ('closeAllConnections' in inNode) inNode.closeAllConnections()
  })
  return door
}

/** A server that notes what it is asked, and answers with its secret. */
function secretServer(): { server: Server; seen: IncomingMessage[] } {
  const seen: IncomingMessage[] = []
  const server = createServer((request, response) => {
    seen.push(request)
    response.end('SECRET of the lab')
  })
  return { server, seen }
}

async function dial(door: Door): Promise<Socket> {
  const socket = connect(Number(new URL(door.url).port), '127.0.0.1').on('error', () => undefined)
  await once(socket, 'connect')
  cleanUps.push(() => socket.destroy())
  return socket
}

/** Sends bytes and gives all that comes back before the connection closes. */
async function talk(door: Door, bytes: string): Promise<string> {
  const socket = await dial(door)
  socket.write(bytes)
  return await text(socket)
}

const ask = (door: Door, ...more: string[]) =>
  ['GET / HTTP/1.1', `Host: ${new URL(door.url).host}`, ...more, '', ''].join('\r\n')
const evil = 'GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n'

test.each([
  ['a method that is none', () => `X_Y / HTTP/1.1\r\nHost: evil.example\r\n\r\n${evil}`],
  ['a method in small letters', () => `patch / HTTP/1.1\r\nHost: evil.example\r\n\r\n${evil}`],
  ['an empty first line', () => `\r\n${evil}`],
  ['an address of 64 KiB', () => `GET /${'x'.repeat(65_536)} HTTP/1.1\r\nHost: evil.example\r\n\r\n`],
  ['no HTTP at all', () => '\u0000\u0000\u0000\u0008\u0004\u00d2\u0016\u002f'],
  ['another version', () => 'GET / HTTP/9.9\r\nHost: evil.example\r\n\r\n'],
  ['no version', () => 'GET /\r\n\r\n'],
  ['no host', () => 'GET / HTTP/1.1\r\n\r\n'],
  ['an old version without a host', () => 'GET / HTTP/1.0\r\n\r\n'],
  ['a tunnel', () => 'CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: evil.example\r\n\r\n'],
  ['two hosts', (door: Door) => ask(door, 'Host: evil.example')],
  ['a whole address', (door: Door) => ask(door).replace('GET /', 'GET http://evil.example/')],
  ['two lengths', (door: Door) => ask(door, 'Content-Length: 1', 'Transfer-Encoding: chunked')],
  ['a line that is folded', (door: Door) => ask(door, 'X-A: b', ' Host: evil.example')],
  [
    'a WebSocket of another name',
    () => evil.replace('\r\n\r\n', '\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
  ],
  ['another protocol', (door: Door) => ask(door, 'Connection: Upgrade', 'Upgrade: h2c')],
])('%s does not reach the node', async (_what, bytes) => {
  const { server, seen } = secretServer()
  const door = await open(server)
  const answer = await talk(door, bytes(door).replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))
  expect(answer).not.toContain('SECRET')
  expect(answer === '' || /^HTTP\/1\.1 4\d\d /.test(answer)).toBe(true)
  expect(seen).toEqual([])
})

test('a second request of a connection is looked at like the first', async () => {
  const { server, seen } = secretServer()
  const door = await open(server)
  const answer = await talk(door, ask(door) + evil)
  expect(answer.match(/SECRET/g)).toHaveLength(1)
  expect(answer).toContain('HTTP/1.1 421')
  expect(seen).toHaveLength(1)
})

test('the server in the node is asked for localhost, and does not learn the name of the door', async () => {
  const { server, seen } = secretServer()
  const door = await open(server)
  const { origin } = new URL(door.url)
  await talk(door, ask(door, `Origin: ${origin}`, `Referer: ${origin}/a`, 'Connection: close'))
  expect(seen[0]?.headers).toMatchObject({ host: 'localhost:8080', origin: 'http://localhost:8080' })
  expect(seen[0]?.rawHeaders.join()).not.toContain(new URL(door.url).hostname.split('.')[0])
})

test('connections that say nothing do not close a door', async () => {
  const door = await open(secretServer().server)
  const silent = await Promise.all(Array.from({ length: 300 }, () => dial(door)))
  expect(silent).toHaveLength(300)
  expect(await talk(door, ask(door, 'Connection: close'))).toContain('SECRET')
})

test('a connection that stops in its headers is closed', { timeout: 30_000 }, async () => {
  const door = await open(secretServer().server)
  expect(await talk(door, 'GET / HTTP/1.1\r\nHost: ')).toContain('HTTP/1.1 4')
})

test('a WebSocket passes in both directions, also a message that comes at once', async () => {
  const server = createServer()
  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.send('hello')
    socket.on('message', (data) => socket.send(`echo ${data}`))
  })
  const door = await open(server)
  const { origin, port, host } = new URL(door.url)
  const { WebSocket } = await import('ws')
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { origin, headers: { host } })
  const heard: string[] = []
  socket.on('message', (data) => heard.push(String(data)))
  await once(socket, 'open')
  socket.send('one')
  await expect.poll(() => heard).toEqual(['hello', 'echo one'])
  socket.close()
  await once(socket, 'close')
})

test.each([
  ['of another page', 'http://evil.example', 403],
  ['that the server refuses', null, 418],
])('a WebSocket %s is refused', async (_what, foreign, status) => {
  const server = createServer().on('upgrade', (_request, socket) =>
    socket.end('HTTP/1.1 418 No\r\nContent-Length: 0\r\n\r\n'),
  )
  const door = await open(server)
  const { origin, port, host } = new URL(door.url)
  const { WebSocket } = await import('ws')
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { origin: foreign ?? origin, headers: { host } })
  const [error] = await once(socket, 'error')
  expect(String(error)).toContain(String(status))
})

test.each([
  ['ends without an answer', ''],
  ['speaks another protocol', 'SSH-2.0-OpenSSH\r\n'],
  ['has a status that there is not', 'HTTP/1.1 042 No\r\n\r\n'],
  ['switches unasked', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'],
  ['sends endless headers', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}`],
])('a server that %s is reported with what to do', async (_what, bytes) => {
  const door = await open(
    createTcpServer(
      (socket) => void socket.on('error', () => undefined).once('data', () => socket.end(bytes)),
    ),
  )
  const answer = await talk(door, ask(door, 'Connection: close'))
  expect(answer).toContain('HTTP/1.1 502')
  expect(answer).toContain('Nothing answers on port 8080 of web. Start the container')
})

test('a server that closes a kept connection is asked again', async () => {
  let connections = 0
  const server = createTcpServer((socket) => {
    connections++
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi')
      socket.once('data', () => socket.destroy())
    })
  })
  const door = await open(server)
  expect(await talk(door, ask(door) + ask(door, 'Connection: close'))).toMatch(/hi.*hi$/s)
  expect(connections).toBe(2)
})

test('two doors have different names', async () => {
  const [one, other] = [await open(secretServer().server), await open(secretServer().server)]
  expect(new URL(one.url).hostname).not.toBe(new URL(other.url).hostname)
  expect(await talk(one, ask(other, 'Connection: close'))).toContain('HTTP/1.1 421')
})
