/** The engine layer's front door: the parts that main/ may use. */

export { CapstanError, type ErrorCode, isCapstanError } from '../shared/errors'
export { type CheckResult, evaluateCheck } from './checks'
export {
  courseImageNames,
  DEFAULT_ENGINE,
  engineVersion,
  type PreparedImages,
  packagedVersions,
  prepareImages,
} from './images'
export {
  type CommandItem,
  type CommandText,
  commandLab,
  type LabProblem,
  type LabResult,
  type LoadedLab,
  type LoadedStep,
  labJsonSchema,
  lintCatalogue,
  lintLab,
  loadCatalogue,
  loadLab,
  type NodeAction,
  type ParsedLab,
  type ParsedLabs,
  problemText,
  withoutPlace,
} from './labs'
export type { Inspected, LiveMap, MapKind, MapSnapshot, MapThing } from './map'
export { type FileChange, type FileEntry, type LabNode, versionOf } from './node'
export {
  type Capabilities,
  capabilityNames,
  type DoctorReport,
  doctor,
  type EngineSettings,
  engineHome,
  findEngine,
  type Isolation,
  isolationOf,
  type OuterEngine,
  type Progress,
  RemainingTime,
  readKernelKeys,
  readPackageList,
  type Tried,
  triedBefore,
} from './outer'
export {
  type Claim,
  type ClaimVerdict,
  type LabProofProgress,
  type LabVerdict,
  type ProveLabOptions,
  parseClaim,
  parseShare,
  proveClaim,
  proveCommand,
  proveLab,
  shareOf,
} from './proofs'
export { resourcesFolder } from './resources'
export {
  type AddedNode,
  type LabSession,
  MOST_MANAGERS,
  MOST_NODES,
  missingCapabilities,
  ownerOfProofs,
  type PlaygroundChoice,
  type PlaygroundMachine,
  type PlaygroundRecord,
  type PlaygroundRoom,
  reapProofs,
  recordsInMemory,
  roomFor,
  SessionManager,
  type SessionRecord,
  type SessionRecords,
  type SessionSnapshot,
  settled,
  solutionParts,
} from './session'
export {
  type Attachment,
  type OpenTerminalOptions,
  openHostTerminal,
  type Terminal,
  type TerminalSize,
} from './terminal'
export { EngineDisk, removeEverything, removeLeft, roomForNodes, TopologyPool } from './topology'
