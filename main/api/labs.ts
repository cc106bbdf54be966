/** The labs' part of the contract: the catalogue. */
import { z } from 'zod'
import { Problem } from './problem'
import { Difficulty, Id, Nothing, type View } from './shapes'

/** SHA-256 in hexadecimal digits. */
const Hash = z.string().regex(/^[0-9a-f]{64}$/)

/** What a person is asked before a lab that does not ship with Capstan may run. */
export const LabConsent = z.object({
  /** Of the content of the lab's folder: the consent is to this content only. */
  hash: Hash,
  folder: z.string(),
  /** Scripts that run in its nodes by themselves, as root of the node. */
  scripts: z.number(),
  /** Files and folders that are copied into its nodes. */
  files: z.number(),
  /** What root in a node is on this computer; null while no engine was found. */
  isolation: z.enum(['user-namespace', 'host-root']).nullable(),
})
export type LabConsent = View<typeof LabConsent>

export const LabSummary = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  domain: z.string(),
  objectives: z.array(z.string()),
  difficulty: Difficulty,
  minutes: z.number(),
  requires: z.array(z.string()),
  /** The version of Docker that the lab needs in its nodes; null for the usual one. */
  engine: z.string().nullable(),
  /** Required capabilities that this engine does not have; empty when the lab can be started. */
  missing: z.array(z.string()),
  nodes: z.array(z.string()),
  stepCount: z.number(),
  stepsDone: z.number(),
  completedAt: z.string().nullable(),
  /** The step at which a lab that was stopped goes on; null for one that begins at its first step. */
  continueAt: z.object({ stepId: z.string(), number: z.number() }).nullable(),
  /** The session in which this lab is open now, if there is one. */
  sessionId: z.string().nullable(),
  /** The lab does not ship with Capstan, and was not allowed yet; null when it may run. */
  consent: LabConsent.nullable(),
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
  /** The student has done it, now or in an earlier session. */
  done: z.boolean(),
})
export type LabStep = View<typeof LabStep>

export const LabDetail = LabSummary.extend({ steps: z.array(LabStep) })
export type LabDetail = View<typeof LabDetail>

export const labsContract = {
  calls: {
    'lab.list': { in: Nothing, out: z.array(LabSummary) },
    'lab.open': { in: z.object({ labId: Id }), out: LabDetail },
    /** Keeps the person's consent to a lab, as it is now. */
    'lab.allow': { in: z.object({ labId: Id, hash: Hash }), out: Nothing },
  },
  streams: { 'lab.watch': { in: Nothing, out: z.array(LabSummary) } },
} as const
