/** The live map of one session: its nodes and their states, as the map follows them. */
import type { NodeAction } from '../labs'
import { LiveMap, type MapNodeState } from '../map'
import type { SessionNodes } from './session-nodes'
import type { SessionStatus } from './session-status'

export class SessionMap {
  readonly live: LiveMap
  /** The outer engine sees only that a node has stopped. */
  readonly #killed = new Set<string>()

  constructor(nodes: Pick<SessionNodes, 'snapshots' | 'get'>, status: Pick<SessionStatus, 'onChange'>) {
    this.live = new LiveMap({
      nodes: () => nodes.snapshots().map(({ name, state }) => ({ name, state: this.#stateOf(name, state) })),
      engine: (name) => nodes.get(name).docker,
      onChange: (listener) => status.onChange(listener),
    })
  }

  /** The student switches a node. */
  switches(name: string, action: NodeAction): void {
    if (action === 'kill') this.#killed.add(name)
    else this.#killed.delete(name)
  }

  /** New nodes are under way. */
  startOver(): void {
    this.#killed.clear()
  }

  #stateOf(name: string, state: MapNodeState): MapNodeState {
    return state === 'stopped' && this.#killed.has(name) ? 'killed' : state
  }
}
