import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
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

async function prepare(change: { upstream?: string; signal?: AbortSignal; engineVersion?: string } = {}) {
  return await prepareImages(engine, {
    home,
    resources: resourcesFolder(),
    onProgress: (one) => void progress.push(one),
    signal: new AbortController().signal,
    ...change,
  })
}

/** The parts without the function that makes others. */
const partsOf = ({ forEngine: _unused, ...parts }: Awaited<ReturnType<typeof prepare>>) => parts
const listener = () => {
  const activities: string[] = []
  return {
    activities,
    signal: new AbortController().signal,
    onActivity: (text: string) => void activities.push(text),
  }
}

const builds = () => engine.calls.filter((call) => call.startsWith('images.build'))

test('everything is made in its order, each step reported', async () => {
  engine.log = 'vxlan'
  const { node, template, mirrors } = await prepare()
  const done = progress.filter(({ state }) => state === 'done').map(({ id }) => id)
  // The node is built beside the base and the course images.
  expect(done.slice(0, 4).sort()).toEqual(['base', 'course-images', 'node-image', 'pace'])
  expect(done.slice(4, 6).sort()).toEqual(['capabilities', 'mirror'])
  expect(done.slice(6)).toEqual(['template'])
  expect(node).toMatch(/^capstan\/node-26\.1:[0-9a-f]{12}$/)
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
  expect(partsOf(await prepare())).toEqual(partsOf(first))
  expect(builds()).toEqual([])
  expect(engine.calls.filter((call) => /push|pull|volumes\.create/.test(call))).toEqual([])
})

test('another base of the nodes builds these again', async () => {
  const first = await prepare()
  engine.images.set('debian:trixie-slim', 'sha256:other')
  const second = await prepare()
  expect(second.node).not.toBe(first.node)
  expect(second.template).not.toBe(first.template)
})

test('another base of the course images builds these again, and fills the template with them', async () => {
  const first = await prepare()
  engine.calls.length = 0
  engine.images.set('debian:bookworm-slim', 'sha256:other')
  const second = await prepare()
  expect(second.node).toBe(first.node)
  expect(second.template).not.toBe(first.template)
  expect(builds().length).toBeGreaterThanOrEqual(COURSE_IMAGES.length)
})

describe('another version of the engine', () => {
  test('gets a node image and a template of its own when it is first asked for, and only then', async () => {
    const { forEngine, ...usual } = await prepare()
    engine.calls.length = 0
    const { activities, ...options } = listener()
    const [one, two] = await Promise.all([forEngine('20.10', options), forEngine('20.10', options)])
    expect(one).toEqual(two)
    expect(one.node).toMatch(/^capstan\/node-20\.10:/)
    expect(one.template).not.toBe(usual.template)
    expect(builds()).toHaveLength(1)
    expect(await forEngine('20.10', options)).toEqual(one)
    expect(builds()).toHaveLength(1)
    expect(activities.every((text) => text.startsWith('Preparing nodes with Docker 20.10: '))).toBe(true)
    expect(engine.volumes.has(usual.template)).toBe(true)
  })

  test('that is the usual one is there already', async () => {
    const { forEngine, node, template } = await prepare()
    engine.calls.length = 0
    expect(await forEngine('26.1', listener())).toEqual({ node, template })
    expect(engine.calls).toEqual([])
  })

  test('may take the place of the usual one', async () => {
    const { node, engine: version } = await prepare({ engineVersion: '28.5' })
    expect([version, node]).toEqual(['28.5', expect.stringMatching(/^capstan\/node-28\.5:/)])
    expect(builds().some((call) => call.includes('node-26.1'))).toBe(false)
  })

  test('that no package has is taken from the image of its publisher', async () => {
    const { forEngine } = await prepare()
    let args: unknown
    const { build } = engine.docker.images
    engine.docker.images.build = async (context, options) => {
      if (options.tag.includes('node-27.3')) args = options.buildargs
      await build(context, options)
    }
    expect((await forEngine('27.3', listener())).node).toMatch(/^capstan\/node-27\.3:/)
    expect(args).toMatchObject({ RELEASE: 'docker:27.3-dind', BASE: expect.stringContaining('node-26.1') })
  })

  test('that cannot be made says which there are, and is tried again', async () => {
    const { forEngine } = await prepare()
    engine.failures.set('images.build', new CapstanError('image-failed', 'no route to the registry'))
    await expect(forEngine('27.3', listener())).rejects.toMatchObject({
      code: 'image-failed',
      message: expect.stringContaining('Docker 27.3'),
      help: expect.stringContaining('20.10, 26.1, 28.5'),
    })
    engine.failures.clear()
    expect((await forEngine('27.3', listener())).node).toMatch(/^capstan\/node-27\.3:/)
  })
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
  expect(partsOf(two)).toEqual(partsOf(one))
  expect(new Set(builds()).size).toBe(builds().length)
})

test('a preparation that is given up before its turn makes nothing', async () => {
  await expect(prepare({ signal: AbortSignal.abort(new Error('given up')) })).rejects.toThrow('given up')
  expect(engine.calls).toEqual([])
})
