/** The parts of building a topology: the images of its nodes, the order of their starts, and the mirrors as guests. */
import type { CreateNodeOptions, LabNode, NodeImages } from '../node'
import type { BuildOptions, TopologyContext, TopologyImages } from './context'
import type { Shape, ShapeNode } from './shape'
import type { LabNetwork } from './subnets'

type Turn = Pick<CreateNodeOptions, 'after' | 'onStarted'>

/**
 * Starts the nodes. The first manager of a swarm goes first: it founds the swarm while the others start, and none of them
 * can do anything before.
 */
export function founderFirst(
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
export async function imagesByEngine(
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

/** Makes the mirrors guests on every network of the nodes. A mirror that has died is started. */
export async function inviteMirrors(
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
