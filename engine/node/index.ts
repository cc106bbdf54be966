/** Lab nodes, which are containers with an engine of their own: create, exec, files, inner API. */

export {
  type CreateNodeOptions,
  containerSpec,
  createNode,
  join,
  MIRROR_PORT,
  type NodeContext,
  type NodeEngine,
  type NodeImages,
  type NodeNetwork,
} from './create'
export { endProcesses } from './end-processes'
export type { FileChange } from './file-changes'
export { type FileEntry, versionOf } from './files'
export { type Belonging, DISK, KIND, labelsOf, MEMORY, NAME, OWNER, PROCESS, TOPOLOGY } from './labels'
export { limitsOf, type Machine, type NodeLimits, type NodeNeed } from './limits'
export { NODE_CAPABILITIES } from './linux-capabilities'
export { LabNode, type NodeState } from './node'
export { thaw } from './thaw'
