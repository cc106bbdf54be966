/** A lab session from start to removal: nodes, steps, live checks, terminals, reset, resume, reaping. */
export { LabSession, type LabSessionOptions } from './lab-session'
export { SessionManager, type SessionManagerOptions } from './manager'
export {
  type AddedNode,
  MOST_MANAGERS,
  MOST_NODES,
  type PlaygroundChoice,
  type PlaygroundMachine,
  type PlaygroundRoom,
  roomFor,
} from './playground'
export { ownerOfProofs, reap, reapProofs } from './reaper'
export {
  type PlaygroundRecord,
  recordsInMemory,
  type SessionRecord,
  type SessionRecords,
} from './record'
export { missingCapabilities } from './requirements'
export { settled } from './session-status'
export type {
  CheckSnapshot,
  NodeSnapshot,
  SessionProblem,
  SessionSnapshot,
  SessionState,
  SolutionPart,
  StepSnapshot,
} from './snapshot'
export { solutionParts } from './solution'
export { newRecord } from './steps'
export type { SessionNode } from './topologies'
export { typistOf } from './typist'
