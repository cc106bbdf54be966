import { expect, test } from 'vitest'
import { processName } from '../../shared/system/processes'
import { memoryEngine } from '../docker/testing/index.test-kit'
import { containerSpec, createNode, join } from './create'

const engine = memoryEngine()

function spec(template: string | null, userns = true) {
  return containerSpec({
    engine: { docker: engine.docker, capabilities: { memory: 4000, cores: 2, userns } },
    images: { node: 'node:1', template },
    need: { nodes: 3 },
    networks: [{ network: 'net' }],
    name: 'web',
    topologyId: 't1',
    owner: 'o1',
  })
}

test('a node gets what its engine needs and nothing of the host', () => {
  const { HostConfig } = spec(null)
  expect(HostConfig).not.toHaveProperty('Privileged')
  expect(HostConfig).not.toHaveProperty('Devices')
  expect(HostConfig).not.toHaveProperty('DeviceCgroupRules')
  expect(HostConfig).not.toHaveProperty('Binds')
  expect(HostConfig.CapDrop).toEqual(['ALL'])
  for (const dangerous of [
    'DAC_READ_SEARCH',
    'SYS_RESOURCE',
    'SYS_MODULE',
    'SYS_RAWIO',
    'SYS_TIME',
    'SYS_BOOT',
  ]) {
    expect(HostConfig.CapAdd).not.toContain(dangerous)
  }
  expect(HostConfig.SecurityOpt).toEqual([expect.stringMatching(/^seccomp=\{/), 'apparmor=unconfined'])
})

test('a node has limits that fit the lab and the machine', () => {
  expect(spec(null).HostConfig).toMatchObject({
    Memory: 1000 * 2 ** 20,
    MemorySwap: 1000 * 2 ** 20,
    PidsLimit: 4096,
    CpuShares: 512,
  })
})

test('a node leaves the user namespace of an engine that gives it no control groups there', () => {
  expect(spec(null, true).HostConfig).not.toHaveProperty('UsernsMode')
  expect(spec(null, false).HostConfig).toMatchObject({ UsernsMode: 'host' })
})

test('a node is known by its name, and by what it belongs to', () => {
  const { Hostname, Labels, NetworkingConfig } = spec(null)
  expect(Hostname).toBe('web')
  expect(NetworkingConfig.EndpointsConfig.net?.Aliases).toEqual(['web'])
  expect(Labels).toEqual({
    'capstan.kind': 'node',
    'capstan.topology': 't1',
    'capstan.owner': 'o1',
    'capstan.process': processName(),
    'capstan.name': 'web',
    'capstan.memory': '1000',
    'capstan.disk': '8192',
  })
})

test('the course images are mounted read-only, where there are any', () => {
  const { Env, HostConfig } = spec('images')
  expect(HostConfig.Mounts).toEqual([
    { Type: 'volume', Source: 'images', Target: '/images/template', ReadOnly: true },
  ])
  expect(Env).toEqual(['CAPSTAN_TEMPLATE=/images/template'])
  expect(spec(null)).toMatchObject({ Env: [], HostConfig: { Mounts: [] } })
})

test('mirrors are asked in their order, and their certificates are trusted', () => {
  const mirrors = [
    { alias: 'cache', certificate: 'one' },
    { alias: 'mirror', certificate: 'two' },
  ]
  const images = { node: 'node:1', template: null, mirrors }
  const { Env } = containerSpec({
    ...belonging,
    engine,
    images,
    networks: [{ network: 'net' }],
    name: 'a',
  })
  expect(Env).toEqual([
    'CAPSTAN_MIRRORS=cache:5000 mirror:5000',
    `CAPSTAN_MIRROR_CERTIFICATES=${Buffer.from('onetwo').toString('base64')}`,
  ])
})

const belonging = { topologyId: 't1', owner: 'o1' }
const images = { node: 'node:1', template: null }
const networks = [
  { network: 'front', address: '10.215.0.10' },
  { network: 'back', address: '10.215.1.10' },
] as const

test('a node is created on its first network, joins the others, and starts', async () => {
  const engine = memoryEngine()
  const node = await createNode({ ...belonging, engine, images, networks: [...networks], name: 'web' })
  expect(engine.calls.map((call) => call.split(' ')[0])).toEqual([
    'containers.create',
    'networks.connect',
    'containers.start',
    'execs.openPipe',
  ])
  const places = engine.containers.get(node.containerId)?.networks
  expect(Object.fromEntries(places ?? [])).toEqual({
    front: { aliases: ['web'], address: '10.215.0.10' },
    back: { aliases: ['web'], address: '10.215.1.10' },
  })
  node.docker.close()
})

test.each(['containers.start', 'networks.connect'])(
  'a node whose %s fails is removed, and the failure is reported',
  async (call) => {
    const engine = memoryEngine()
    engine.failures.set(call, new Error('no'))
    const create = createNode({ ...belonging, engine, images, networks: [...networks], name: 'web' })
    await expect(create).rejects.toThrow()
    expect(engine.containers.size).toBe(0)
  },
)

test('a node that cannot even be removed reports why it did not start', async () => {
  const engine = memoryEngine()
  engine.failures.set('containers.start', new Error('the reason'))
  engine.failures.set('containers.remove', new Error('another'))
  const create = createNode({ ...belonging, engine, images, networks: [{ network: 'net' }], name: 'web' })
  await expect(create).rejects.toThrow('the reason')
})

test('a node that is given up before its start is removed', async () => {
  const engine = memoryEngine()
  const signal = AbortSignal.abort(new Error('given up'))
  const create = createNode({
    ...belonging,
    engine,
    images,
    networks: [{ network: 'net' }],
    name: 'web',
    signal,
  })
  await expect(create).rejects.toThrow('given up')
  expect(engine.containers.size).toBe(0)
})

test('a place without an address leaves it to the engine', async () => {
  const engine = memoryEngine()
  const node = await createNode({ ...belonging, engine, images, networks: [{ network: 'net' }], name: 'web' })
  await join(node, { network: 'other' })
  const place = engine.containers.get(node.containerId)?.networks.get('other')
  expect(place).toEqual({ aliases: ['web'], address: undefined })
  node.docker.close()
})
