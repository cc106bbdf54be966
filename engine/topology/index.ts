/** Topologies: the nodes of a lab on their networks, swarms formed; a pool of spares; what is left of dead ones. */
export { leftoversOf, nodesOf, removeEverything, removeTopology, stopNodes, topologiesOn } from './leftovers'
export { TopologyPool, type TopologyPoolOptions } from './pool'
export { roomForNodes } from './room'
export { type Shape, shapeKey, shapeOf } from './shape'
export {
  type BuildOptions,
  Topology,
  type TopologyHost,
  type TopologyImages,
} from './topology'
