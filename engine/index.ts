/** The engine layer's front door: what main/ may use of it. */
export { type CheckResult, evaluateCheck } from './checks'
export { EngineError, type EngineErrorCode, isEngineError } from './errors'
export {
  type Capabilities,
  type DoctorReport,
  doctor,
  type EngineSettings,
  findEngine,
  type OuterEngine,
  type Progress,
} from './host'
export { courseImageNames, type PreparedImages, prepareImages } from './images'
export {
  type LabProblem,
  type LoadedLab,
  type LoadedStep,
  labJsonSchema,
  lintLab,
  loadCatalogue,
  loadLab,
} from './labs'
export { type FileEntry, type LabNode, removeEverything } from './node'
export * from './session'
export { openHostTerminal, type Terminal, type TerminalSize } from './terminal'
export { type LabVerdict, type VerifyOptions, type VerifyProgress, verifyLab } from './verify'
