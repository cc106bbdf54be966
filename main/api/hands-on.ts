/** The hands-on part of the contract. Solutions, and what checks found, are only in the result. */
import { z } from 'zod'
import { SolutionPart } from './sessions'
import { AttemptRef, ExtraTime, Id, Nothing, Titled, type View } from './shapes'

const TaskOfExam = z.object({
  title: z.string(),
  /** Title of the domain. */
  domain: z.string(),
  minutes: z.number(),
  /** Per cent of the exam. */
  share: z.number(),
  nodes: z.array(z.string()),
})

export const HandsOnExamView = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  minutes: z.number(),
  /** Per cent. */
  passMark: z.number(),
  tasks: z.array(TaskOfExam),
  /** Capabilities that its tasks need and this engine does not have. */
  missing: z.array(z.string()),
  /** Why it cannot be taken, if its files are broken; in one sentence. */
  problem: z.string().nullable(),
})
export type HandsOnExamView = View<typeof HandsOnExamView>

/** `grading`: it is over, and the nodes are still being looked at. */
const State = z.enum(['running', 'grading', 'ended'])

export const HandsOnSummary = z.object({
  id: z.string(),
  examId: z.string(),
  title: z.string(),
  startedAt: z.string(),
  state: State,
  /** Milliseconds; null after the end. */
  timeLeft: z.number().nullable(),
  /** Null until everything is graded. */
  percent: z.number().nullable(),
  passed: z.boolean().nullable(),
})
export type HandsOnSummary = View<typeof HandsOnSummary>

export const HandsOnView = z.object({
  id: z.string(),
  title: z.string(),
  state: State,
  /** Milliseconds. */
  limit: z.number(),
  /** Milliseconds left when this view was made. */
  timeLeft: z.number(),
  /** Index of the task that was opened last. */
  current: z.number().nullable(),
  tasks: z.array(
    TaskOfExam.extend({
      markdown: z.string(),
      /** `new`: it has no nodes yet. */
      state: z.enum(['new', 'open', 'handed-in']),
      /** The session that holds its nodes, while it is open. */
      sessionId: z.string().nullable(),
    }),
  ),
})
export type HandsOnView = View<typeof HandsOnView>

export const HandsOnResultView = HandsOnSummary.extend({
  percent: z.number(),
  passed: z.boolean(),
  passMark: z.number(),
  /** Times the usual time; 1 without extra time. */
  extraTime: z.number(),
  domains: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      percent: z.number(),
      share: z.number(),
      passed: z.boolean(),
    }),
  ),
  tasks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      domain: z.string(),
      markdown: z.string(),
      opened: z.boolean(),
      points: z.number(),
      of: z.number(),
      percent: z.number(),
      passed: z.boolean(),
      share: z.number(),
      checks: z.array(
        z.object({
          name: z.string(),
          node: z.string(),
          guard: z.boolean(),
          points: z.number(),
          green: z.boolean(),
          expected: z.string(),
          found: z.string(),
          explanation: z.string(),
        }),
      ),
      /** When the candidate's work had ended and the checks began to look; null where nobody looked. */
      judgedAt: z.string().nullable(),
      nodes: z.array(z.string()),
      /** One way to do the task. Empty for a task that is no longer there. */
      solution: z.array(SolutionPart),
      /** Labs that teach an objective of the task. */
      labs: z.array(Titled),
    }),
  ),
})
export type HandsOnResultView = View<typeof HandsOnResultView>

const TaskRef = AttemptRef.extend({ task: z.number().int().min(0).max(100) })

export const StartHandsOn = z.object({
  examId: Id,
  extraTime: ExtraTime,
})

export const handsOnContract = {
  calls: {
    'handsOn.list': {
      in: Nothing,
      out: z.object({ exams: z.array(HandsOnExamView), attempts: z.array(HandsOnSummary) }),
    },
    /** Fails with code `session-exists` while another one runs: its tasks hold nodes. */
    'handsOn.start': { in: StartHandsOn, out: AttemptRef },
    /** Works on a task; the first time it gets its nodes. */
    'handsOn.open': { in: TaskRef, out: HandsOnView },
    /** Has a task graded, and gives its nodes back. */
    'handsOn.handIn': { in: TaskRef, out: HandsOnView },
    'handsOn.end': { in: AttemptRef, out: HandsOnView },
    /** Fails with code `session-state` until everything is graded. */
    'handsOn.result': { in: AttemptRef, out: HandsOnResultView },
    /** Deletes an attempt that has all its grades, while no exam runs. */
    'handsOn.remove': { in: AttemptRef, out: Nothing },
  },
  streams: { 'handsOn.watch': { in: AttemptRef, out: HandsOnView } },
} as const
