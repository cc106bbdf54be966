import { beforeEach, expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { type MemoryEngine, memoryEngine } from '../docker/testing/index.test-kit'
import { prepareTemplate } from './template'

let engine: MemoryEngine
let pulled: string[]
let mirror: { alias: string; container: string; certificate: string }
beforeEach(async () => {
  engine = memoryEngine()
  engine.images.set('node:1', 'id')
  const container = await engine.docker.containers.create({ Image: 'registry' })
  mirror = { alias: 'mirror', container, certificate: 'PEM' }
  pulled = []
  engine.inner = (request, response) => {
    const url = new URL(request.url ?? '', 'http://engine')
    const image = url.searchParams.get('fromImage')
    if (image) pulled.push(image)
    response.end('{}')
  }
  engine.calls.length = 0
})

const never = new AbortController().signal

async function prepare({
  hash = 'h1',
  version = '26.1',
  signal = never,
  userns = false,
} = {}): Promise<string> {
  return await prepareTemplate({
    docker: engine.docker,
    capabilities: { ...engine.capabilities, userns },
    version,
    nodeImage: 'node:1',
    tags: ['nginx:latest', 'busybox:latest'],
    report: () => undefined,
    mirror,
    hash,
    signal,
  })
}

const only = () => [...engine.containers.keys()]

test('the images are pulled from the mirror into a volume, by an engine that is then stopped', async () => {
  expect(await prepare()).toBe('capstan-template-h1')
  expect(pulled).toEqual(['nginx:latest', 'busybox:latest'])
  const order = engine.calls.map((call) => call.split(' ')[0])
  expect(order.indexOf('networks.connect')).toBeLessThan(order.indexOf('containers.start'))
  expect(order.indexOf('containers.stop')).toBeLessThan(order.indexOf('containers.remove'))
  expect(order.at(-1)).toBe('images.tag')
})

test('the builder writes into the volume, and asks the mirror', async () => {
  const { create } = engine.docker.containers
  let spec: unknown
  engine.docker.containers.create = async (given) => {
    spec = given
    return await create(given)
  }
  await prepare()
  expect(spec).toMatchObject({
    Env: ['CAPSTAN_MIRRORS=mirror:5000', expect.stringMatching(/^CAPSTAN_MIRROR_CERTIFICATES=./)],
    Labels: { 'capstan.kind': 'builder' },
    HostConfig: { Mounts: [{ Source: 'capstan-template-h1', Target: '/var/lib/docker' }] },
  })
})

test('nothing but the volume stays behind', async () => {
  await prepare()
  expect(only()).toEqual([mirror.container])
  expect(engine.networks.size).toBe(0)
  expect(engine.containers.get(mirror.container)?.networks.size).toBe(0)
  expect([...engine.volumes.keys()]).toEqual(['capstan-template-h1'])
})

test('a template that is whole is not made again', async () => {
  await prepare()
  engine.calls.length = 0
  expect(await prepare()).toBe('capstan-template-h1')
  expect(engine.calls).toEqual([])
})

test('a volume without its mark is removed and made again', async () => {
  await engine.docker.volumes.create('capstan-template-h1', { 'capstan.kind': 'template' })
  await prepare()
  expect(pulled).toHaveLength(2)
})

test('a mark without its volume counts for nothing', async () => {
  await prepare()
  engine.volumes.clear()
  await prepare()
  expect(pulled).toHaveLength(4)
})

test('an old template goes, unless a node still uses it', async () => {
  await prepare({ hash: 'old' })
  const node = await engine.docker.containers.create({
    HostConfig: { Mounts: [{ Type: 'volume', Source: 'capstan-template-old', Target: '/images' }] },
  })
  await prepare({ hash: 'new' })
  expect([...engine.volumes.keys()].sort()).toEqual(['capstan-template-new', 'capstan-template-old'])
  await engine.docker.containers.remove(node)
  await prepare({ hash: 'newer' })
  expect([...engine.volumes.keys()]).toEqual(['capstan-template-newer'])
})

const VIEW = { type: 'none', o: 'bind,ro,nosuid,nodev', device: '/volumes/capstan-template-h1' }

test('in user namespaces nodes get a view that the engine mounts read-only', async () => {
  expect(await prepare({ userns: true })).toBe('capstan-template-h1-view')
  expect(engine.volumes.get('capstan-template-h1-view')?.Options).toEqual(VIEW)
  engine.calls.length = 0
  expect(await prepare({ userns: true })).toBe('capstan-template-h1-view')
  expect(engine.calls).toEqual([])
})

test('a view of a folder that was moved is made again', async () => {
  await prepare({ userns: true })
  const Options = { ...VIEW, device: '/old/capstan-template-h1' }
  engine.volumes.set('capstan-template-h1-view', { Labels: { 'capstan.kind': 'template' }, Options })
  await prepare({ userns: true })
  expect(engine.volumes.get('capstan-template-h1-view')?.Options).toEqual(VIEW)
})

test('an old template stays while a node uses its view, and both go afterwards', async () => {
  await prepare({ hash: 'old', userns: true })
  const node = await engine.docker.containers.create({
    HostConfig: { Mounts: [{ Type: 'volume', Source: 'capstan-template-old-view', Target: '/images' }] },
  })
  await prepare({ hash: 'new', userns: true })
  expect(engine.volumes.has('capstan-template-old')).toBe(true)
  await engine.docker.containers.remove(node)
  await prepare({ hash: 'newer', userns: true })
  expect([...engine.volumes.keys()]).toEqual(['capstan-template-newer', 'capstan-template-newer-view'])
})

test.each(['containers.start', 'containers.stop', 'networks.connect', 'containers.create'])(
  'when %s fails, everything but the unmarked volume is removed',
  async (call) => {
    engine.failures.set(call, new CapstanError('engine-refused', 'no'))
    await expect(prepare()).rejects.toThrow('no')
    expect(only()).toEqual([mirror.container])
    expect(engine.networks.size).toBe(0)
    expect(engine.images.has('capstan/template:h1')).toBe(false)
  },
)

test('a pull that is given up ends the preparation', async () => {
  const abort = new AbortController()
  engine.inner = (request, response) => {
    if (request.url?.includes('fromImage')) abort.abort()
    else response.end('{}')
  }
  await expect(prepare({ signal: abort.signal })).rejects.toMatchObject({ code: 'cancelled' })
  expect(only()).toEqual([mirror.container])
})

test('a template of another version of the engine stays, and an old one of the same version goes', async () => {
  await prepare({ hash: 'a', version: '20.10' })
  await prepare({ hash: 'b' })
  await prepare({ hash: 'c' })
  expect([...engine.volumes.keys()].sort()).toEqual(['capstan-template-a', 'capstan-template-c'])
})
