import { beforeEach, describe, expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { type MemoryEngine, memoryEngine } from '../docker/testing/index.test-kit'
import { resourcesFolder } from '../resources'
import { type MirrorImage, placeOf } from './fill-mirror'
import { prepareMirror, serveCache } from './mirror'

test.each([
  ['nginx:alpine', 'library/nginx', 'alpine'],
  ['nginx', 'library/nginx', 'latest'],
  ['votingapp/vote:latest', 'votingapp/vote', 'latest'],
])('%s has its place in a registry', (name, repository, tag) => {
  expect(placeOf(name)).toEqual({ repository, tag })
})

let engine: MemoryEngine
beforeEach(() => {
  engine = memoryEngine()
  for (const ref of ['registry:1', 'nginx-image', 'busybox-image', 'busybox-arm']) engine.images.set(ref, ref)
})

const nginx: MirrorImage = { ref: 'nginx-image', tags: ['nginx:latest', 'nginx:alpine'], foreign: null }
const busybox: MirrorImage = { ref: 'busybox-image', tags: ['busybox:latest'], foreign: 'busybox-arm' }

async function prepare({ content = [nginx], hash = 'h1', signal = new AbortController().signal } = {}) {
  return await prepareMirror({
    docker: engine.docker,
    nodeImage: 'node:1',
    registryImage: 'registry:1',
    recipes: `${resourcesFolder()}/engine/images/recipes`,
    report: () => undefined,
    content,
    hash,
    signal,
  })
}

const callsOf = (name: string) => engine.calls.filter((call) => call.startsWith(name))
const pushes = () => callsOf('images.push').map((call) => call.replace(/^.*32768\//, ''))

describe('the mirror', () => {
  test('gets each image under each of its names, and is then served read-only', async () => {
    engine.exec = (_container, cmd) => ({ exitCode: 0, stdout: cmd[0] === 'cat' ? 'PEM' : '', stderr: '' })
    const { alias, container, certificate } = await prepare()
    expect([alias, certificate]).toEqual(['mirror', 'PEM'])
    expect(pushes()).toEqual(['library/nginx:latest', 'library/nginx:alpine'])
    expect([...engine.containers.keys()]).toEqual([container])
    expect(engine.containers.get(container)).toMatchObject({
      isRunning: true,
      spec: {
        Image: 'registry:1',
        Env: expect.arrayContaining([expect.stringMatching(/^REGISTRY_HTTP_TLS_CERTIFICATE=/)]),
        HostConfig: { Mounts: [{ Source: 'capstan-mirror-h1', ReadOnly: true }] },
      },
    })
  })

  test('leaves no network and no names of the pushes behind', async () => {
    await prepare()
    expect(engine.networks.size).toBe(0)
    expect([...engine.images.keys()].filter((name) => name.includes('127.0.0.1'))).toEqual([])
  })

  test('joins the architectures of an image under its name', async () => {
    await prepare({ content: [busybox] })
    expect(pushes()).toEqual(['library/busybox:latest', 'library/busybox:latest-arm64'])
    // The other one makes the certificate.
    expect(callsOf('containers.wait')).toHaveLength(2)
  })

  test('that is whole is not filled again, and is started when it has stopped', async () => {
    const first = await prepare()
    await engine.docker.containers.stop(first.container)
    engine.calls.length = 0
    expect(await prepare()).toEqual(first)
    expect(pushes()).toEqual([])
    expect(engine.containers.get(first.container)?.isRunning).toBe(true)
  })

  test('that belongs to a network which is gone is made again, and its images are kept', async () => {
    const first = await prepare()
    await engine.docker.containers.stop(first.container)
    engine.calls.length = 0
    const call = `containers.start ${first.container}`
    engine.failures.set(call, new CapstanError('not-found', 'network b8e8 not found'))
    const second = await prepare()
    expect([...engine.containers.keys()]).toEqual([second.container])
    expect(second.container).not.toBe(first.container)
    expect(engine.containers.get(second.container)?.isRunning).toBe(true)
    expect(pushes()).toEqual([])
  })

  test('of other images takes the place of the old one', async () => {
    const first = await prepare()
    const second = await prepare({ hash: 'h2' })
    expect([...engine.containers.keys()]).toEqual([second.container])
    expect(second.container).not.toBe(first.container)
    expect([...engine.volumes.keys()]).toEqual(['capstan-mirror-h2'])
  })

  test('that was not filled to the end is filled again', async () => {
    engine.failures.set('images.push', new CapstanError('no-space', 'full'))
    await expect(prepare()).rejects.toThrow('full')
    expect(engine.images.has('capstan/mirror:h1')).toBe(false)
    expect([engine.networks.size, engine.containers.size]).toEqual([0, 0])
    engine.failures.clear()
    await prepare()
    expect(pushes().length).toBeGreaterThan(2)
    expect(engine.images.has('capstan/mirror:h1')).toBe(true)
  })

  test('is waited for until its registry answers', async () => {
    let looks = 0
    engine.exec = (_container, cmd) => ({
      exitCode: cmd[0] !== 'wget' || ++looks === 3 ? 0 : 1,
      stdout: '',
      stderr: '',
    })
    await prepare()
    expect(looks).toBe(3)
  })

  test('that is given up while its registry starts leaves nothing', async () => {
    const abort = new AbortController()
    engine.exec = () => {
      abort.abort(new Error('given up'))
      return { exitCode: 1, stdout: '', stderr: '' }
    }
    await expect(prepare({ signal: abort.signal })).rejects.toThrow('given up')
    expect([engine.networks.size, engine.containers.size]).toEqual([0, 0])
  })

  test('whose architectures cannot be joined reports the log of that', async () => {
    engine.docker.containers.wait = async () => 1
    engine.log = 'curl: connection refused\n'
    await expect(prepare({ content: [busybox] })).rejects.toMatchObject({
      code: 'image-failed',
      message: 'The manifest list of busybox:latest could not be made: curl: connection refused',
    })
    expect(engine.containers.size).toBe(0)
  })
})

test('a pull-through cache can write, stands before its registry, and is served once', async () => {
  const options = { nodeImage: 'node:1', registryImage: 'registry:1', upstream: 'http://upstream:5000' }
  const cache = await serveCache(engine.docker, options)
  expect(cache.alias).toBe('cache')
  expect(engine.containers.get(cache.container)?.spec).toMatchObject({
    Env: expect.arrayContaining(['REGISTRY_PROXY_REMOTEURL=http://upstream:5000']),
    HostConfig: { Mounts: [{ Source: 'capstan-pull-through', ReadOnly: false }] },
  })
  expect(await serveCache(engine.docker, options)).toEqual(cache)
  const other = await serveCache(engine.docker, { ...options, upstream: 'http://other:5000' })
  expect(other.container).not.toBe(cache.container)
})
