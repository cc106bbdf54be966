import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryEngine } from '../docker/testing/index.test-kit'
import { availableMiB, nodesIn, plan, roomForNodes, wantedAfter } from './pool-policy'
import { type Shape, shapeKey } from './shape'

const shape = (count: number): Shape => ({
  networks: [{ name: 'lab', internal: false }],
  nodes: Array.from({ length: count }, (_one, index) => ({
    name: `node${index}`,
    swarm: 'none' as const,
    networks: ['lab'],
  })),
})
const spare = (of: Shape) => ({ key: shapeKey(of), size: of.nodes.length })

test('the shape that was asked for last is kept and built first', () => {
  const [one, three] = [shape(1), shape(3)]
  const spares = [spare(one)]
  expect(plan([three, one], spares, 4)).toEqual({ kept: spares, missing: [three] })
})

test('a spare that does not fit is removed, and a smaller one that fits is kept', () => {
  const [one, three] = [shape(1), shape(3)]
  const spares = [spare(three), spare(one)]
  expect(plan([three, one], spares, 2).kept).toEqual([spares[1]])
  expect(plan([three, one], spares, 0)).toEqual({ kept: [], missing: [] })
})

test('a spare that nobody asks for any more is removed', () => {
  expect(plan([shape(1)], [spare(shape(3))], 7)).toEqual({ kept: [], missing: [shape(1)] })
})

test('whatever is wanted, the plan fits into the room, and every shape of it is wanted', () => {
  const sizes = fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 4 })
  fc.assert(
    fc.property(sizes, sizes, fc.integer({ min: 0, max: 12 }), (wanted, held, room) => {
      const { kept, missing } = plan(wanted.map(shape), held.map(shape).map(spare), room)
      const nodes = [...kept.map(({ size }) => size), ...missing.map((one) => one.nodes.length)]
      expect(nodes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(room)
      expect(wanted).toEqual(expect.arrayContaining(nodes))
      expect(new Set(nodes).size).toBe(nodes.length)
      // A spare is never built again while it is held.
      for (const one of missing) expect(held).not.toContain(one.nodes.length)
    }),
  )
})

test('the last few shapes are kept in mind, each once, the last one asked for first', () => {
  const asked = [1, 2, 3, 2, 4].map(shape)
  const wanted = asked.reduce<Shape[]>((before, one) => wantedAfter(one, before), [])
  expect(wanted.map(({ nodes }) => nodes.length)).toEqual([4, 2, 3])
})

test('room is the available memory less the reserve, and never more than a few nodes', () => {
  expect(availableMiB('MemTotal: 9 kB\nMemAvailable:    2097152 kB\n')).toBe(2048)
  expect(availableMiB('nonsense')).toBe(0)
  expect(nodesIn(2048)).toBe(2)
  expect(nodesIn(1000)).toBe(0)
  expect(nodesIn(24_000)).toBe(7)
})

test('the memory is read in the first mirror', async () => {
  const engine = memoryEngine()
  const container = await engine.docker.containers.create({ Image: 'registry' })
  engine.exec = (_id, cmd) => {
    expect(cmd).toEqual(['cat', '/proc/meminfo'])
    return { exitCode: 0, stdout: 'MemAvailable: 2097152 kB\n', stderr: '' }
  }
  expect(await roomForNodes(engine.docker, [{ container }])).toBe(2)
})

test('without a mirror nothing is known, and there is no room', async () => {
  expect(await roomForNodes(memoryEngine().docker, [])).toBe(0)
})
