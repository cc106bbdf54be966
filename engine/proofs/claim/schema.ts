/** The schema of a proof: steps on a fresh node, or on several. */
import { z } from 'zod'
import { CheckFile, ExecExpect, Matcher, NodesFile } from '../../labs'

const Run = z.strictObject({
  /** A bash script, as root in /root. */
  run: z.string().min(1),
  on: z.string().optional(),
  expect: z.union([ExecExpect, Matcher]).optional(),
  within: z.string().optional(),
})

/** A step that looks takes the form of a lab's check; its name says what step it is. */
const Look = z.preprocess(
  (value) => (typeof value === 'object' && value !== null ? { name: 'claim', ...value } : value),
  CheckFile,
)

const Steps = z.array(z.union([Run, Look])).min(1)

export const ProofFile = z.union([
  Steps,
  z.strictObject({ nodes: NodesFile, requires: z.array(z.string()).default([]), steps: Steps }),
])

export type RunStep = z.infer<typeof Run>
export type LookStep = z.infer<typeof Look>
