/** The schema of a proof: steps on one fresh node, or on several. */
import { z } from 'zod'
import { CheckFile, Duration, ExecExpect } from '../../checks'
import { NodesFile } from '../../labs'

const Run = z.strictObject({
  /** A bash script, run as root in /root. */
  run: z.string().min(1),
  /** The node that the script runs in; the first one when left out. */
  on: z.string().optional(),
  expect: ExecExpect.optional(),
  /** How long the script is tried again until it does what is expected; once when left out. */
  within: Duration.optional(),
})

/** A step that looks has the form of a lab's check. Its name is never shown, so it may be left out. */
const Look = z.preprocess(
  (value) => (typeof value === 'object' && value !== null ? { name: 'claim', ...value } : value),
  CheckFile,
)

const Steps = z.array(z.union([Run, Look])).min(1)

/** All nodes of a proof are on one network, so that a node names none. */
const Nodes = NodesFile.refine(
  (nodes) => Object.values(nodes).every(({ networks }) => networks === undefined),
  'the nodes of a proof share one network, so networks must be left out',
)

export const ProofFile = z.union([
  Steps,
  z.strictObject({ nodes: Nodes, requires: z.array(z.string()).default([]), steps: Steps }),
])

export type RunStep = z.infer<typeof Run>
export type LookStep = z.infer<typeof Look>
