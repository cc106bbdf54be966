/** Terminal streams: shells in nodes and on the host. A stream keeps its screen, pages watch it, scripts type into it. */
import { openHostShell } from './host-shell'
import { openNodeShell, type TerminalNode } from './node-shell'
import type { Shell, TerminalSize } from './shell'
import { newTerminalId, Terminal } from './terminal'

export { endStrayShells, type TerminalNode } from './node-shell'
export type { PromptReturn } from './prompts'
export { readScript, type ScriptLine } from './script-lines'
export type { TerminalSize } from './shell'
export { Terminal } from './terminal'
export { type TypingOptions, typeScript } from './typing'
export type { Attachment, TerminalFrame } from './watchers'

export interface OpenTerminalOptions extends TerminalSize {
  /** Lines above the screen that are kept; 5,000 by default. */
  readonly scrollback?: number
}

/** Opens a new bash in a lab node, in /root. */
export async function openTerminal(node: TerminalNode, options: OpenTerminalOptions): Promise<Terminal> {
  const { cols, rows, scrollback } = options
  const id = newTerminalId()
  const shell = await openNodeShell(node, { id, cwd: '/root', cols, rows })
  return new Terminal({ id, shell, size: { cols, rows }, scrollback, node: node.name, title: node.name })
}

/** Opens a new bash for a terminal of a lab node whose shell has ended. `Terminal.renew` takes it. */
export async function openShellFor(node: TerminalNode, { id, size }: Terminal): Promise<Shell> {
  return await openNodeShell(node, { id, cwd: '/root', ...size })
}

/** Opens the student's own shell on the host. */
export async function openHostTerminal(options: OpenTerminalOptions): Promise<Terminal> {
  const { cols, rows, scrollback } = options
  const shell = await openHostShell({ cols, rows })
  return new Terminal({ shell, size: { cols, rows }, scrollback, node: null, title: 'This computer' })
}
