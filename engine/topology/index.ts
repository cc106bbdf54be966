/** Topologies, which are the nodes of a lab on their networks: builds, finds and removes them, and keeps spares. */
export type { DiskSpace } from './disk-gauge'
export { EngineDisk, type NodeUse } from './engine-disk'
export { type FoundTopology, leftoversOf, nodesOf, topologiesOn } from './lookup'
export { TopologyPool, type TopologyPoolOptions } from './pool'
export { roomForNodes } from './pool-policy'
export { removeEverything, removeLeft, removeTopology, stopNodes } from './removal'
export { type Shape, shapeKey, shapeOf } from './shape'
export {
  type BuildOptions,
  Topology,
  type TopologyContext,
  type TopologyImages,
} from './topology'
