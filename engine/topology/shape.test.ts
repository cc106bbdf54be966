import { expect, test } from 'vitest'
import { type Shape, shapeKey, shapeOf } from './shape'

const shape: Shape = {
  networks: [{ name: 'lab', internal: false }],
  nodes: [{ name: 'node1', swarm: 'none', networks: ['lab'] }],
}

test('the shape of a lab holds nothing else of the lab', () => {
  const lab = { ...shape, title: 'One', nodes: shape.nodes.map((node) => ({ ...node, motd: 'hello' })) }
  expect(shapeOf(lab)).toEqual(shape)
})

test('labs of one shape have one key', () => {
  const lab = { title: 'One', ...shape }
  expect(shapeKey(lab)).toBe(shapeKey(shape))
})

test.each<[string, Partial<Shape>]>([
  ['another node', { nodes: [...shape.nodes, { name: 'node2', swarm: 'none', networks: ['lab'] }] }],
  ['another name', { nodes: [{ name: 'web', swarm: 'none', networks: ['lab'] }] }],
  ['a swarm', { nodes: [{ name: 'node1', swarm: 'manager', networks: ['lab'] }] }],
  ['a network without a way out', { networks: [{ name: 'lab', internal: true }] }],
  ['more of the disk', { nodes: [{ name: 'node1', swarm: 'none', networks: ['lab'], disk: 600 }] }],
  ['a node on another network', { nodes: [{ name: 'node1', swarm: 'none', networks: [] }] }],
])('%s makes another key', (_what, change) => {
  expect(shapeKey({ ...shape, ...change })).not.toBe(shapeKey(shape))
})
