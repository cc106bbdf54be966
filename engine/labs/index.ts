/** The lab format: schema, loader, linter. */
export { type FileProblem as LabProblem, problemText } from '../../shared/files'
/** The steps of a lab hold checks, so whoever works with labs finds their type here too. */
export type { Check } from '../checks'
export { type CatalogueOptions, loadCatalogue, TASKS } from './catalogue'
export { type CommandItem, type CommandText, commandLab } from './command-item'
export type {
  LabFiles,
  LoadedLab,
  LoadedMistake,
  LoadedStep,
  NodeEvent,
  NodeScript,
  ScriptStep,
} from './lab'
export { type Known, lintCatalogue, lintLab } from './lint'
export { type LabResult, loadLab } from './load'
export { type ParsedLab, type ParsedLabs, withoutPlace } from './parsed'
export { ENGINE_VERSION, labJsonSchema, NODE_ACTIONS, type NodeAction, NodesFile } from './schema'
