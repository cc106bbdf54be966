/**
 * The engine in a node is the student's and the lab's, so it can be any program. Whatever it answers, each call ends
 * with a value or with an error of ours, within its limit and after a limited number of bytes.
 */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Check, CheckFile, evaluateCheck, toCheck } from '../../engine/checks'
import { DockerClient } from '../../engine/docker'
import { watchNode } from '../../engine/session/node-events'
import { publishedPorts } from '../../engine/session/ports'
import { isCapstanError } from '../../shared/errors'
import { fuzz, fuzzTimeout } from './fuzz'
import {
  type Answer,
  type Ending,
  frames,
  json,
  noise,
  piecesWith,
  STATUSES,
  SWITCHING,
} from './inner-engine-answers'

/** Milliseconds for a call whose answer may never end. */
const LIMIT_MS = 150
/** Bytes that are repeated without an end, at least. */
const ENDLESS_BYTES = 64 * 1024
/** The largest answer that a call reads, and what lies in the buffers of a connection at that moment. */
const MOST_BYTES = (16 + 4) * 1024 * 1024

let server: Server
/** What the engine answers to a request, of which it has the first bytes. */
let answer: (request: string) => Answer
/** The bytes that the client has taken of the answers to one input. */
let taken = { bytes: 0 }
const sockets = new Set<Socket>()

beforeEach(async () => {
  server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined))
    socket.once('close', () => sockets.delete(socket))
    socket.on('data', (request) => void reply(socket, answer(request.toString('latin1'))))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  server.close()
})

async function reply(socket: Socket, { pieces, ending }: Answer): Promise<void> {
  const count = taken
  for (const piece of pieces) if (!(await write(socket, piece, count))) return
  if (ending === 'end') socket.end()
  if (ending === 'reset') socket.resetAndDestroy()
  const last = pieces.at(-1)
  if (ending !== 'endless' || !last?.length) return
  const more = Buffer.concat(Array(Math.ceil(ENDLESS_BYTES / last.length)).fill(last))
  while (await write(socket, more, count));
}

/** @returns false once the client has closed the connection */
async function write(socket: Socket, bytes: Buffer, count: { bytes: number }): Promise<boolean> {
  if (socket.destroyed) return false
  return await new Promise((resolve) => {
    const closed = () => resolve(false)
    socket.once('close', closed)
    socket.write(bytes, (error) => {
      socket.off('close', closed)
      if (!error) count.bytes += bytes.length
      resolve(!error)
    })
  })
}

/** Every call of the client, and those that the session and the checks make with it. */
const calls: Readonly<Record<string, (docker: DockerClient) => Promise<unknown>>> = {
  ping: (docker) => docker.ping(),
  version: (docker) => docker.version(),
  info: (docker) => docker.info(),
  get: (docker) => docker.get('/containers/json'),
  list: (docker) => docker.containers.list(),
  inspect: (docker) => docker.containers.inspect('c1'),
  create: (docker) => docker.containers.create({ Image: 'x' }),
  start: (docker) => docker.containers.start('c1'),
  stop: (docker) => docker.containers.stop('c1'),
  restart: (docker) => docker.containers.restart('c1'),
  kill: (docker) => docker.containers.kill('c1'),
  remove: (docker) => docker.containers.remove('c1'),
  wait: (docker) => docker.containers.wait('c1', 5_000),
  stats: (docker) => docker.containers.stats('c1'),
  changes: (docker) => docker.containers.changes('c1'),
  copyIn: (docker) => docker.containers.copyIn('c1', '/', Readable.from([Buffer.from('tar')])),
  log: (docker) => docker.containers.log('c1'),
  networks: (docker) => docker.networks.list(),
  network: (docker) => docker.networks.inspect('n1'),
  'create a network': (docker) => docker.networks.create('n', {}),
  'remove a network': (docker) => docker.networks.remove('n1'),
  'look for a network': (docker) => docker.networks.exists('n1'),
  connect: (docker) => docker.networks.connect('n1', 'c1'),
  disconnect: (docker) => docker.networks.disconnect('n1', 'c1'),
  images: (docker) => docker.images.list(),
  image: (docker) => docker.images.inspect('i1'),
  'look for an image': (docker) => docker.images.exists('i1'),
  tag: (docker) => docker.images.tag('i1', 'r', 't'),
  'remove an image': (docker) => docker.images.remove('i1'),
  pull: (docker) => docker.images.pull('nginx'),
  push: (docker) => docker.images.push('r', 't'),
  build: (docker) => docker.images.build(Buffer.from('tar'), { tag: 'x' }),
  import: (docker) => docker.images.import(Readable.from([Buffer.from('tar')]), { repo: 'r', tag: 't' }),
  volumes: (docker) => docker.volumes.list(),
  'create a volume': (docker) => docker.volumes.create('v', {}),
  'remove a volume': (docker) => docker.volumes.remove('v'),
  members: (docker) => docker.swarm.nodes(),
  tokens: (docker) => docker.swarm.joinTokens(),
  init: (docker) => docker.swarm.init({ listen: 'a', advertise: 'b' }),
  join: (docker) => docker.swarm.join({ listen: 'a', advertise: 'b', manager: 'c', token: 'd' }),
  pipe: async (docker) => (await docker.execs.openPipe('c1', ['nc'])).on('error', () => undefined).destroy(),
  terminal: async (docker) =>
    (await docker.execs.openTty('c1', { cmd: ['sh'], cols: 80, rows: 24 })).stream
      .on('error', () => undefined)
      .destroy(),
  run: (docker) => docker.execs.run('c1', ['true']),
}

/** Calls that end by their limit where an answer never does. */
const limitedCalls: typeof calls = {
  ping: (docker) => docker.ping(LIMIT_MS),
  version: (docker) => docker.version({ signal: AbortSignal.timeout(LIMIT_MS) }),
  info: (docker) => docker.info({ signal: AbortSignal.timeout(LIMIT_MS) }),
  get: (docker) => docker.get('/services', LIMIT_MS),
  wait: (docker) => docker.containers.wait('c1', LIMIT_MS),
  run: (docker) => docker.execs.run('c1', ['true'], { limitMs: LIMIT_MS }),
  pull: (docker) => docker.images.pull('nginx', { limitMs: LIMIT_MS }),
  build: (docker) => docker.images.build(Buffer.from('tar'), { tag: 'x', limitMs: LIMIT_MS }),
}

/** Those of them that follow a stream. */
const STREAMS = new Set(['run', 'pull', 'build'])

/** Calls that take a connection over, and read all that comes. */
const connectionCalls: typeof calls = {
  run: (docker) => docker.execs.run('c1', ['true'], { limitMs: LIMIT_MS }),
  pipe: async (docker) => await (await docker.execs.openPipe('c1', ['nc'])).toArray(),
  terminal: async (docker) => {
    const { stream } = await docker.execs.openTty('c1', { cmd: ['sh'], cols: 80, rows: 24 })
    await stream.toArray()
  },
}

function expectOurs(error: unknown): void {
  if (!isCapstanError(error) || error.message === '') throw error
}

/** Over TCP, because only there a connection can be reset. */
function open(): DockerClient {
  const { port } = server.address() as AddressInfo
  return DockerClient.to({ kind: 'tcp', host: '127.0.0.1', port, tlsDirectory: null })
}

async function endsWell(call: (docker: DockerClient) => Promise<unknown>, given: Answer): Promise<void> {
  answer = () => given
  taken = { bytes: 0 }
  await call(open()).catch(expectOurs)
  for (const socket of sockets) socket.destroy()
}

test('an answer of any form ends every call', { timeout: fuzzTimeout() }, async () => {
  const inputs = fc.record({
    call: fc.constantFrom(...Object.keys(calls)),
    pieces: piecesWith(STATUSES),
    ending: fc.constantFrom<Ending>('end', 'reset'),
  })
  await fuzz('inner engine, answers that end', inputs, async ({ call, ...given }) => {
    await endsWell(calls[call] ?? expect.fail(), given)
    expect(taken.bytes).toBeLessThan(MOST_BYTES)
  })
})

test('an answer that never ends is ended by a limit', { timeout: fuzzTimeout() }, async () => {
  const inputs = fc.record({
    call: fc.constantFrom(...Object.keys(limitedCalls)),
    pieces: piecesWith([...STATUSES, SWITCHING]),
    ending: fc.constantFrom<Ending>('end', 'hang', 'endless'),
  })
  await fuzz('inner engine, answers without end', inputs, async ({ call, ...given }) => {
    await endsWell(limitedCalls[call] ?? expect.fail(), given)
    // Streams are read until their time is over, and nothing but the first part is kept.
    if (!STREAMS.has(call)) expect(taken.bytes).toBeLessThan(MOST_BYTES)
  })
})

test('a connection that is handed over may carry anything', { timeout: fuzzTimeout() }, async () => {
  const inputs = fc.tuple(fc.constantFrom(...Object.keys(connectionCalls)), fc.oneof(frames, noise, json))
  await fuzz('inner engine, connections', inputs, async ([call, bytes]) => {
    const [created, switching] = [
      'HTTP/1.1 201 Created\r\nContent-Length: 11\r\n\r\n{"Id":"e1"}',
      'HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n',
    ]
    taken = { bytes: 0 }
    answer = (request) => {
      const isStart = request.startsWith('POST /exec/')
      return {
        pieces: [Buffer.from(isStart ? switching : created), ...(isStart ? [bytes] : [])],
        ending: 'end',
      }
    }
    await (connectionCalls[call] ?? expect.fail())(open()).catch(expectOurs)
  })
})

const query: Check = toCheck(
  CheckFile.parse({
    name: 'a look',
    query: { api: '/containers/json', select: '[].Names[]' },
    expect: 'web',
  }),
  'node1',
)

test('what the session sees of a node stays within its contract', { timeout: fuzzTimeout() }, async () => {
  const inputs = fc.record({ pieces: piecesWith(STATUSES), ending: fc.constantFrom<Ending>('end', 'reset') })
  await fuzz('inner engine, looks of the session', inputs, async (given) => {
    answer = () => given
    taken = { bytes: 0 }
    const docker = open()
    const node = { name: 'node1', docker, exec: () => Promise.reject(new Error('not asked')) }
    const ports = await publishedPorts(node).catch((error: unknown) => {
      expectOurs(error)
      return []
    })
    for (const port of ports)
      expect(port).toSatisfy((one) => Number.isInteger(one) && one > 0 && one < 65_536)
    const { signal } = new AbortController()
    const result = await evaluateCheck(query, () => node, signal)
    expect(typeof result.state).toBe('string')
    const changed = new Promise<void>((resolve) => {
      const stop = watchNode(node, () => resolve(stop()), 1)
    })
    await changed
    expect(taken.bytes).toBeLessThan(MOST_BYTES)
  })
})
