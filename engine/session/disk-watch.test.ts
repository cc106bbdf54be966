import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { NodeUse } from '../topology'
import { DiskWatch, floorOf, type StoppedForDisk } from './disk-watch'

const GIB = 2 ** 30

const aUse = (name: string, bytes: number, limit: number | null = 8 * GIB): NodeUse => ({
  containerId: `id-of-${name}`,
  topologyId: 't1',
  name,
  bytes,
  limit,
})

/** A disk whose free space and nodes are up to the test. */
class FakeDisk {
  free = 100 * GIB
  nodes: NodeUse[] = []
  readonly calls: string[] = []
  looks = 0
  failure: Error | null = null

  async look() {
    this.looks++
    if (this.failure) throw this.failure
    return { free: this.free, total: 100 * GIB }
  }

  async uses() {
    this.calls.push('measure')
    return this.nodes
  }

  async whileFrozen<T>(work: () => Promise<T>): Promise<T> {
    this.calls.push('freeze')
    try {
      return await work()
    } finally {
      this.calls.push('go on')
    }
  }

  async thaw() {
    this.calls.push('thaw')
  }

  async stop({ name }: NodeUse) {
    this.calls.push(`stop ${name}`)
    this.nodes = this.nodes.filter((node) => node.name !== name)
  }

  close() {
    this.calls.push('close')
  }
}

let disk: FakeDisk
let told: StoppedForDisk[]
let isNeeded: boolean
let watch: DiskWatch

beforeEach(async () => {
  vi.useFakeTimers()
  disk = new FakeDisk()
  told = []
  isNeeded = true
  watch = new DiskWatch({ disk, isNeeded: () => isNeeded, onStopped: (one) => told.push(one) })
  await vi.advanceTimersByTimeAsync(0)
  disk.calls.length = 0
})
afterEach(() => {
  watch.dispose()
  vi.useRealTimers()
})

/** Lets the watch look at what the test has changed. */
const look = () => vi.advanceTimersByTimeAsync(2_000)

test('nodes that an earlier process froze go on', async () => {
  const other = new FakeDisk()
  const second = new DiskWatch({ disk: other, isNeeded: () => false, onStopped: () => undefined })
  await vi.advanceTimersByTimeAsync(0)
  expect(other.calls).toEqual(['thaw'])
  second.dispose()
})

test('nothing is measured, and no node is touched, while space stays', async () => {
  disk.nodes = [aUse('node1', 5 * GIB)]
  for (let turn = 0; turn < 5; turn++) await look()
  expect(disk.looks).toBeGreaterThan(4)
  expect(disk.calls).toEqual([])
})

test('nothing is looked at while there are no sessions', async () => {
  isNeeded = false
  await look()
  const before = disk.looks
  await look()
  expect(disk.looks).toBe(before)
})

test('the disk is looked at more often when it gets full', async () => {
  const before = disk.looks
  await look()
  expect(disk.looks - before).toBe(1)
  disk.free = 1.1 * GIB
  await look()
  const rare = disk.looks
  await look()
  expect(disk.looks - rare).toBe(8)
})

test('a disk that cannot be looked at is tried again', async () => {
  disk.failure = new Error('no mirror')
  await look()
  const before = disk.looks
  await look()
  expect(disk.looks).toBe(before + 1)
})

describe('at the floor', () => {
  test('the node that has grown most is stopped while all are frozen, and it is told before that', async () => {
    disk.nodes = [aUse('old', 6 * GIB), aUse('greedy', 0.1 * GIB)]
    disk.free = 98 * GIB
    await look()
    disk.nodes = [aUse('old', 6.1 * GIB), aUse('greedy', 3 * GIB)]
    disk.calls.length = 0
    disk.stop = async ({ name }) => {
      expect(told).toMatchObject([{ node: { name }, why: 'floor' }])
      disk.calls.push(`stop ${name}`)
    }
    disk.free = 0.9 * GIB
    await look()
    expect(disk.calls).toEqual(['freeze', 'measure', 'stop greedy', 'go on'])
  })

  test('the next node is stopped only when still more space goes', async () => {
    disk.nodes = [aUse('one', 3 * GIB), aUse('two', 2 * GIB)]
    disk.free = 0.9 * GIB
    await look()
    disk.free = 0.7 * GIB
    await look()
    expect(told.map(({ node }) => node.name)).toEqual(['one'])
    disk.free = 0.6 * GIB
    disk.nodes = [aUse('two', 2.2 * GIB)]
    await look()
    expect(told.map(({ node }) => node.name)).toEqual(['one', 'two'])
  })

  test('it begins again when there was room in between', async () => {
    disk.nodes = [aUse('one', 3 * GIB), aUse('two', 0)]
    disk.free = 0.9 * GIB
    await look()
    disk.free = 5 * GIB
    await look()
    disk.nodes = [aUse('two', 4 * GIB)]
    disk.free = 0.95 * GIB
    await look()
    expect(told.map(({ node }) => node.name)).toEqual(['one', 'two'])
  })

  test('no node is stopped for what another program has written', async () => {
    disk.nodes = [aUse('one', 3 * GIB)]
    disk.free = 98 * GIB
    await look()
    disk.free = 0.9 * GIB
    await look()
    expect(told).toEqual([])
    expect(disk.calls.at(-1)).toBe('go on')
  })

  test('a node whose files cannot be counted is the one', async () => {
    disk.nodes = [aUse('large', 7 * GIB), aUse('countless', Number.POSITIVE_INFINITY)]
    disk.free = 0.9 * GIB
    await look()
    expect(told).toMatchObject([{ node: { name: 'countless' } }])
  })

  test('a node that was not counted in time is not blamed for what another one has written', async () => {
    disk.nodes = [aUse('neighbour', 0.1 * GIB), aUse('greedy', 0.1 * GIB)]
    disk.free = 98 * GIB
    await look()
    disk.nodes = [aUse('neighbour', Number.POSITIVE_INFINITY), aUse('greedy', 95 * GIB, 100 * GIB)]
    disk.free = 0.9 * GIB
    await look()
    expect(told).toMatchObject([{ node: { name: 'greedy' } }])
  })

  test('nodes go on when they cannot be measured', async () => {
    disk.uses = async () => {
      throw new Error('engine-timeout')
    }
    disk.free = 0.9 * GIB
    await look()
    expect(disk.calls).toContain('go on')
    expect(told).toEqual([])
  })
})

test('a disk that was nearly full before the first lab takes no node until more space goes', async () => {
  const full = new FakeDisk()
  full.free = 0.5 * GIB
  full.nodes = [aUse('node1', 3 * GIB)]
  const stopped: string[] = []
  const onStopped = ({ node }: StoppedForDisk) => stopped.push(node.name)
  const second = new DiskWatch({ disk: full, isNeeded: () => true, onStopped })
  await look()
  expect(stopped).toEqual([])
  full.free = 0.2 * GIB
  await look()
  expect(stopped).toEqual(['node1'])
  second.dispose()
})

describe('a node over its own limit', () => {
  test('is stopped when space has gone, and others are not', async () => {
    disk.nodes = [aUse('small', GIB), aUse('large', 9 * GIB), aUse('of an older version', 20 * GIB, null)]
    disk.free = 98 * GIB
    await look()
    expect(told).toMatchObject([{ node: { name: 'large' }, why: 'limit' }])
    expect(disk.calls).toEqual(['measure', 'stop large'])
  })

  test('is found although space goes slowly', async () => {
    disk.nodes = [aUse('slow', 9 * GIB)]
    for (let free = 100; free > 98.5; free -= 0.2) {
      disk.free = free * GIB
      await look()
    }
    expect(told).toMatchObject([{ node: { name: 'slow' }, why: 'limit' }])
  })
})

test('a disposed watch looks no more', async () => {
  watch.dispose()
  const before = disk.looks
  await look()
  expect(disk.looks).toBe(before)
  expect(disk.calls).toEqual(['close'])
})

test.each([
  [10 * GIB, GIB],
  [1000 * GIB, 10 * GIB],
])('of %d bytes, %d stay free', (total, expected) => {
  expect(floorOf({ total })).toBe(expected)
})
