/** The shape of a topology: all that must be known to build it, and nothing of the lab it is for. */

export interface ShapeNode {
  readonly name: string
  readonly swarm: 'none' | 'manager' | 'worker'
  /** Names of networks; a swarm talks over the first. */
  readonly networks: readonly string[]
}

export interface ShapeNetwork {
  readonly name: string
  /** Without a way out. */
  readonly internal: boolean
}

export interface Shape {
  readonly nodes: readonly ShapeNode[]
  readonly networks: readonly ShapeNetwork[]
}

/** Only the parts of a lab that make its shape: two labs of one shape can take each other's spare. */
export function shapeOf({ nodes, networks }: Shape): Shape {
  return {
    nodes: nodes.map(({ name, swarm, networks }) => ({ name, swarm, networks })),
    networks: networks.map(({ name, internal }) => ({ name, internal })),
  }
}

/** The same text for the same shape. */
export function shapeKey(shape: Shape): string {
  return JSON.stringify(shapeOf(shape))
}
