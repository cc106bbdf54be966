/** Each method of the client's parts sends the request that the engine's API asks for, and reads its answer. */
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DockerClient } from './client'
import { frame, type HttpEngine, openHttpEngine, type SeenRequest } from './testing'

let engine: HttpEngine
beforeEach(async () => {
  engine = await openHttpEngine()
})
afterEach(() => engine[Symbol.asyncDispose]())

interface Case {
  readonly what: string
  readonly call: (docker: DockerClient) => Promise<unknown>
  readonly sends: Partial<SeenRequest>
  /** What the engine answers, and what the call makes of it; nothing by default. */
  readonly answer?: unknown
  readonly gives?: unknown
}

async function check({ call, sends, answer, gives }: Case): Promise<void> {
  engine.answer(200, answer ?? {})
  const result = await call(engine.client)
  expect(engine.seen).toEqual([expect.objectContaining(sends)])
  if (gives !== undefined) expect(result).toEqual(gives)
}

const labelled = { label: ['capstan.kind=node', 'capstan.owner'] }
const labels = labelled.label

describe('containers', () => {
  const cases: Case[] = [
    {
      what: 'create names the container and gives its id',
      call: ({ containers }) => containers.create({ name: 'web', Image: 'nginx', Env: ['A=1'] }),
      sends: {
        method: 'POST',
        path: '/containers/create',
        query: { name: 'web' },
        body: { Image: 'nginx', Env: ['A=1'] },
      },
      answer: { Id: 'c1', Warnings: [] },
      gives: 'c1',
    },
    {
      what: 'create without a name leaves the name to the engine',
      call: ({ containers }) => containers.create({ Image: 'nginx' }),
      sends: { query: {} },
      answer: { Id: 'c1' },
    },
    {
      what: 'start',
      call: ({ containers }) => containers.start('c1'),
      sends: { method: 'POST', path: '/containers/c1/start' },
    },
    {
      what: 'stop gives the container its time',
      call: ({ containers }) => containers.stop('c1', { seconds: 3 }),
      sends: { method: 'POST', path: '/containers/c1/stop', query: { t: 3 } },
    },
    {
      what: 'restart gives the container its time',
      call: ({ containers }) => containers.restart('c1'),
      sends: { method: 'POST', path: '/containers/c1/restart', query: { t: 5 } },
    },
    {
      what: 'kill sends SIGKILL by default',
      call: ({ containers }) => containers.kill('c1'),
      sends: { path: '/containers/c1/kill', query: { signal: 'SIGKILL' } },
    },
    {
      what: 'kill sends another signal',
      call: ({ containers }) => containers.kill('c1', 'SIGHUP'),
      sends: { query: { signal: 'SIGHUP' } },
    },
    {
      what: 'remove is by force and takes the anonymous volumes along',
      call: ({ containers }) => containers.remove('c1'),
      sends: { method: 'DELETE', path: '/containers/c1', query: { force: true, v: true } },
    },
    {
      what: 'wait gives the exit code',
      call: ({ containers }) => containers.wait('c1', 1_000),
      sends: { method: 'POST', path: '/containers/c1/wait' },
      answer: { StatusCode: 7 },
      gives: 7,
    },
    {
      what: 'inspect',
      call: ({ containers }) => containers.inspect('c1'),
      sends: { method: 'GET', path: '/containers/c1/json' },
      answer: { Id: 'c1' },
      gives: { Id: 'c1' },
    },
    {
      what: 'list also asks for stopped ones, and for every label',
      call: ({ containers }) => containers.list({ labels }),
      sends: { path: '/containers/json', query: { all: true, filters: labelled } },
      answer: [{ Id: 'c1' }],
      gives: [{ Id: 'c1' }],
    },
    {
      what: 'list without labels asks for all',
      call: ({ containers }) => containers.list(),
      sends: { query: { all: true, filters: { label: [] } } },
      answer: [],
      gives: [],
    },
    {
      what: 'stats asks for one reading',
      call: ({ containers }) => containers.stats('c1'),
      sends: { path: '/containers/c1/stats', query: { stream: false, 'one-shot': true } },
      answer: { read: 'now' },
      gives: { read: 'now' },
    },
    {
      what: 'changes gives a list',
      call: ({ containers }) => containers.changes('c1'),
      sends: { path: '/containers/c1/changes' },
      answer: [{ Path: '/a', Kind: 1 }],
      gives: [{ Path: '/a', Kind: 1 }],
    },
    {
      what: 'copyIn sends the archive to the path',
      call: ({ containers }) => containers.copyIn('c1', '/srv', Buffer.from('archive')),
      sends: { method: 'PUT', path: '/containers/c1/archive', query: { path: '/srv' }, body: 'archive' },
    },
  ]
  test.each(cases)('$what', check)

  test('a container that has changed nothing has an empty list', async () => {
    engine.handle((_request, response) => void response.end('null'))
    expect(await engine.client.containers.changes('c1')).toEqual([])
  })

  test('a log holds stdout and stderr in the order in which they came', async () => {
    engine.handle((request, response) => {
      expect(request.url).toContain('tail=5')
      response.end(Buffer.concat([frame(1, 'one\n'), frame(2, 'two\n'), frame(1, 'three\n')]))
    })
    expect(await engine.client.containers.log('c1', 5)).toBe('one\ntwo\nthree\n')
  })

  test('a removal that the engine refuses for another reason fails', async () => {
    engine.answer(409, { message: 'container is paused' })
    await expect(engine.client.containers.remove('c1')).rejects.toMatchObject({
      message: 'container is paused',
    })
  })

  test('a wait ends at its limit', async () => {
    engine.handle(() => undefined)
    await expect(engine.client.containers.wait('c1', 20)).rejects.toMatchObject({ code: 'engine-timeout' })
  })
})

describe('images', () => {
  const cases: Case[] = [
    {
      what: 'list by labels',
      call: ({ images }) => images.list({ labels }),
      sends: { path: '/images/json', query: { filters: labelled } },
      answer: [],
      gives: [],
    },
    {
      what: 'inspect',
      call: ({ images }) => images.inspect('nginx:1'),
      sends: { path: '/images/nginx:1/json' },
      answer: { Id: 'i1' },
      gives: { Id: 'i1' },
    },
    {
      what: 'exists',
      call: ({ images }) => images.exists('nginx:1'),
      sends: { path: '/images/nginx:1/json' },
      gives: true,
    },
    {
      what: 'tag',
      call: ({ images }) => images.tag('i1', 'capstan/node', '1'),
      sends: { method: 'POST', path: '/images/i1/tag', query: { repo: 'capstan/node', tag: 1 } },
    },
    {
      what: 'remove is by force',
      call: ({ images }) => images.remove('nginx:1'),
      sends: { method: 'DELETE', path: '/images/nginx:1', query: { force: true } },
    },
    {
      what: 'import sends the file system',
      call: ({ images }) => images.import(Readable.from(['tar']), { repo: 'base', tag: 'x' }),
      sends: { path: '/images/create', query: { fromSrc: '-', repo: 'base', tag: 'x' }, body: 'tar' },
    },
    {
      what: 'build sends the context and its arguments, and removes what it leaves',
      call: ({ images }) =>
        images.build(Buffer.from('tar'), { tag: 'a:1', buildargs: { BASE: 'b' }, labels: { k: 'v' } }),
      sends: {
        method: 'POST',
        path: '/build',
        query: { t: 'a:1', buildargs: { BASE: 'b' }, labels: { k: 'v' }, rm: true, forcerm: true },
        body: 'tar',
      },
    },
    {
      what: 'pull of a name with a tag',
      call: ({ images }) => images.pull('nginx:alpine'),
      sends: { path: '/images/create', query: { fromImage: 'nginx:alpine' } },
    },
    {
      what: 'pull of a name without a tag takes the latest, never all of them',
      call: ({ images }) => images.pull('localhost:5000/nginx'),
      sends: { query: { fromImage: 'localhost:5000/nginx:latest' } },
    },
    {
      what: 'pull by digest',
      call: ({ images }) => images.pull('nginx@sha256:ab'),
      sends: { query: { fromImage: 'nginx@sha256:ab' } },
    },
    {
      what: 'push',
      call: ({ images }) => images.push('localhost:5000/nginx', 'alpine'),
      sends: { method: 'POST', path: '/images/localhost:5000/nginx/push', query: { tag: 'alpine' } },
    },
  ]
  test.each(cases)('$what', check)

  test('an image that is not there does not exist, and its removal succeeds', async () => {
    engine.answer(404, { message: 'No such image' })
    expect(await engine.client.images.exists('x')).toBe(false)
    await engine.client.images.remove('x')
  })

  test('an engine that fails is not an image that does not exist', async () => {
    engine.answer(500, { message: 'broken' })
    await expect(engine.client.images.exists('x')).rejects.toMatchObject({ status: 500 })
  })

  test('a push sends empty credentials, because the engine refuses it without any', async () => {
    const headers: unknown[] = []
    engine.handle((request, response) => {
      headers.push(request.headers['x-registry-auth'])
      response.end('{}')
    })
    await engine.client.images.push('a', 'b')
    await engine.client.images.pull('a')
    expect(headers).toEqual([expect.any(String), undefined])
  })

  test('a pull reports each line with the layer it is about', async () => {
    engine.handle((_request, response) => {
      response.write('{"status":"Pulling from library/nginx","id":"alpine"}\n')
      response.end('{"status":"Already exists","id":"ab12"}\n{"status":"Done"}\n{"progress":1}\n')
    })
    const lines: string[] = []
    await engine.client.images.pull('nginx:alpine', { onLine: (line) => lines.push(line) })
    expect(lines).toEqual(['alpine: Pulling from library/nginx', 'ab12: Already exists', 'Done'])
  })
})

describe('networks', () => {
  const cases: Case[] = [
    {
      what: 'create with a subnet',
      call: ({ networks }) => networks.create('lab', { k: 'v' }, { subnet: '10.215.0.0/26', internal: true }),
      sends: {
        method: 'POST',
        path: '/networks/create',
        body: {
          Name: 'lab',
          Driver: 'bridge',
          CheckDuplicate: true,
          Internal: true,
          Labels: { k: 'v' },
          IPAM: { Config: [{ Subnet: '10.215.0.0/26' }] },
        },
      },
      answer: { Id: 'n1' },
      gives: 'n1',
    },
    {
      what: 'create without a subnet leaves the addresses to the engine',
      call: ({ networks }) => networks.create('lab', {}),
      sends: {
        body: { Name: 'lab', Driver: 'bridge', CheckDuplicate: true, Internal: false, Labels: {} },
      },
      answer: { Id: 'n1' },
    },
    {
      what: 'remove',
      call: ({ networks }) => networks.remove('n1'),
      sends: { method: 'DELETE', path: '/networks/n1' },
    },
    {
      what: 'list by labels',
      call: ({ networks }) => networks.list({ labels }),
      sends: { path: '/networks', query: { filters: labelled } },
      answer: [],
      gives: [],
    },
    {
      what: 'inspect',
      call: ({ networks }) => networks.inspect('n1'),
      sends: { path: '/networks/n1' },
      answer: { Id: 'n1' },
      gives: { Id: 'n1' },
    },
    {
      what: 'exists',
      call: ({ networks }) => networks.exists('docker_gwbridge'),
      sends: { path: '/networks/docker_gwbridge' },
      gives: true,
    },
    {
      what: 'connect with names and a fixed address',
      call: ({ networks }) => networks.connect('n1', 'c1', { aliases: ['web'], address: '10.215.0.10' }),
      sends: {
        method: 'POST',
        path: '/networks/n1/connect',
        body: {
          Container: 'c1',
          EndpointConfig: { Aliases: ['web'], IPAMConfig: { IPv4Address: '10.215.0.10' } },
        },
      },
    },
    {
      what: 'connect without an address leaves it to the engine',
      call: ({ networks }) => networks.connect('n1', 'c1'),
      sends: { body: { Container: 'c1', EndpointConfig: { Aliases: [] } } },
    },
    {
      what: 'disconnect is by force',
      call: ({ networks }) => networks.disconnect('n1', 'c1'),
      sends: { path: '/networks/n1/disconnect', body: { Container: 'c1', Force: true } },
    },
  ]
  test.each(cases)('$what', check)

  test('a network that is gone is removed and disconnected already', async () => {
    engine.answer(404, { message: 'network n1 not found' })
    await engine.client.networks.remove('n1')
    await engine.client.networks.disconnect('n1', 'c1')
    expect(await engine.client.networks.exists('n1')).toBe(false)
  })
})

describe('volumes', () => {
  const cases: Case[] = [
    {
      what: 'create with labels',
      call: ({ volumes }) => volumes.create('data', { k: 'v' }),
      sends: { method: 'POST', path: '/volumes/create', body: { Name: 'data', Labels: { k: 'v' } } },
    },
    {
      what: 'remove is by force',
      call: ({ volumes }) => volumes.remove('data'),
      sends: { method: 'DELETE', path: '/volumes/data', query: { force: true } },
    },
    {
      what: 'list by labels',
      call: ({ volumes }) => volumes.list({ labels }),
      sends: { path: '/volumes', query: { filters: labelled } },
      answer: { Volumes: [{ Name: 'data' }] },
      gives: [{ Name: 'data' }],
    },
    {
      what: 'list where there are none',
      call: ({ volumes }) => volumes.list(),
      sends: { path: '/volumes' },
      answer: { Volumes: null },
      gives: [],
    },
  ]
  test.each(cases)('$what', check)

  test('a volume in use cannot be removed', async () => {
    engine.answer(409, { message: 'volume is in use' })
    await expect(engine.client.volumes.remove('data')).rejects.toMatchObject({
      code: 'engine-refused',
      status: 409,
    })
  })
})

describe('swarm', () => {
  const addresses = { listen: '0.0.0.0:2377', advertise: '10.215.0.10:2377' }
  const cases: Case[] = [
    {
      what: 'init',
      call: ({ swarm }) => swarm.init(addresses),
      sends: {
        method: 'POST',
        path: '/swarm/init',
        body: { ListenAddr: '0.0.0.0:2377', AdvertiseAddr: '10.215.0.10:2377' },
      },
    },
    {
      what: 'join',
      call: ({ swarm }) => swarm.join({ ...addresses, manager: '10.215.0.11:2377', token: 'SWMTKN' }),
      sends: {
        path: '/swarm/join',
        body: {
          ListenAddr: '0.0.0.0:2377',
          AdvertiseAddr: '10.215.0.10:2377',
          RemoteAddrs: ['10.215.0.11:2377'],
          JoinToken: 'SWMTKN',
        },
      },
    },
    {
      what: 'the join tokens',
      call: ({ swarm }) => swarm.joinTokens(),
      sends: { path: '/swarm' },
      answer: { ID: 's1', JoinTokens: { Manager: 'm', Worker: 'w' } },
      gives: { Manager: 'm', Worker: 'w' },
    },
    {
      what: 'the members',
      call: ({ swarm }) => swarm.nodes(),
      sends: { path: '/nodes' },
      answer: [{ Status: { State: 'ready' } }],
      gives: [{ Status: { State: 'ready' } }],
    },
  ]
  test.each(cases)('$what', check)
})
