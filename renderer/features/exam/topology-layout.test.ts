import { expect, test } from 'vitest'
import { BOX, layout, type Topology, topologyWords } from './topology-layout'

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
  expect(Math.abs((n2?.y ?? 0) - (n3?.y ?? 0))).toBeGreaterThan(BOX.height)
  expect(fw?.y).toBe(n1?.y)
})

test('groups that are not connected stand below each other, and every box is inside the drawing', () => {
  const two: Topology = { ...star, links: [link('n1', 'fw'), link('n2', 'n3')] }
  expect(at(two, 'n2')?.y).toBeGreaterThan(at(two, 'n1')?.y ?? 0)
  for (const topology of [star, two, { ...star, links: [] }]) {
    const { width, height, nodes } = layout(topology)
    for (const { x, y } of nodes) {
      expect(x + BOX.width / 2).toBeLessThanOrEqual(width)
      expect(y + BOX.height / 2).toBeLessThanOrEqual(height)
    }
  }
})

test('the drawing can be read', () => {
  expect(topologyWords({ ...star, links: [{ from: 'n1', to: 'fw', label: '2377' }] })).toBe(
    'n1 (manager), fw (network), n2 (worker), n3 (worker). Connected: n1 to fw (2377).',
  )
})
