/** The labs' part of the contract: the catalogue. */
import { z } from 'zod'
import { Problem } from './errors'
import { Difficulty, Id, Nothing, type View } from './shapes'

export const LabSummary = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  domain: z.string(),
  objectives: z.array(z.string()),
  difficulty: Difficulty,
  minutes: z.number(),
  requires: z.array(z.string()),
  /** Required capabilities that this engine does not have; empty when the lab can be started. */
  missing: z.array(z.string()),
  nodes: z.array(z.string()),
  stepCount: z.number(),
  stepsDone: z.number(),
  completedAt: z.string().nullable(),
  /** The session in which this lab is open now, if there is one. */
  sessionId: z.string().nullable(),
  /** Why the lab's files cannot be used, if they cannot. */
  problem: Problem.nullable(),
})
export type LabSummary = View<typeof LabSummary>

export const LabStep = z.object({
  id: z.string(),
  title: z.string(),
  markdown: z.string(),
  hintCount: z.number(),
  hasSolution: z.boolean(),
})
export type LabStep = View<typeof LabStep>

export const LabDetail = LabSummary.extend({ steps: z.array(LabStep) })
export type LabDetail = View<typeof LabDetail>

export const labsContract = {
  calls: {
    'lab.list': { in: Nothing, out: z.array(LabSummary) },
    'lab.open': { in: z.object({ labId: Id }), out: LabDetail },
  },
  streams: { 'lab.watch': { in: Nothing, out: z.array(LabSummary) } },
} as const
