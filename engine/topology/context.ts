/** What topologies are made with: the engine, the images of nodes, and who owns what is made. */
import type { NodeEngine, NodeImages } from '../node'

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
