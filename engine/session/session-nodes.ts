/** The nodes of one session: built or found, watched, switched, and removed. */
import { CapstanError } from '../../shared/errors'
import type { LoadedLab, NodeAction } from '../labs'
import { endProcesses } from '../node'
import { endStrayShells } from '../terminal'
import { type BuildOptions, type Shape, type ShapeNode, shapeOf } from '../topology'
import { type Change, watchNode } from './node-events'
import { NodeTroubles } from './node-troubles'
import { playgroundShape } from './playground'
import { PortWatch } from './ports'
import { prepareLab } from './prepare'
import type { SavedRecord } from './saved-record'
import type { NodeSnapshot } from './snapshot'
import type { SessionNode, SessionTopologies, SessionTopology } from './topologies'

/** These actions end every process in the node. */
export const ENDS_SHELLS: ReadonlySet<NodeAction> = new Set(['stop', 'kill', 'restart'])

export interface SessionNodesOptions {
  readonly lab: LoadedLab
  readonly record: SavedRecord
  readonly topologies: SessionTopologies
  /** A state or a port has changed. */
  readonly onChange: () => void
  /** The inner engine of a node has reported an event. */
  readonly onEvent: (change: Change, node: string) => void
}

export class SessionNodes {
  readonly troubles = new NodeTroubles()
  readonly #options: SessionNodesOptions
  readonly #ports: PortWatch
  readonly #states = new Map<string, NodeSnapshot['state']>()
  #topology: SessionTopology | null = null
  readonly #unwatch = new Map<string, () => void>()
  /** Old nodes that are being removed while the student has new ones. */
  #removing: Promise<void> = Promise.resolve()

  constructor(options: SessionNodesOptions) {
    this.#options = options
    this.#ports = new PortWatch(options.onChange)
    this.starting()
  }

  /** @throws CapstanError `session-state` while there are none */
  get topology(): SessionTopology {
    if (this.#topology) return this.#topology
    throw new CapstanError('session-state', 'This lab has no nodes just now.', {
      help: 'Wait until they are ready, or reset the lab.',
    })
  }

  /** @throws CapstanError `not-found`, `session-state` */
  get(name: string): SessionNode {
    return this.topology.node(name)
  }

  snapshots(): NodeSnapshot[] {
    return this.#shape.nodes.map(({ name }) => ({
      name,
      state: this.#states.get(name) ?? 'starting',
      ports: this.#ports.of(name),
      trouble: this.troubles.kindOf(name),
    }))
  }

  /** New nodes are under way. */
  starting(): void {
    this.troubles.forget()
    for (const { name } of this.#shape.nodes) this.#states.set(name, 'starting')
  }

  /** Takes new nodes and makes them the lab's. @throws CapstanError when they cannot be built or prepared */
  async build(options: BuildOptions): Promise<void> {
    const { lab, record, topologies } = this.#options
    const once = lab.kind === 'playground'
    const topology = await topologies.take(this.#shape, { ...options, once })
    await record.update((value) => ({ ...value, topologyId: topology.id }))
    await prepareLab({ lab, topology, ...options })
    await this.#take(topology)
  }

  /**
   * Finds the nodes that an earlier process has left, and starts those that have stopped.
   * @returns true when a node had to be started
   */
  async find(): Promise<boolean> {
    const { record, topologies } = this.#options
    const topology = await topologies.find(record.value.topologyId ?? '', this.#shape)
    const wasOff = await bringUp(topology.nodes)
    await this.#take(topology)
    return wasOff
  }

  /** Lets go of the nodes: nothing about them is reported any more. */
  leave(): void {
    for (const unwatch of this.#unwatch.values()) unwatch()
    this.#unwatch.clear()
    this.#ports.forget()
    this.#topology?.close()
    this.#topology = null
  }

  /**
   * Removes the old nodes to make place for new ones. With a spare the student need not wait for that. Without one,
   * the old nodes would only take memory and time from the new ones.
   */
  async discard(): Promise<void> {
    const removed = this.#removeTopology()
    const hasSpare = this.#options.topologies.has(this.#shape)
    // No record names the old nodes any more, so the reaper removes what stays here.
    if (hasSpare) this.#removing = removed.catch(() => undefined)
    else await removed
  }

  /** Removes the nodes, and waits for old ones that are still being removed. */
  async remove(): Promise<void> {
    await Promise.all([this.#removeTopology(), this.#removing])
  }

  /** Stops the nodes, which stay with everything in them. */
  async rest(): Promise<void> {
    const { topologyId } = this.#options.record.value
    if (topologyId) await this.#options.topologies.stop(topologyId)
    for (const { name } of this.#shape.nodes) this.#states.set(name, 'stopped')
  }

  /** Adds a node to those that run. `keep` puts it into the record once it is there. */
  async add(node: ShapeNode, options: BuildOptions, keep: () => Promise<void>): Promise<void> {
    const added = await this.topology.addNode(node, options)
    this.#states.set(node.name, await added.state())
    try {
      await keep()
    } catch (error) {
      // No record names it, so it must not stay.
      await this.topology.removeNode(node.name)
      throw error
    }
    this.#watch(added)
    this.#options.onChange()
  }

  /** Removes one of the nodes. */
  async drop(name: string): Promise<void> {
    this.#unwatch.get(name)?.()
    this.#unwatch.delete(name)
    this.#states.delete(name)
    this.troubles.forget(name)
    await this.topology.removeNode(name)
  }

  /**
   * Ends every process of the student in all nodes. Containers go on.
   * @returns the names of the nodes in which some were left, because they came again faster than they could be ended
   * @throws CapstanError when a node cannot be asked; a node that does not run has no processes
   */
  async endProcesses(): Promise<string[]> {
    const left = await Promise.all(
      this.topology.nodes.map(async (node) => ((await isAtRest(node)) ? [] : [node.name])),
    )
    return left.flat()
  }

  become(name: string, state: NodeSnapshot['state']): void {
    this.#states.set(name, state)
    this.#options.onChange()
  }

  /** Asks the engine what state a node is in. */
  async look(name: string): Promise<void> {
    this.become(name, await this.get(name).state())
  }

  /** Switches a node on or off, or takes it off its networks and back. */
  async switchNode(name: string, action: NodeAction): Promise<void> {
    if (action === 'start' || action === 'restart') {
      this.troubles.forget(name)
      this.become(name, 'starting')
    }
    try {
      await this.topology.switchNode(name, action)
    } finally {
      await this.look(name)
    }
  }

  /** Makes these the session's nodes, and begins to watch them. */
  async #take(topology: SessionTopology): Promise<void> {
    this.#topology = topology
    for (const node of topology.nodes) this.#states.set(node.name, await node.state())
    for (const node of topology.nodes) this.#watch(node)
  }

  #watch(node: SessionNode): void {
    const unwatch = watchNode(node, (change) => {
      this.#options.onEvent(change, node.name)
      this.#ports.lookSoon(node)
    })
    this.#unwatch.set(node.name, unwatch)
    this.#ports.lookSoon(node)
  }

  /** The nodes of a playground change; those of a lab are what its files say. */
  get #shape(): Shape {
    const { lab, record } = this.#options
    const { playground } = record.value
    return playground ? playgroundShape(playground) : shapeOf(lab)
  }

  async #removeTopology(): Promise<void> {
    const { topologyId } = this.#options.record.value
    if (topologyId) await this.#options.topologies.remove(topologyId)
  }
}

/** Ends every process of the student in a node. @returns whether none is left */
async function isAtRest(node: SessionNode): Promise<boolean> {
  const state = await node.state()
  if (state !== 'running' && state !== 'cut') return true
  return await endProcesses(node)
}

/** Makes nodes usable that an earlier process has left. @returns true when a node had stopped */
async function bringUp(nodes: readonly SessionNode[]): Promise<boolean> {
  const started = await Promise.all(nodes.map(bringUpOne))
  return started.includes(true)
}

async function bringUpOne(node: SessionNode): Promise<boolean> {
  const state = await node.state()
  if (state === 'running' || state === 'cut') {
    await node.ready()
    // The terminals of the earlier process are gone, and nobody can see its shells any more.
    await endStrayShells(node)
    return false
  }
  await node.start()
  return state === 'stopped'
}
