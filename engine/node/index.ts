/** Lab nodes: containers with an engine of their own. Create, exec, files, inner API, removal. */
export { NODE_CAPABILITIES } from './capabilities'
export {
  type CreateNodeOptions,
  containerSpec,
  createNode,
  createSessionNetwork,
  type NodeHost,
  type NodeImages,
} from './create'
export type { FileEntry } from './files'
export { type Belonging, KIND, LAB, labelsOf, NODE, OWNER, SESSION } from './labels'
export { LabNode, type NodeState } from './node'
export {
  adoptNodes,
  removeEverything,
  removeSession,
  sessionLeftovers,
  sessionsOn,
  stopNodes,
} from './sessions'
