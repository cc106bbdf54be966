import { afterEach, beforeEach, expect, test } from 'vitest'
import { type CallCase, checkCall, type HttpEngine, openHttpEngine } from './testing/index.test-kit'

let engine: HttpEngine
beforeEach(async () => {
  engine = await openHttpEngine()
})
afterEach(() => engine[Symbol.asyncDispose]())

const labels = ['capstan.kind=node', 'capstan.owner']
const cases: CallCase[] = [
  {
    what: 'create with labels',
    call: ({ volumes }) => volumes.create('data', { k: 'v' }),
    sends: { method: 'POST', path: '/volumes/create', body: { Name: 'data', Labels: { k: 'v' } } },
  },
  {
    what: 'create with options of the driver',
    call: ({ volumes }) => volumes.create('data', {}, { type: 'none', o: 'bind', device: '/data' }),
    sends: {
      path: '/volumes/create',
      body: { Name: 'data', Labels: {}, DriverOpts: { type: 'none', o: 'bind', device: '/data' } },
    },
  },
  {
    what: 'remove is by force',
    call: ({ volumes }) => volumes.remove('data'),
    sends: { method: 'DELETE', path: '/volumes/data', query: { force: true } },
  },
  {
    what: 'list by labels',
    call: ({ volumes }) => volumes.list({ labels }),
    sends: { path: '/volumes', query: { filters: { label: labels } } },
    answer: { Volumes: [{ Name: 'data', Mountpoint: '/volumes/data', Options: null }] },
    gives: [{ Name: 'data', Labels: {}, Mountpoint: '/volumes/data', Options: null }],
  },
  {
    what: 'list where there are none',
    call: ({ volumes }) => volumes.list(),
    sends: { path: '/volumes' },
    answer: { Volumes: null },
    gives: [],
  },
  {
    what: 'sizes leave out what the engine does not know',
    call: ({ volumes }) => volumes.sizes(),
    sends: { path: '/system/df', query: { type: 'volume' } },
    answer: {
      Volumes: [
        { Name: 'data', UsageData: { Size: 7 } },
        { Name: 'far', UsageData: { Size: -1 } },
        { Name: 'old' },
      ],
    },
    gives: new Map([['data', 7]]),
  },
]
test.each(cases)('$what', (one) => checkCall(engine, one))

test('a volume in use cannot be removed', async () => {
  engine.answer(409, { message: 'volume is in use' })
  await expect(engine.client.volumes.remove('data')).rejects.toMatchObject({
    code: 'engine-refused',
    status: 409,
  })
})
