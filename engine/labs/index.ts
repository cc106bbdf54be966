/** The lab format: schema, loader, linter. */
export {
  type Check,
  type CheckCommon,
  type LabProblem,
  type LoadedLab,
  type LoadedMistake,
  type LoadedStep,
  type NodeEvent,
  type NodeScript,
  problemText,
  type Task,
} from './lab'
export { type Known, lintLab } from './lint'
export { type LabResult, loadCatalogue, loadLab } from './load'
export {
  type ExecExpect,
  type FileExpect,
  type HttpExpect,
  labJsonSchema,
  type Matcher,
  type MatcherObject,
  NODE_ACTIONS,
  type NodeAction,
} from './schema'
