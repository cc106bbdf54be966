import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer, type Server } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FakeSessions } from '../../../test/fakes/sessions'
import { isForUs, Previews } from './previews'

const requestTo = (host: string) => Buffer.from(`GET / HTTP/1.1\r\nHost: ${host}\r\nAccept: */*\r\n\r\n`)

describe('which requests are for us', () => {
  test.each(['127.0.0.1:4000', 'localhost:4000'])('a request to %s is', (host) => {
    expect(isForUs(requestTo(host), 4000)).toBe(true)
  })

  test.each(['evil.example:4000', '127.0.0.1:4001', '127.0.0.1', ''])('a request to "%s" is not', (host) => {
    expect(isForUs(requestTo(host), 4000)).toBe(false)
  })

  test('another protocol names no host that could be wrong', () => {
    expect(isForUs(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]), 4000)).toBe(true)
  })
})

let sessions: FakeSessions
let previews: Previews
const servers: Server[] = []

beforeEach(() => {
  sessions = new FakeSessions()
  sessions.add('lab')
  sessions.add('other')
  previews = new Previews(() => sessions)
})
afterEach(async () => {
  await previews.dispose()
  for (const server of servers.splice(0)) server.close()
})

/** Lets a server of the test stand for what listens inside the node. */
async function inNode(server: Server, sessionId = 's-lab'): Promise<Server> {
  servers.push(server.listen(0, '127.0.0.1'))
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const node = sessions.get(sessionId).node('node1')
  node.connect = async () => {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return socket
  }
  return server
}

interface Answer {
  readonly status: number | undefined
  readonly body: string
}

async function get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  const sent = request(url, { headers, agent: false })
  sent.end()
  const [response] = await once(sent, 'response')
  let body = ''
  for await (const chunk of response) body += chunk
  return { status: response.statusCode, body }
}

test('a browser reaches a real server inside the node, and large answers arrive whole', async () => {
  const large = 'x'.repeat(300_000)
  await inNode(createServer(({ url }, response) => response.end(url === '/large' ? large : 'hello')))
  const { url, node, port } = await previews.open('s-lab', 'node1', 80)
  expect([node, port]).toEqual(['node1', 80])
  expect(await get(url)).toEqual({ status: 200, body: 'hello' })
  expect((await get(`${url}large`)).body).toBe(large)
})

test('what the browser sends reaches the server', async () => {
  const server = createServer(async (incoming, response) => {
    let body = ''
    for await (const chunk of incoming) body += chunk
    response.end(body.toUpperCase())
  })
  await inNode(server)
  const { url } = await previews.open('s-lab', 'node1', 80)
  const sent = request(url, { method: 'POST', agent: false })
  sent.write('one ')
  sent.end('two')
  const [response] = await once(sent, 'response')
  let body = ''
  for await (const chunk of response) body += chunk
  expect(body).toBe('ONE TWO')
})

test('a page of another name does not look into the lab', async () => {
  let requests = 0
  await inNode(createServer((_request, response) => response.end(String(++requests))))
  const { url } = await previews.open('s-lab', 'node1', 80)
  const answer = await get(url, { host: 'evil.example' })
  expect(answer).toMatchObject({ status: 502, body: expect.stringContaining('This connection is refused.') })
  expect(requests).toBe(0)
})

test('where nothing listens the browser is shown why', async () => {
  const { url } = await previews.open('s-lab', 'node1', 81)
  expect(await get(url)).toMatchObject({ status: 502, body: expect.stringContaining('refused') })
})

test('a server that ends without an answer is reported with what to do', async () => {
  await inNode(createTcpServer((socket) => socket.once('data', () => socket.end())))
  const { url } = await previews.open('s-lab', 'node1', 82)
  const { status, body } = await get(url)
  expect(status).toBe(502)
  expect(body).toContain('Nothing answers on port 82 of node1.')
  expect(body).toContain('Start the container or service')
})

test('a preview that is open is found again, also when it is asked for twice at once', async () => {
  await inNode(createServer((_request, response) => response.end('one')))
  const [first, second] = await Promise.all([
    previews.open('s-lab', 'node1', 80),
    previews.open('s-lab', 'node1', 80),
  ])
  expect(second).toEqual(first)
  expect(await previews.open('s-lab', 'node1', 80)).toEqual(first)
  expect((await previews.open('s-lab', 'node1', 8080)).url).not.toBe(first.url)
})

test.each([
  ['s-none', 'node1'],
  ['s-lab', 'node9'],
])('a session or node that is not there is refused: %s %s', async (sessionId, node) => {
  await expect(previews.open(sessionId, node, 80)).rejects.toMatchObject({ code: 'not-found' })
})

test('with its session a preview is closed, and its connections with it', async () => {
  await inNode(createServer((_request, response) => response.end('lab')))
  await inNode(
    createServer((_request, response) => response.end('other')),
    's-other',
  )
  const mine = await previews.open('s-lab', 'node1', 80)
  const other = await previews.open('s-other', 'node1', 80)
  const idle = connect(Number(new URL(mine.url).port), '127.0.0.1')
  await once(idle, 'connect')
  await previews.closeSession('s-lab')
  await once(idle.resume(), 'close')
  await expect(get(mine.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  expect((await get(other.url)).body).toBe('other')
})

test('a session that was stopped answers nothing any more, even before its previews are closed', async () => {
  await inNode(createServer((_request, response) => response.end('lab')))
  const { url } = await previews.open('s-lab', 'node1', 80)
  await sessions.stop('s-lab')
  expect(await get(url)).toMatchObject({ status: 502, body: expect.stringContaining('no session') })
})
