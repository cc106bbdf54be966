/** The shape of a topology: everything that is needed to build it, and nothing else of its lab. */

export interface ShapeNode {
  readonly name: string
  readonly swarm: 'none' | 'manager' | 'worker'
  /** Names of networks. A swarm talks over the first. */
  readonly networks: readonly string[]
  /** MiB that the node may use. Without it, the default. */
  readonly memory?: number | undefined
  /** MiB of the disk that the node may use. Without it, the default. */
  readonly disk?: number | undefined
  /** The version of its engine, such as "20.10". Without it, the default. */
  readonly engine?: string | undefined
  /** Its place on the networks, which decides its address. Without it, its position among the nodes. */
  readonly place?: number | undefined
}

export interface ShapeNetwork {
  readonly name: string
  /** An internal network has no way out. */
  readonly internal: boolean
}

export interface Shape {
  readonly nodes: readonly ShapeNode[]
  readonly networks: readonly ShapeNetwork[]
}

/** Takes only the parts of a lab that make its shape, so that two labs of one shape can take each other's spare. */
export function shapeOf({ nodes, networks }: Shape): Shape {
  return {
    nodes: nodes.map(({ name, swarm, networks, memory, disk, engine, place }) => ({
      name,
      swarm,
      networks,
      ...(memory !== undefined && { memory }),
      ...(disk !== undefined && { disk }),
      ...(engine !== undefined && { engine }),
      ...(place !== undefined && { place }),
    })),
    networks: networks.map(({ name, internal }) => ({ name, internal })),
  }
}

/** Gives the same text for the same shape. */
export function shapeKey(shape: Shape): string {
  return JSON.stringify(shapeOf(shape))
}
