/** Titles of terminals, their order, and the choice of the terminal for code. The functions are pure. */
import type { NodeView, TerminalView } from '../../main/api'

/** Terminals of one node are numbered when there are several. */
export function titleOf(terminal: TerminalView, all: readonly TerminalView[]): string {
  const same = all.filter(({ title }) => title === terminal.title)
  if (same.length < 2) return terminal.title
  return `${terminal.title} ${same.findIndex(({ id }) => id === terminal.id) + 1}`
}

/** Terminals in the order of their nodes, those of this computer last. Those of one node stay in their order. */
export function inOrder(
  terminals: readonly TerminalView[],
  nodes: readonly Pick<NodeView, 'name'>[],
): readonly TerminalView[] {
  const place = ({ node }: TerminalView) => {
    const index = nodes.findIndex(({ name }) => name === node)
    return index < 0 ? nodes.length : index
  }
  return [...terminals].sort((one, other) => place(one) - place(other))
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
