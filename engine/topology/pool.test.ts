import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { until } from '../../shared/system/wait'
import { type MemoryEngine, memoryEngine } from '../docker/testing/index.test-kit'
import { TopologyPool } from './pool'
import type { Shape } from './shape'

const shapeOfSize = (count: number): Shape => ({
  networks: [{ name: 'lab', internal: false }],
  nodes: Array.from({ length: count }, (_one, index) => ({
    name: `node${index}`,
    swarm: 'none',
    networks: ['lab'],
  })),
})
const [one, two] = [shapeOfSize(1), shapeOfSize(2)]
const options = { signal: new AbortController().signal, onActivity: () => undefined }

let engine: MemoryEngine
let room: number
let readRoom: () => Promise<number>
let pool: TopologyPool
beforeEach(() => {
  engine = memoryEngine()
  room = 7
  readRoom = async () => room
  pool = new TopologyPool({
    engine,
    images: {
      node: 'node:1',
      template: null,
      mirrors: [],
      forEngine: async () => ({ node: 'node:2', template: null }),
    },
    owner: 'o1',
    room: () => readRoom(),
    lookMs: 2,
    quietMs: 1,
  })
})
afterEach(() => pool.dispose())

const eventually = async (ask: () => boolean) =>
  expect(await until(ask, { limitMs: 4_000, everyMs: 2 })).toBe(true)

test('a spare of a shape that is expected is built, and then taken', async () => {
  pool.expect(one)
  expect(pool.has(one)).toBe(false)
  await eventually(() => pool.has(one))
  const created = engine.containers.size
  const topology = await pool.take(one, options)
  expect(created).toBe(1)
  expect(engine.containers.has(topology.node('node0').containerId)).toBe(true)
  topology.close()
})

test('another spare takes the place of one that was taken', async () => {
  pool.expect(one)
  await eventually(() => pool.has(one))
  const first = await pool.take(one, options)
  expect(pool.has(one)).toBe(false)
  await eventually(() => pool.has(one))
  const second = await pool.take(one, options)
  expect(second.id).not.toBe(first.id)
  for (const topology of [first, second]) topology.close()
})

test('without a spare a topology is built on demand', async () => {
  room = 0
  const topology = await pool.take(two, options)
  expect(topology.nodes).toHaveLength(2)
  expect(pool.has(two)).toBe(false)
  topology.close()
})

test('a spare that is about to be there is waited for', async () => {
  const { start } = engine.docker.containers
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  engine.docker.containers.start = async (id) => {
    await opened
    await start(id)
  }
  pool.expect(one)
  await eventually(() => engine.containers.size === 1)
  const taking = pool.take(one, options)
  open()
  const topology = await taking
  expect([...engine.containers.keys()]).toContain(topology.node('node0').containerId)
  expect(engine.calls.filter((call) => call === 'containers.create').length).toBeLessThanOrEqual(2)
  topology.close()
})

test('spares are removed when memory gets tight', async () => {
  pool.expect(two)
  await eventually(() => pool.has(two))
  room = 1
  await eventually(() => engine.containers.size === 0)
  expect(pool.has(two)).toBe(false)
})

test('a machine whose memory cannot be read has no room', async () => {
  pool.expect(one)
  await eventually(() => pool.has(one))
  readRoom = () => Promise.reject(new Error('no mirror'))
  await eventually(() => engine.containers.size === 0)
  expect(pool.has(one)).toBe(false)
})

test('a spare that has died is not handed out, and is removed', async () => {
  pool.expect(one)
  await eventually(() => pool.has(one))
  const [dead = ''] = engine.containers.keys()
  let asked = 0
  engine.inner = (_request, response) => {
    asked++
    response.writeHead(asked === 1 ? 500 : 200).end('{}')
  }
  const topology = await pool.take(one, options)
  expect(topology.node('node0').containerId).not.toBe(dead)
  expect(engine.containers.has(dead)).toBe(false)
  topology.close()
})

test('a spare that cannot be built is tried again at a later look', async () => {
  engine.failures.set('containers.start', new CapstanError('engine-refused', 'no'))
  pool.expect(one)
  await eventually(() => engine.calls.filter((call) => call === 'containers.create').length > 1)
  expect(pool.has(one)).toBe(false)
  engine.failures.clear()
  await eventually(() => pool.has(one))
})

describe('a pool that is disposed of', () => {
  test('removes its spares and builds no more', async () => {
    pool.expect(one)
    await eventually(() => pool.has(one))
    await pool.dispose()
    expect([engine.containers.size, engine.networks.size]).toEqual([0, 0])
    pool.expect(two)
    await pool.settled()
    expect(engine.containers.size).toBe(0)
  })

  test('also removes a spare that was still being built', async () => {
    pool.expect(two)
    await eventually(() => engine.containers.size > 0)
    await pool.dispose()
    expect([engine.containers.size, engine.networks.size]).toEqual([0, 0])
  })
})
