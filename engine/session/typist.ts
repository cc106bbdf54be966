/** Types scripts into the terminals of a session, as a student does. */
import { type OpenTerminalOptions, type Terminal, typeScript } from '../terminal'

/** Longest that one typed line may take. */
const LINE_LIMIT_MS = 60_000
const SIZE: OpenTerminalOptions = { cols: 120, rows: 40 }

export interface TypistOptions {
  readonly open: (node: string, options: OpenTerminalOptions) => Promise<Terminal>
  readonly terminals: () => readonly Terminal[]
  readonly signal: AbortSignal
}

/**
 * Makes a function that types a script in a node. It keeps one terminal for each node, because a script may leave
 * something running in it; a terminal that has ended is opened again.
 */
export function typistOf({
  open,
  terminals,
  signal,
}: TypistOptions): (node: string, script: string) => Promise<void> {
  const kept = new Map<string, Terminal>()
  const terminalOf = async (node: string): Promise<Terminal> => {
    const before = kept.get(node)
    if (before && before.exitCode === null && terminals().includes(before)) return before
    const terminal = await open(node, SIZE)
    kept.set(node, terminal)
    return terminal
  }
  return async (node, script) => {
    await typeScript(await terminalOf(node), script, { limitMs: LINE_LIMIT_MS, signal })
  }
}
