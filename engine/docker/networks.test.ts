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
    sends: { path: '/networks', query: { filters: { label: labels } } },
    answer: [],
    gives: [],
  },
  {
    what: 'inspect',
    call: ({ networks }) => networks.inspect('n1'),
    sends: { path: '/networks/n1' },
    answer: { Id: 'n1', Name: 'lab', Labels: {}, Internal: true, IPAM: { Config: null }, Scope: 'local' },
    gives: { Id: 'n1', Name: 'lab', Labels: {}, Internal: true, IPAM: { Config: [] }, Containers: {} },
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
test.each(cases)('$what', (one) => checkCall(engine, one))

test('a network that is gone is removed and disconnected already', async () => {
  engine.answer(404, { message: 'network n1 not found' })
  await engine.client.networks.remove('n1')
  await engine.client.networks.disconnect('n1', 'c1')
  expect(await engine.client.networks.exists('n1')).toBe(false)
})
