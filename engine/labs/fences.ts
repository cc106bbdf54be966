/** Fences of texts that name the node on which their code runs, such as ```` ```sh node=worker1 ````. */
import type { FileProblem } from '../../shared/files'

/** The line that opens a fence: the one that closes it has no words. The page takes the first word that names a node. */
const OPENING = /^[ \t>]*(?:`{3,}|~{3,})[^`\n]*?[ \t]node=([^\s`]*)/gm

/** The fences of a text whose code would run on a node that the lab does not have. */
export function fenceProblems(file: string, text: string, nodes: readonly string[]): FileProblem[] {
  return [...text.matchAll(OPENING)].flatMap(({ index, 0: opening, 1: name = '' }) => {
    if (nodes.includes(name)) return []
    const before = text.slice(0, index).split('\n')
    const place = { line: before.length, column: opening.length - name.length + 1 }
    const message = `There is no node called "${name.slice(0, 80)}".`
    return [
      { file, ...place, message, help: `The nodes are ${nodes.join(', ')}.`, severity: 'error' as const },
    ]
  })
}
