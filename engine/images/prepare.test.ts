import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { type MemoryEngine, memoryEngine } from '../docker/testing/index.test-kit'
import { basicCapabilities, type Capabilities, type Progress } from '../outer'
import { resourcesFolder } from '../resources'
import { COURSE_IMAGES } from './course'
import { prepareImages } from './prepare'

let home: string
let engine: MemoryEngine & { endpoint: string; capabilities: Capabilities }
let progress: Progress[]
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'capstan-prepare-'))
  const memory = memoryEngine()
  memory.inner = (_request, response) => void response.end('{}')
  engine = Object.assign(memory, {
    endpoint: 'unix:///docker.sock',
    capabilities: await basicCapabilities(memory.docker),
  })
  progress = []
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

async function prepare(change: { upstream?: string; signal?: AbortSignal } = {}) {
  return await prepareImages(engine, {
    home,
    resources: resourcesFolder(),
    onProgress: (one) => void progress.push(one),
    signal: new AbortController().signal,
    ...change,
  })
}

const builds = () => engine.calls.filter((call) => call.startsWith('images.build'))

test('everything is made in its order, each step reported', async () => {
  engine.log = 'vxlan'
  const { node, template, mirrors } = await prepare()
  const done = progress.filter(({ state }) => state === 'done').map(({ id }) => id)
  // The node and the course images are built side by side.
  expect(done.slice(2, 4).sort()).toEqual(['course-images', 'node-image'])
  expect(done.toSpliced(2, 2)).toEqual(['base', 'pace', 'capabilities', 'mirror', 'template'])
  expect(node).toMatch(/^capstan\/node:[0-9a-f]{12}$/)
  expect(engine.images.has(node)).toBe(true)
  expect(engine.volumes.has(template)).toBe(true)
  expect(mirrors.map(({ alias }) => alias)).toEqual(['mirror'])
  expect(engine.capabilities.vxlan).toBe(true)
})

test('each image is built once', async () => {
  await prepare()
  const foreign = COURSE_IMAGES.filter((image) => image.foreign).length
  expect(builds()).toHaveLength(1 + COURSE_IMAGES.length + foreign)
  expect(new Set(builds()).size).toBe(builds().length)
})

test('nothing that is there is made again, and the result is the same', async () => {
  const first = await prepare()
  engine.calls.length = 0
  expect(await prepare()).toEqual(first)
  expect(builds()).toEqual([])
  expect(engine.calls.filter((call) => /push|pull|volumes\.create/.test(call))).toEqual([])
})

test('another base builds every image again', async () => {
  const first = await prepare()
  engine.images.set('debian:bookworm-slim', 'sha256:other')
  const second = await prepare()
  expect(second.node).not.toBe(first.node)
  expect(second.template).not.toBe(first.template)
})

test('a cache of another registry is asked before our own', async () => {
  const { mirrors } = await prepare({ upstream: 'http://upstream:5000' })
  expect(mirrors.map(({ alias }) => alias)).toEqual(['cache', 'mirror'])
})

test('images are built side by side, but one waits for those that it shares steps with', async () => {
  const { build } = engine.docker.images
  const running = new Set<string>()
  const besides = new Map<string, string[]>()
  const begun = async (name: string) => {
    while (!besides.has(name)) await new Promise((done) => setImmediate(done))
  }
  // The node ends only when busybox has begun, and busybox when python is done and what must wait had time to begin.
  const hold: Readonly<Record<string, () => Promise<void>>> = {
    node: async () => await begun('busybox'),
    busybox: async () => {
      await begun('python')
      while (running.has('python')) await new Promise((done) => setImmediate(done))
      await Promise.race([begun('nginx'), new Promise((done) => setTimeout(done, 100))])
    },
  }
  engine.docker.images.build = async (context, options) => {
    const name = /course-([^:]+)/.exec(options.tag)?.[1] ?? 'node'
    besides.set(name, [...running])
    running.add(name)
    await hold[name]?.()
    const built = await build(context, options)
    running.delete(name)
    return built
  }
  await prepare()
  const wait = COURSE_IMAGES.flatMap(({ name, after = [] }) =>
    after.map((earlier) => [name, earlier] as const),
  )
  for (const [name, earlier] of wait)
    expect([name, besides.get(name)]).not.toEqual([name, expect.arrayContaining([earlier])])
})

test('an image that cannot be built is reported with its name and its last lines', async () => {
  const { build } = engine.docker.images
  engine.docker.images.build = async (context, options) => {
    if (!options.tag.startsWith('capstan/course-redis')) return await build(context, options)
    for (const line of ['Step 1/2 : FROM base', 'Step 2/2 : RUN apt-get', 'E: no mirror'])
      options.onLine?.(line)
    throw new CapstanError('image-failed', 'exit code 100')
  }
  await expect(prepare()).rejects.toMatchObject({
    code: 'image-failed',
    message: expect.stringMatching(/course-redis could not be built: exit code 100.*E: no mirror$/),
    help: expect.stringContaining('package mirror'),
  })
  expect(progress.at(-1)).toMatchObject({ id: 'course-images', state: 'failed' })
})

test('another failure of a build stays what it is', async () => {
  engine.failures.set('images.build', new CapstanError('no-space', 'full'))
  await expect(prepare()).rejects.toMatchObject({ code: 'no-space', message: 'full' })
})

test('two at once prepare everything once', async () => {
  const [one, two] = await Promise.all([prepare(), prepare()])
  expect(two).toEqual(one)
  expect(new Set(builds()).size).toBe(builds().length)
})

test('a preparation that is given up before its turn makes nothing', async () => {
  await expect(prepare({ signal: AbortSignal.abort(new Error('given up')) })).rejects.toThrow('given up')
  expect(engine.calls).toEqual([])
})
