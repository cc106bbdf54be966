/** The lab format: schema, loader, linter. */
export {
  type Check,
  type CheckCommon,
  type LabProblem,
  type LoadedLab,
  type LoadedMistake,
  type LoadedStep,
  type NodeScript,
  problemText,
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
} from './schema'
