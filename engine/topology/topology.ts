/** The nodes of one lab on their networks, with their swarm formed: builds them, finds them again, switches them. */
import { randomBytes } from 'node:crypto'
import { CapstanError } from '../../shared/errors'
import type { NodeAction } from '../labs'
import {
  type CreateNodeOptions,
  createNode,
  join,
  type LabNode,
  type NodeEngine,
  type NodeImages,
  type NodeNetwork,
} from '../node'
import { nodesOf } from './lookup'
import { removeTopology } from './removal'
import { type Shape, type ShapeNode, shapeOf } from './shape'
import { createLabNetwork, findLabNetworks, type LabNetwork } from './subnets'
import { formSwarm, type SwarmMember } from './swarm'

/** The images of nodes whose engine is the default, and how to come to those of another one. */
export interface TopologyImages extends NodeImages {
  /** Registries that become guests on the nodes' networks. */
  readonly mirrors: readonly {
    readonly alias: string
    readonly container: string
    readonly certificate: string
  }[]
  /** What nodes with another version of the engine are made of. The first time it takes a while. */
  forEngine(version: string, options: BuildOptions): Promise<Pick<NodeImages, 'node' | 'template'>>
}

/** The parts that topologies are made with. */
export interface TopologyContext {
  readonly engine: NodeEngine
  readonly images: TopologyImages
  /** Id of the store that owns them. */
  readonly owner: string
}

export interface BuildOptions {
  readonly signal: AbortSignal
  readonly onActivity: (text: string) => void
}

export class Topology {
  readonly id: string
  readonly shape: Shape
  readonly nodes: readonly LabNode[]
  readonly #context: TopologyContext
  readonly #networks: readonly LabNetwork[]

  private constructor(
    context: TopologyContext,
    parts: { id: string; shape: Shape; nodes: readonly LabNode[]; networks: readonly LabNetwork[] },
  ) {
    this.#context = context
    this.id = parts.id
    this.shape = parts.shape
    this.nodes = parts.nodes
    this.#networks = parts.networks
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

type Turn = Pick<CreateNodeOptions, 'after' | 'onStarted'>

/**
 * Starts the nodes. The first manager of a swarm goes first: it founds the swarm while the others start, and none of them
 * can do anything before.
 */
function founderFirst(
  nodes: readonly ShapeNode[],
  start: (node: ShapeNode, index: number, turn: Turn) => Promise<LabNode>,
): Promise<LabNode>[] {
  const place = nodes.findIndex(({ swarm }) => swarm === 'manager')
  const founder = nodes[place]
  if (!founder) return nodes.map((node, index) => start(node, index, {}))
  let onStarted: () => void = () => undefined
  const runs = new Promise<void>((resolve) => {
    onStarted = resolve
  })
  const first = start(founder, place, { onStarted })
  // Nobody waits for a founder that does not start.
  const after = Promise.race([runs, first.catch(() => undefined)])
  return nodes.map((node, index) => (index === place ? first : start(node, index, { after })))
}

/** Has the images of all engines of the shape made before the first node starts. */
async function imagesByEngine(
  images: TopologyImages,
  { nodes }: Shape,
  options: BuildOptions,
): Promise<(node: ShapeNode) => NodeImages> {
  const versions = new Set(nodes.flatMap(({ engine }) => engine ?? []))
  const others = new Map<string, NodeImages>()
  for (const version of versions)
    others.set(version, { ...images, ...(await images.forEngine(version, options)) })
  return ({ engine }) => (engine && others.get(engine)) || images
}

/** The nodes that belong to a swarm from the start, in the order of the shape. */
function membersOf(
  { nodes }: Shape,
  starting: readonly Promise<LabNode>[],
  networks: readonly LabNetwork[],
): SwarmMember[] {
  return nodes.flatMap(({ swarm, networks: names }, index) => {
    const node = starting[index]
    if (swarm === 'none' || !node) return []
    const network = networks.find(({ name }) => name === names[0])
    return [{ node, role: swarm, address: network?.subnet.node(index) ?? '' }]
  })
}

type Places = [NodeNetwork, ...NodeNetwork[]]

function placesOf(node: ShapeNode, index: number, networks: readonly LabNetwork[]): Places {
  const places = node.networks.flatMap((name) => {
    const network = networks.find((candidate) => candidate.name === name)
    return network ? [{ network: network.id, address: network.subnet.node(index) }] : []
  })
  const [first, ...others] = places
  if (!first) throw new RangeError(`${node.name} is on no network`)
  return [first, ...others]
}

/** Makes the mirrors guests on every network of the nodes. A mirror that has died is started. */
async function inviteMirrors(
  { engine, images }: TopologyContext,
  networks: readonly LabNetwork[],
): Promise<void> {
  for (const [index, { alias, container }] of images.mirrors.entries()) {
    const invite = async () => {
      await engine.docker.containers.start(container)
      for (const { id, subnet } of networks)
        await engine.docker.networks.connect(id, container, {
          aliases: [alias],
          address: subnet.guest(index),
        })
    }
    // A lab without its mirror still works as far as its nodes have their images.
    await invite().catch(() => undefined)
  }
}
