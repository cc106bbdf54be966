import { once } from 'node:events'
import { createServer, request } from 'node:http'
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type LookupFunction,
  type Server,
} from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FakeSessions } from '../../../../test/fakes/sessions'
import { Previews } from './previews'

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

/** Asks as a browser does: the name of a door is an address of this machine. */
async function get(url: string | URL, headers: Record<string, string> = {}): Promise<Answer> {
  return await answerTo(request(url, { headers, agent: false, lookup: loopback }))
}

async function answerTo(sent: ReturnType<typeof request>): Promise<Answer> {
  sent.end()
  const [response] = await once(sent, 'response')
  let body = ''
  for await (const chunk of response) body += chunk
  return { status: response.statusCode, body }
}

const loopback: LookupFunction = (_name, _options, found) =>
  found(null, [{ address: '127.0.0.1', family: 4 }])

/** The first page behind a door, without its entrance. */
const within = (url: string, path = '/') => new URL(path, url)

test('a browser reaches a real server inside the node, and large answers arrive whole', async () => {
  const large = 'x'.repeat(300_000)
  await inNode(createServer(({ url }, response) => response.end(url === '/large' ? large : 'hello')))
  const { url, node, port } = await previews.open('s-lab', 'node1', 80)
  expect([node, port]).toEqual(['node1', 80])
  expect(await get(within(url))).toEqual({ status: 200, body: 'hello' })
  expect((await get(within(url, '/large'))).body).toBe(large)
})

test('what the browser sends reaches the server', async () => {
  const server = createServer(async (incoming, response) => {
    let body = ''
    for await (const chunk of incoming) body += chunk
    response.end(body.toUpperCase())
  })
  await inNode(server)
  const { url } = await previews.open('s-lab', 'node1', 80)
  const sent = request(within(url), { method: 'POST', agent: false, lookup: loopback })
  sent.write('one ')
  sent.write('two')
  expect((await answerTo(sent)).body).toBe('ONE TWO')
})

test('where nothing listens the browser is shown why', async () => {
  const { url } = await previews.open('s-lab', 'node1', 81)
  expect(await get(within(url))).toMatchObject({
    status: 502,
    body: expect.stringContaining('Nothing answers on port 81'),
  })
})

test('a server that ends without an answer is reported with what to do', async () => {
  await inNode(createTcpServer((socket) => socket.once('data', () => socket.end())))
  const { url } = await previews.open('s-lab', 'node1', 82)
  const { status, body } = await get(within(url))
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
  await expect(get(within(mine.url))).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  expect((await get(within(other.url))).body).toBe('other')
})

test('a session that was stopped answers nothing any more, even before its previews are closed', async () => {
  await inNode(createServer((_request, response) => response.end('lab')))
  const { url } = await previews.open('s-lab', 'node1', 80)
  await sessions.stop('s-lab')
  expect(await get(within(url))).toMatchObject({ status: 502, body: expect.stringContaining('no session') })
})
