/** Places the machines of a topology on the drawing. The functions are pure. */
import type { ExhibitView } from '../../../main/api'

export type Topology = Extract<ExhibitView, { kind: 'topology' }>
type Node = Topology['nodes'][number]

export interface Placed {
  readonly node: Node
  /** Centre, in units of the drawing. */
  readonly x: number
  readonly y: number
}

export interface Layout {
  readonly width: number
  readonly height: number
  readonly nodes: readonly Placed[]
}

export const BOX = { width: 132, height: 52 }
const STEP = { x: 196, y: 76 }

/** Places nodes from left to right by their distance from the first node of their group. Groups stand below each other. */
export function layout({ nodes, links }: Topology): Layout {
  const columns = depths(nodes, links)
  let top = 0
  const placed: Placed[] = []
  for (const group of columns) {
    const tallest = Math.max(...group.map((column) => column.length))
    group.forEach((column, x) => {
      const offset = top + (tallest - column.length) / 2
      column.forEach((node, y) => {
        placed.push({
          node,
          x: x * STEP.x + BOX.width / 2 + 1,
          y: (offset + y) * STEP.y + BOX.height / 2 + 1,
        })
      })
    })
    top += tallest
  }
  const widest = Math.max(...columns.map((group) => group.length))
  return {
    width: (widest - 1) * STEP.x + BOX.width + 2,
    height: (top - 1) * STEP.y + BOX.height + 2,
    nodes: placed,
  }
}

/** The nodes of each connected group, by their distance from its first node. Nodes without links share a row. */
function depths(nodes: readonly Node[], links: Topology['links']): Node[][][] {
  const left = new Map(nodes.map((node) => [node.id, node]))
  const groups: Node[][][] = []
  const alone: Node[] = []
  for (const node of nodes) {
    if (!left.delete(node.id)) continue
    const group: Node[][] = []
    for (let column = [node]; column.length > 0; column = beyond(column, links, left)) group.push(column)
    if (group.length === 1) alone.push(node)
    else groups.push(group)
  }
  return alone.length > 0 ? [...groups, alone.map((node) => [node])] : groups
}

/** Takes the neighbours that are not placed yet out of `left`. */
function beyond(column: readonly Node[], links: Topology['links'], left: Map<string, Node>): Node[] {
  const found: Node[] = []
  for (const { id } of column)
    for (const { from, to } of links) {
      const other = from === id ? to : to === id ? from : null
      const node = other === null ? undefined : left.get(other)
      if (node && left.delete(node.id)) found.push(node)
    }
  return found
}

/** Describes the drawing in words, for people who do not see it. */
export function topologyWords({ nodes, links }: Topology): string {
  const names = new Map(nodes.map((node) => [node.id, node.label ?? node.id]))
  const name = (id: string) => names.get(id) ?? id
  const machines = nodes.map(({ id, kind }) => `${name(id)} (${kind})`).join(', ')
  const lines = links.map(
    ({ from, to, label }) => `${name(from)} to ${name(to)}${label ? ` (${label})` : ''}`,
  )
  return lines.length > 0 ? `${machines}. Connected: ${lines.join(', ')}.` : `${machines}.`
}
