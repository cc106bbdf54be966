/** The lab format: schema, loader, linter. */
export { type FileProblem as LabProblem, problemText } from '../../shared/files'
export { toCheck } from './check'
export { parseDuration } from './duration'
export type {
  Check,
  CheckCommon,
  LoadedLab,
  LoadedMistake,
  LoadedStep,
  NodeEvent,
  NodeScript,
  Task,
} from './lab'
export { type Known, lintLab } from './lint'
export { type LabResult, loadCatalogue, loadLab } from './load'
export {
  CheckFile,
  ExecExpect,
  type FileExpect,
  type HttpExpect,
  labJsonSchema,
  Matcher,
  type MatcherObject,
  NODE_ACTIONS,
  type NodeAction,
  NodesFile,
} from './schema'
