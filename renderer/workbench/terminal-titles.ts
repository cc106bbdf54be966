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

/** The ids of the first terminal of each node, those of this computer left out. */
export function firstsOf(terminals: readonly TerminalView[]): readonly string[] {
  const isFirst = ({ node }: TerminalView, index: number) =>
    node !== null && terminals.findIndex((one) => one.node === node) === index
  return terminals.filter(isFirst).map(({ id }) => id)
}

/**
 * The terminals that may get a lab's code: they run, and they are in the node that was asked for. The active one comes
 * first. A shell on this computer never gets a lab's code.
 */
export function terminalsFor(
  node: string,
  active: TerminalView | undefined,
  all: readonly TerminalView[],
): readonly TerminalView[] {
  const fitting = all.filter((one) => one.exitCode === null && one.node === node)
  return [...fitting].sort((one, other) => Number(other.id === active?.id) - Number(one.id === active?.id))
}
