/** Terminal streams: shells in nodes and on the host, kept with their screen, watched by pages, typed into. */
import type { LabNode } from '../node'
import { openHostShell } from './host-shell'
import { openNodeShell } from './node-shell'
import type { TerminalSize } from './shell'
import { newTerminalId, Terminal } from './terminal'

export { endStrayShells } from './node-shell'
export { readScript, type ScriptLine } from './script-lines'
export type { TerminalSize } from './shell'
export { type Attachment, type PromptReturn, Terminal, type TerminalFrame } from './terminal'
export { type TypingOptions, typeScript } from './typing'

/** A new bash in a lab node. */
export async function openTerminal(
  node: LabNode,
  size: TerminalSize & { cwd?: string; scrollback?: number },
): Promise<Terminal> {
  const { cols, rows, cwd = '/root', scrollback } = size
  const id = newTerminalId()
  const shell = await openNodeShell(node, { id, cwd, cols, rows })
  return new Terminal({
    shell,
    size: { cols, rows },
    node: node.name,
    title: node.name,
    id,
    ...(scrollback && { scrollback }),
  })
}

/** The student's own shell on the host. */
export async function openHostTerminal(size: TerminalSize): Promise<Terminal> {
  return new Terminal({ shell: await openHostShell(size), size, node: null, title: 'This computer' })
}
