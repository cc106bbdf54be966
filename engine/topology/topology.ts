/** The nodes of one lab on their networks, with their swarm formed: builds them, finds them again, switches them. */
import { randomBytes } from 'node:crypto'
import { CapstanError } from '../../shared/errors'
import type { NodeAction } from '../labs'
import { createNode, join, type LabNode, type NodeNetwork } from '../node'
import { founderFirst, imagesByEngine, inviteMirrors } from './building'
import type { BuildOptions, TopologyContext } from './context'
import { nodesOf } from './lookup'
import { joinSwarm, leaveSwarm, managerAmong, type PlacedNode } from './membership'
import { membersOf, placedOn, placesOf } from './places'
import { removeTopology } from './removal'
import { type Shape, type ShapeNode, shapeOf } from './shape'
import { createLabNetwork, findLabNetworks, type LabNetwork } from './subnets'
import { formSwarm } from './swarm'

export class Topology {
  readonly id: string
  #shape: Shape
  #nodes: readonly LabNode[]
  readonly #context: TopologyContext
  readonly #networks: readonly LabNetwork[]

  private constructor(
    context: TopologyContext,
    parts: { id: string; shape: Shape; nodes: readonly LabNode[]; networks: readonly LabNetwork[] },
  ) {
    this.#context = context
    this.id = parts.id
    this.#shape = parts.shape
    this.#nodes = parts.nodes
    this.#networks = parts.networks
  }

  get shape(): Shape {
    return this.#shape
  }

  get nodes(): readonly LabNode[] {
    return this.#nodes
  }

  /** Builds a new one. On failure everything that was made is removed again and the first error is thrown. */
  static async build(context: TopologyContext, shape: Shape, options: BuildOptions): Promise<Topology> {
    const id = randomBytes(4).toString('hex')
    try {
      return await Topology.#build(context, { id, shape: shapeOf(shape), ...options })
    } catch (error) {
      // The first error is the one to report. A part that cannot be removed now is found by its labels later.
      await removeTopology(context.engine, id).catch(() => undefined)
      throw error
    }
  }

  /**
   * Finds a topology again that was built before, by this process or another.
   * @throws CapstanError `node-gone` when a node of it is missing
   */
  static async find(context: TopologyContext, id: string, shape: Shape): Promise<Topology> {
    const [found, networks] = await Promise.all([
      nodesOf(context.engine, id),
      findLabNetworks(context.engine, id),
    ])
    const nodes = shape.nodes.map(({ name }) => found.find((node) => node.name === name))
    const missing = shape.nodes.filter((_node, index) => !nodes[index])
    if (missing.length > 0) {
      const names = missing.map(({ name }) => name).join(', ')
      throw new CapstanError('node-gone', `The node ${names} of this lab is gone.`, {
        help: 'Reset the lab to get new nodes.',
      })
    }
    // What was added or removed when the process died is in no record.
    const strays = found.filter((node) => !nodes.includes(node))
    await Promise.allSettled(strays.map((node) => node.remove()))
    return new Topology(context, {
      id,
      shape: shapeOf(shape),
      nodes: nodes.filter((node) => node !== undefined),
      networks,
    })
  }

  static async #build(
    context: TopologyContext,
    { id, shape, signal, onActivity }: BuildOptions & { id: string; shape: Shape },
  ): Promise<Topology> {
    const { engine, owner } = context
    const belonging = { topologyId: id, owner }
    const imagesOf = await imagesByEngine(context.images, shape, { signal, onActivity })
    onActivity(
      shape.nodes.length === 1 ? `Starting ${shape.nodes[0]?.name}` : `Starting ${shape.nodes.length} nodes`,
    )
    const networks = await Promise.all(
      shape.networks.map((network) => createLabNetwork(engine, network, belonging)),
    )
    const mirrored = inviteMirrors(context, networks)
    const starting = founderFirst(shape.nodes, (node, index, turn) =>
      createNode({
        ...turn,
        ...belonging,
        engine,
        images: imagesOf(node),
        name: node.name,
        need: { nodes: shape.nodes.length, memory: node.memory, disk: node.disk },
        signal,
        networks: placesOf(node, index, networks),
      }),
    )
    const members = membersOf(shape, starting, networks)
    const formed = formSwarm(members)
    // Its error is thrown below, when nothing is starting any more.
    formed.catch(() => undefined)
    const started = await Promise.allSettled(starting)
    await mirrored
    const failed = started.find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
    const nodes = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    const topology = new Topology(context, { id, shape, nodes, networks })
    if (members.length > 0) onActivity('Forming the swarm')
    await formed
    return topology
  }

  /** @throws CapstanError `not-found` for a name the topology does not have */
  node(name: string): LabNode {
    const node = this.nodes.find((candidate) => candidate.name === name)
    if (node) return node
    throw new CapstanError('not-found', `This lab has no node called "${name}".`, {
      help: `Its nodes are ${this.nodes.map((candidate) => candidate.name).join(', ')}.`,
    })
  }

  /** Does to a node what a hand at its power switch or its cable would do. */
  async switchNode(name: string, action: NodeAction): Promise<void> {
    const node = this.node(name)
    if (action === 'cut') return await this.#cut(node)
    if (action === 'rejoin') return await this.#rejoin(node)
    await node[action]()
  }

  /**
   * Adds a node while the others run. One that is to be in the swarm joins it through a manager that answers.
   * @throws CapstanError `session-state` when there is no manager to join, or `node-gone` when it does not start. The
   * node is removed again then.
   */
  async addNode(added: ShapeNode, { signal, onActivity }: BuildOptions): Promise<LabNode> {
    const shape = { ...this.#shape, nodes: [...this.#shape.nodes, added] }
    const manager = added.swarm === 'none' ? null : await managerAmong(this.#placed())
    const networks = placesOf(added, shape.nodes.length - 1, this.#networks)
    const imagesOf = await imagesByEngine(this.#context.images, shape, { signal, onActivity })
    onActivity(`Starting ${added.name}`)
    const node = await createNode({
      engine: this.#context.engine,
      owner: this.#context.owner,
      topologyId: this.id,
      images: imagesOf(added),
      name: added.name,
      need: { nodes: shape.nodes.length, memory: added.memory, disk: added.disk },
      signal,
      networks,
    })
    if (manager && added.swarm !== 'none') {
      onActivity(`${added.name} joins the swarm`)
      await orRemove(node, () => joinSwarm(placedOn(node, networks), roleOf(added), manager))
    }
    this.#shape = shapeOf(shape)
    this.#nodes = [...this.#nodes, node]
    return node
  }

  /** Lets a node leave its swarm as its operator would. @throws CapstanError `session-state`, `not-found` */
  async leaveSwarm(name: string): Promise<void> {
    const node = this.node(name)
    await leaveSwarm(
      node,
      this.#placed().filter((placed) => placed.node !== node),
    )
  }

  /** Removes a node with everything in it. @throws CapstanError `not-found` */
  async removeNode(name: string): Promise<void> {
    const node = this.node(name)
    this.#nodes = this.#nodes.filter((one) => one !== node)
    this.#shape = { ...this.#shape, nodes: this.#shape.nodes.filter((one) => one.name !== name) }
    await node.remove()
  }

  #placed(): PlacedNode[] {
    return this.#nodes.map((node) => placedOn(node, this.#places(node)))
  }

  /** Closes the connections to the nodes. `removeTopology` removes the nodes themselves. */
  close(): void {
    for (const node of this.nodes) node.docker.close()
  }

  async #cut(node: LabNode): Promise<void> {
    const { docker } = this.#context.engine
    for (const network of await this.#networksOf(node))
      await docker.networks.disconnect(network, node.containerId)
  }

  async #rejoin(node: LabNode): Promise<void> {
    const joined = await this.#networksOf(node)
    for (const place of this.#places(node)) if (!joined.has(place.network)) await join(node, place)
  }

  /** Ids of the networks that the node is on now. */
  async #networksOf({ containerId }: LabNode): Promise<Set<string>> {
    const { NetworkSettings } = await this.#context.engine.docker.containers.inspect(containerId)
    return new Set(Object.values(NetworkSettings.Networks).map(({ NetworkID }) => NetworkID))
  }

  #places(node: LabNode): NodeNetwork[] {
    const index = this.shape.nodes.findIndex(({ name }) => name === node.name)
    const shape = this.shape.nodes[index]
    return shape ? placesOf(shape, index, this.#networks) : []
  }
}

function roleOf({ swarm }: ShapeNode): 'manager' | 'worker' {
  return swarm === 'manager' ? 'manager' : 'worker'
}

/** Does work with a new node, which is removed when the work fails. */
async function orRemove(node: LabNode, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    // The first error says why; a container that stays is found by its labels and removed later.
    await node.remove().catch(() => undefined)
    throw error
  }
}
