import { expect, test } from 'vitest'
import { LABEL_AT, layout, type Topology, topologyWords } from './topology-layout'

const node = (id: string, kind = 'worker') => ({ id, kind })
const link = (from: string, to: string) => ({ from, to })
const star: Topology = {
  kind: 'topology',
  nodes: [node('n1', 'manager'), node('fw', 'network'), node('n2'), node('n3')],
  links: [link('n1', 'fw'), link('n2', 'fw'), link('n3', 'fw')],
}
const at = (topology: Topology, id: string) => layout(topology).nodes.find(({ node }) => node.id === id)

test('distance from the first machine is the column, and what shares a column does not overlap', () => {
  expect(layout(star).nodes).toHaveLength(4)
  const [n1, fw, n2, n3] = ['n1', 'fw', 'n2', 'n3'].map((id) => at(star, id))
  expect(fw?.x).toBeGreaterThan(n1?.x ?? 0)
  expect(n2?.x).toBe(n3?.x)
  expect(Math.abs((n2?.y ?? 0) - (n3?.y ?? 0))).toBeGreaterThan(layout(star).box.height)
  expect(fw?.y).toBe(n1?.y)
})

test('groups that are not connected stand below each other, and every box is inside the drawing', () => {
  const two: Topology = { ...star, links: [link('n1', 'fw'), link('n2', 'n3')] }
  expect(at(two, 'n2')?.y).toBeGreaterThan(at(two, 'n1')?.y ?? 0)
  for (const topology of [star, two, { ...star, links: [] }]) {
    const { width, height, box, nodes } = layout(topology)
    for (const { x, y } of nodes) {
      expect(x + box.width / 2).toBeLessThanOrEqual(width)
      expect(y + box.height / 2).toBeLessThanOrEqual(height)
    }
  }
})

test('the drawing can be read', () => {
  expect(topologyWords({ ...star, links: [{ from: 'n1', to: 'fw', label: '2377' }] })).toBe(
    'n1 (manager), fw (network), n2 (worker), n3 (worker). Connected: n1 to fw (2377).',
  )
})

const labelled = (label: string, link = ''): Topology => ({
  kind: 'topology',
  nodes: [{ ...node('a'), label }, node('b')],
  links: [{ from: 'a', to: 'b', label: link }],
})

test('boxes are as wide as the longest label needs in two lines', () => {
  const usual = layout(star).box
  expect(layout(labelled('manager one')).box).toEqual(usual)
  const wide = layout(labelled('Load balancer, registry.example.com')).box
  // "registry.example.com" is the longer line.
  expect(wide.width - LABEL_AT).toBeGreaterThanOrEqual('registry.example.com'.length * 7)
  expect(wide.height).toBe(usual.height)
  expect(layout(labelled('x'.repeat(5_000))).box.width).toBeLessThan(400)
})

test('the label of a line fits between the boxes', () => {
  const between = (topology: Topology) =>
    (at(topology, 'b')?.x ?? 0) - (at(topology, 'a')?.x ?? 0) - layout(topology).box.width
  expect(between(labelled('a', '2377'))).toBe(between(labelled('a')))
  expect(between(labelled('a', '2377, 7946, 4789'))).toBeGreaterThan('2377, 7946, 4789'.length * 7)
})
