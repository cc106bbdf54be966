/** Places the machines of a topology on the drawing. The functions are pure. */
import type { ExhibitView } from '../../main/api'

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
  /** The size of every box. */
  readonly box: { readonly width: number; readonly height: number }
  readonly nodes: readonly Placed[]
}

/** Where the label of a box begins, right of its sign. */
export const LABEL_AT = 38
/** What stays free right of a label. */
export const LABEL_END = 10
const BOX = { width: 142, height: 52 }
/** Between two boxes: beside each other, and below each other. */
const GAP = { x: 64, y: 24 }
/** The widest letters of a label in a box, and of one on a line. */
const LETTER = { box: 8, line: 7.5 }
const LONGEST_LABEL = 36

/** Places nodes from left to right by their distance from the first node of their group. Groups stand below each other. */
export function layout({ nodes, links }: Topology): Layout {
  const columns = depths(nodes, links)
  const box = { width: boxWidth(nodes), height: BOX.height }
  const step = { x: box.width + gapFor(links), y: BOX.height + GAP.y }
  let top = 0
  const placed: Placed[] = []
  for (const group of columns) {
    const tallest = Math.max(...group.map((column) => column.length))
    group.forEach((column, x) => {
      const offset = top + (tallest - column.length) / 2
      column.forEach((node, y) => {
        placed.push({
          node,
          x: x * step.x + box.width / 2 + 1,
          y: (offset + y) * step.y + box.height / 2 + 1,
        })
      })
    })
    top += tallest
  }
  const widest = Math.max(...columns.map((group) => group.length))
  return {
    width: (widest - 1) * step.x + box.width + 2,
    height: (top - 1) * step.y + box.height + 2,
    box,
    nodes: placed,
  }
}

/** All boxes are as wide as the one that needs most: a label has two lines at most. */
function boxWidth(nodes: readonly Node[]): number {
  const letters = Math.max(...nodes.map(({ id, label = id }) => lettersInTwoLines(label)))
  return Math.max(BOX.width, LABEL_AT + Math.min(letters, LONGEST_LABEL) * LETTER.box + LABEL_END)
}

/** The letters of the longer line, when a text is broken into two lines where that is best. */
function lettersInTwoLines(text: string): number {
  const words = text.slice(0, 2 * LONGEST_LABEL).split(' ')
  const breaks = words.map((_word, at) => [words.slice(0, at), words.slice(at)])
  return Math.min(...breaks.map((lines) => Math.max(...lines.map((line) => line.join(' ').length))))
}

/** A label on a line fits between the boxes. */
function gapFor(links: Topology['links']): number {
  const longest = Math.max(0, ...links.map(({ label = '' }) => Math.min(label.length, LONGEST_LABEL)))
  return Math.max(GAP.x, longest * LETTER.line + 16)
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
