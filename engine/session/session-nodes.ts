/** The nodes of one session: what state they are in, which ports they publish, and what happens in them. */
import { CapstanError } from '../../shared/errors'
import type { LabNode } from '../node'
import { endStrayShells } from '../terminal'
import type { Topology } from '../topology'
import { watchNode } from './live-checks'
import { PortWatch } from './ports'
import type { NodeSnapshot } from './snapshot'

export interface SessionNodesOptions {
  readonly names: readonly string[]
  /** A state or a port has changed. */
  readonly onChange: () => void
  /** The inner engine of a node has told of an event. */
  readonly onEvent: () => void
}

export class SessionNodes {
  readonly #options: SessionNodesOptions
  readonly #ports: PortWatch
  readonly #states = new Map<string, NodeSnapshot['state']>()
  #topology: Topology | null = null
  #unwatch: (() => void)[] = []

  constructor(options: SessionNodesOptions) {
    this.#options = options
    this.#ports = new PortWatch(options.onChange)
    this.starting()
  }

  /** @throws CapstanError `session-state` while there are none */
  get topology(): Topology {
    if (this.#topology) return this.#topology
    throw new CapstanError('session-state', 'This lab has no nodes just now.', {
      help: 'Wait until they are ready, or reset the lab.',
    })
  }

  /** @throws CapstanError `not-found`, `session-state` */
  get(name: string): LabNode {
    return this.topology.node(name)
  }

  snapshots(): NodeSnapshot[] {
    return this.#options.names.map((name) => ({
      name,
      state: this.#states.get(name) ?? 'starting',
      ports: this.#ports.of(name),
    }))
  }

  /** New nodes are under way. */
  starting(): void {
    for (const name of this.#options.names) this.#states.set(name, 'starting')
  }

  /** From now on these are the session's nodes. */
  async take(topology: Topology): Promise<void> {
    this.#topology = topology
    for (const node of topology.nodes) this.#states.set(node.name, await node.state())
    this.#unwatch = topology.nodes.map((node) =>
      watchNode(node, () => {
        this.#options.onEvent()
        this.#ports.nudge(node)
      }),
    )
    for (const node of topology.nodes) this.#ports.nudge(node)
  }

  /** Lets go of them: nothing is told of them any more. */
  leave(): void {
    for (const unwatch of this.#unwatch.splice(0)) unwatch()
    this.#ports.forget()
    this.#topology?.close()
    this.#topology = null
  }

  become(name: string, state: NodeSnapshot['state']): void {
    this.#states.set(name, state)
    this.#options.onChange()
  }

  /** Asks the engine what state a node is in. */
  async look(name: string): Promise<void> {
    this.become(name, await this.get(name).state())
  }
}

/** Shells of the app that was killed are still there, and nobody will ever see them again. */
export async function goOn(node: LabNode): Promise<void> {
  await node.ready()
  await endStrayShells(node)
}
