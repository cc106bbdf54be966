import { expect, test } from 'vitest'
import { plan } from './pool'
import { availableMiB, nodesIn } from './room'
import { type Shape, shapeKey } from './shape'
import { Subnet } from './subnets'

const shape = (count: number): Shape => ({
  networks: [{ name: 'lab', internal: false }],
  nodes: Array.from({ length: count }, (_one, index) => ({
    name: `node${index}`,
    swarm: 'none' as const,
    networks: ['lab'],
  })),
})
const spare = (of: Shape) => ({ key: shapeKey(of), size: of.nodes.length })

test('what was asked for last is kept and built first', () => {
  const [one, three] = [shape(1), shape(3)]
  const spares = [spare(one)]
  expect(plan([three, one], spares, 4)).toEqual({ kept: spares, missing: [three] })
})

test('what does not fit is given back, and a smaller one that fits is kept', () => {
  const [one, three] = [shape(1), shape(3)]
  const spares = [spare(three), spare(one)]
  expect(plan([three, one], spares, 2).kept).toEqual([spares[1]])
  expect(plan([three, one], spares, 0)).toEqual({ kept: [], missing: [] })
})

test('a spare that nobody asks for any more is given back', () => {
  expect(plan([shape(1)], [spare(shape(3))], 7)).toEqual({ kept: [], missing: [shape(1)] })
})

test('labs of one shape have one key, whatever else they are', () => {
  const lab = { ...shape(2), title: 'one' }
  expect(shapeKey(lab)).toBe(shapeKey({ ...shape(2) }))
  expect(shapeKey(lab)).not.toBe(shapeKey(shape(3)))
})

test('room is what is available, less the reserve, and never more than a few nodes', () => {
  expect(availableMiB('MemTotal: 9 kB\nMemAvailable:    2097152 kB\n')).toBe(2048)
  expect(availableMiB('nonsense')).toBe(0)
  expect(nodesIn(2048)).toBe(2)
  expect(nodesIn(1000)).toBe(0)
  expect(nodesIn(24_000)).toBe(7)
})

test('subnets are apart, and are found again', () => {
  const all = Array.from({ length: 1024 }, (_one, index) => new Subnet(index))
  expect(new Set(all.map(({ cidr }) => cidr)).size).toBe(1024)
  expect(all.map(({ cidr }) => Subnet.parse(cidr)?.index)).toEqual(all.map(({ index }) => index))
  expect(new Subnet(5).cidr).toBe('10.215.1.64/26')
  expect(new Subnet(5).guest(0)).toBe('10.215.1.66')
  expect(new Subnet(5).node(6)).toBe('10.215.1.80')
  expect(Subnet.parse('172.17.0.0/16')).toBeNull()
})
