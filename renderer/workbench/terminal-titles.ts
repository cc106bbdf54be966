/** Titles of terminals, and the choice of the terminal for code. The functions are pure. */
import type { TerminalView } from '../../main/api'

/** Terminals of one node are numbered when there are several. */
export function titleOf(terminal: TerminalView, all: readonly TerminalView[]): string {
  const same = all.filter(({ title }) => title === terminal.title)
  if (same.length < 2) return terminal.title
  return `${terminal.title} ${same.findIndex(({ id }) => id === terminal.id) + 1}`
}

/**
 * Chooses the terminal that gets a lab's code: it runs, and it is in the node that was asked for. The active one is
 * preferred. A shell on this computer never gets a lab's code, whatever was asked for.
 */
export function terminalFor(
  node: string | null,
  active: TerminalView | undefined,
  all: readonly TerminalView[],
): TerminalView | undefined {
  const fits = (one: TerminalView) =>
    one.exitCode === null && one.node !== null && (node === null || one.node === node)
  return [...(active ? [active] : []), ...all].find(fits)
}
