/** Proofs on the real engine: of labs, and of single claims such as those of questions. */

export { type Claim, type ClaimVerdict, type ProveClaimOptions, parseClaim, proveClaim } from './claim'
export { type ProveCommandOptions, proveCommand } from './command'
export {
  type LabProofProblem,
  type LabProofProgress,
  type LabVerdict,
  type ProblemKind,
  type ProveLabOptions,
  proveLab,
  type StepVerdict,
} from './lab'
export { parseShare, type Share, shareOf } from './share'
