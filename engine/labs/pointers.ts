/** Links of texts that point to a part of the live map, such as `[manager1](#map=node:manager1)`. */
import type { FileProblem } from '../../shared/files'

const LINK = /\]\(\s*<?#map=([^)\s>]*)/g
/** The page reads pointers with the same pattern. */
const POINTER = /^(node|service|container|network|volume):([A-Za-z0-9][\w.-]{0,63})$/

/**
 * The pointers of a text that point to nothing: to a node that the lab does not have, or not to a kind and a name.
 * Services and containers are made by the student, so any name of one may be right.
 */
export function pointerProblems(file: string, text: string, nodes: readonly string[]): FileProblem[] {
  return [...text.matchAll(LINK)].flatMap(({ index, 1: target = '' }) => {
    const flaw = flawOf(target, nodes)
    return flaw ? [{ file, ...placeOf(text, index), ...flaw, severity: 'error' as const }] : []
  })
}

function flawOf(target: string, nodes: readonly string[]): { message: string; help: string } | null {
  const [, kind, name = ''] = POINTER.exec(target) ?? []
  const shown = target.slice(0, 80)
  if (!kind) {
    return {
      message: `"#map=${shown}" points to nothing that the map knows.`,
      help: 'Write a kind and a name, such as node:manager1; the kinds are node, service, container, network, volume.',
    }
  }
  if (kind !== 'node' || nodes.includes(name)) return null
  return { message: `There is no node called "${name}".`, help: `The nodes are ${nodes.join(', ')}.` }
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
