/** Progress to take along: one JSON document, or a table with a row for each answer. */
import { stringify } from 'csv-stringify/sync'
import { z } from 'zod'
import type { ProgressOverview } from '../api'
import type { LabProgress } from '../store'
import type { GivenAnswer } from './answers'
import type { KeptAttempt } from './attempt-reader'

const Answer = z.object({
  itemId: z.string(),
  domain: z.string(),
  objectives: z.array(z.string()),
  difficulty: z.enum(['easy', 'medium', 'hard']),
  delivery: z.enum(['classic', 'domc']),
  right: z.boolean(),
  /** Ids of the options that were chosen or accepted. */
  picked: z.array(z.number()),
  /** Ids of the options that were seen. */
  shown: z.array(z.number()),
  /** Milliseconds. */
  time: z.number(),
  at: z.string(),
})

const Attempt = z.object({
  id: z.string(),
  mode: z.enum(['real', 'practice', 'drill']),
  startedAt: z.string(),
  /** Items of the form; those that were not answered have no answer here. */
  length: z.number(),
  right: z.number(),
  percent: z.number(),
  low: z.number(),
  high: z.number(),
  passed: z.boolean(),
  answers: z.array(Answer),
})

/** What `exam statistics` reads back; the rest of the document is for people. */
export const ExportedAttempts = z.object({ capstan: z.literal('progress'), attempts: z.array(Attempt) })

export interface ExportedProgress extends z.infer<typeof ExportedAttempts> {
  readonly version: 1
  readonly exportedAt: string
  readonly passMark: number
  readonly readiness: Pick<ProgressOverview, 'total' | 'domains'>
  readonly labs: Readonly<Record<string, LabProgress>>
}

export interface ExportSource {
  /** Those that are over. */
  readonly attempts: readonly { readonly kept: KeptAttempt; readonly answers: readonly GivenAnswer[] }[]
  readonly overview: ProgressOverview
  readonly labs: Readonly<Record<string, LabProgress>>
  readonly now: Date
}

export function exportedProgress({ attempts, overview, labs, now }: ExportSource): ExportedProgress {
  const { passMark, total, domains, history } = overview
  const answersOf = new Map(attempts.map(({ kept, answers }) => [kept.attempt.id, answers]))
  return {
    ...{ capstan: 'progress', version: 1, exportedAt: now.toISOString(), passMark },
    readiness: { total, domains },
    attempts: history.map(({ of, ...attempt }) => ({
      ...attempt,
      length: of,
      answers: (answersOf.get(attempt.id) ?? []).map(({ attemptId: _own, at, ...answer }) => ({
        ...answer,
        objectives: [...answer.objectives],
        picked: [...answer.picked],
        shown: [...answer.shown],
        at: at.toISOString(),
      })),
    })),
    labs,
  }
}

/** A row for each answer, with its attempt's beside it. Spreadsheets read commas, quotes and lines as CSV does. */
export function csvOf({ attempts }: Pick<ExportedProgress, 'attempts'>): string {
  const rows = attempts.flatMap(({ id, mode, startedAt, percent, passed, answers }) =>
    answers.map((answer) => ({
      ...{ attempt: id, mode, started: startedAt, percent: percent.toFixed(1), passed: word(passed) },
      ...{ item: answer.itemId, domain: answer.domain, objectives: answer.objectives.join(' ') },
      ...{ difficulty: answer.difficulty, delivery: answer.delivery, right: word(answer.right) },
      ...{ picked: answer.picked.join(' '), seconds: (answer.time / 1000).toFixed(1), answered: answer.at },
    })),
  )
  return stringify(rows, { header: true, columns: COLUMNS })
}

const COLUMNS = [
  ...['attempt', 'mode', 'started', 'percent', 'passed', 'item', 'domain', 'objectives', 'difficulty'],
  ...['delivery', 'right', 'picked', 'seconds', 'answered'],
]

function word(value: boolean): string {
  return value ? 'yes' : 'no'
}
