/** What the states of a node mean for its terminals and files. */
import type { NodeView } from '../../main/api'

/** A shell can be opened in the node, and its files can be read. */
export function isOn({ state }: Pick<NodeView, 'state'>): boolean {
  return state === 'running' || state === 'cut'
}

const WORDS: Readonly<Record<NodeView['state'], string>> = {
  starting: 'is starting',
  running: 'runs',
  cut: 'runs, cut off from the network',
  stopped: 'is off',
  gone: 'is gone',
}

/** A sentence about the node, such as "worker2 is off". */
export function sentenceOn({ name, state }: Pick<NodeView, 'name' | 'state'>): string {
  return `${name} ${WORDS[state]}`
}
