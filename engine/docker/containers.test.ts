import { afterEach, beforeEach, expect, test } from 'vitest'
import { setTimeFactor } from '../../shared/time-limits'
import { type CallCase, checkCall, frame, type HttpEngine, openHttpEngine } from './testing/index.test-kit'

let engine: HttpEngine
beforeEach(async () => {
  engine = await openHttpEngine()
})
afterEach(() => engine[Symbol.asyncDispose]())

const labels = ['capstan.kind=node', 'capstan.owner']
const inspected = {
  Id: 'c1',
  Image: 'sha256:ab',
  State: { Running: true },
  NetworkSettings: {
    Networks: { bridge: { NetworkID: 'n1', IPAddress: '172.17.0.2' } },
    Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '8080' }], '443/tcp': null },
  },
}
const cases: CallCase[] = [
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
    what: 'pause',
    call: ({ containers }) => containers.pause('c1'),
    sends: { method: 'POST', path: '/containers/c1/pause' },
  },
  {
    what: 'unpause',
    call: ({ containers }) => containers.unpause('c1'),
    sends: { method: 'POST', path: '/containers/c1/unpause' },
  },
  {
    what: 'size',
    call: ({ containers }) => containers.size('c1'),
    sends: { method: 'GET', path: '/containers/c1/json', query: { size: true } },
    answer: { SizeRw: 9, Mounts: [{ Name: 'data', RW: true, Type: 'volume' }] },
    gives: { SizeRw: 9, Mounts: [{ Name: 'data', RW: true }] },
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
    answer: { ...inspected, Created: 'some day' },
    gives: inspected,
  },
  {
    what: 'list also asks for stopped ones, and for every label',
    call: ({ containers }) => containers.list({ labels }),
    sends: { path: '/containers/json', query: { all: true, filters: { label: labels } } },
    answer: [{ Id: 'c1', Names: ['/web'], Labels: null, State: 'exited', Image: 'nginx' }],
    gives: [{ Id: 'c1', Labels: {}, State: 'exited', Image: 'nginx' }],
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
    answer: { read: 'now', memory_stats: { usage: 7, stats: { cache: 3 } } },
    gives: { memory_stats: { usage: 7, stats: { cache: 3 } } },
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
test.each(cases)('$what', (one) => checkCall(engine, one))

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

test('the time that the engine itself waits for an end is stretched, to whole seconds', async () => {
  engine.answer(204)
  setTimeFactor('settings', 2.5)
  await engine.client.containers.stop('c1', { seconds: 3 })
  await engine.client.containers.restart('c1', { seconds: 4 })
  setTimeFactor('settings', null)
  expect(engine.seen.map(({ query }) => query)).toEqual([{ t: 8 }, { t: 10 }])
})
