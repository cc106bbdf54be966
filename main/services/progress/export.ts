/** Exports of progress: one JSON document, or a table with a row for each answer. */
import { stringify } from 'csv-stringify/sync'
import { z } from 'zod'
import { extraTimeOf } from '../../../exam'
import { type DeepReadonly, Delivery, Difficulty, Mode, type ProgressOverview } from '../../api'
import type { LabProgress } from '../../store'
import type { GivenAnswer, StoredExam } from '../exams'
import type { GradedHandsOn } from '../hands-on'

const Answer = z.object({
  itemId: z.string(),
  domain: z.string(),
  objectives: z.array(z.string()),
  difficulty: Difficulty,
  delivery: Delivery,
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
  mode: Mode,
  startedAt: z.string(),
  /** Items of the form; those that were not answered have no answer here. */
  length: z.number(),
  right: z.number(),
  percent: z.number(),
  low: z.number(),
  high: z.number(),
  passed: z.boolean(),
  /** Times the usual time; exports of an older Capstan do not say it. */
  extraTime: z.number().default(1),
  answers: z.array(Answer),
})

/** The part that `exam statistics` reads back; the rest of the document is for people. */
export const ExportedAttempts = z.object({ capstan: z.literal('progress'), attempts: z.array(Attempt) })

export interface ExportedProgress extends DeepReadonly<z.infer<typeof ExportedAttempts>> {
  readonly version: 1
  readonly exportedAt: string
  readonly passMark: number
  readonly readiness: Pick<ProgressOverview, 'total' | 'domains'>
  readonly handsOn: readonly ExportedHandsOn[]
  readonly labs: Readonly<Record<string, LabProgress>>
}

interface ExportedHandsOn {
  readonly id: string
  readonly examId: string
  readonly title: string
  readonly startedAt: string
  readonly percent: number
  readonly passMark: number
  readonly passed: boolean
  /** Times the usual time; 1 without extra time. */
  readonly extraTime: number
  readonly tasks: readonly {
    readonly taskId: string
    readonly title: string
    readonly domain: string
    readonly objectives: readonly string[]
    readonly opened: boolean
    readonly points: number
    readonly of: number
    readonly passed: boolean
  }[]
}

export interface ExportSource {
  /** The attempts that are over. */
  readonly attempts: readonly { readonly stored: StoredExam; readonly answers: readonly GivenAnswer[] }[]
  readonly handsOn: readonly GradedHandsOn[]
  readonly overview: ProgressOverview
  readonly labs: Readonly<Record<string, LabProgress>>
  readonly now: Date
}

export function exportedProgress({ attempts, handsOn, overview, labs, now }: ExportSource): ExportedProgress {
  const { passMark, total, domains, history } = overview
  const sources = new Map(attempts.map((source) => [source.stored.attempt.id, source]))
  return {
    capstan: 'progress',
    version: 1,
    exportedAt: now.toISOString(),
    passMark,
    readiness: { total, domains },
    attempts: history.map(({ of, ...attempt }) => ({
      ...attempt,
      length: of,
      extraTime: extraTimeOf(sources.get(attempt.id)?.stored.attempt),
      answers: (sources.get(attempt.id)?.answers ?? []).map(({ attemptId: _own, at, ...answer }) => ({
        ...answer,
        at: at.toISOString(),
      })),
    })),
    handsOn: handsOn.map(exportedHandsOn),
    labs,
  }
}

function exportedHandsOn({ attempt, startedAt, result }: GradedHandsOn): ExportedHandsOn {
  const { id, form } = attempt
  const { percent, passMark, passed } = result
  const { examId, title } = form
  const tasks = result.tasks.flatMap(({ id: taskId, opened, points, of, passed: isPassed }, index) => {
    const task = form.tasks[index]
    if (!task) return []
    const { title: name, domain, objectives } = task
    return [{ taskId, title: name, domain, objectives, opened, points, of, passed: isPassed }]
  })
  return {
    id,
    examId,
    title,
    startedAt: startedAt.toISOString(),
    percent,
    passMark,
    passed,
    extraTime: extraTimeOf(attempt),
    tasks,
  }
}

/**
 * Makes a row for each answer and for each task of a hands-on exam. The cells of an attempt are repeated in each of
 * its rows.
 */
export function csvOf({ attempts, handsOn }: Pick<ExportedProgress, 'attempts' | 'handsOn'>): string {
  const rows = attempts.flatMap((attempt) =>
    attempt.answers.map((answer) => ({
      ...cellsOf(attempt, attempt.mode),
      item: answer.itemId,
      domain: answer.domain,
      objectives: answer.objectives.join(' '),
      difficulty: answer.difficulty,
      delivery: answer.delivery,
      right: word(answer.right),
      picked: answer.picked.join(' '),
      seconds: (answer.time / 1000).toFixed(1),
      answered: answer.at,
    })),
  )
  const tasks = handsOn.flatMap((attempt) =>
    attempt.tasks.map((task) => ({
      ...cellsOf(attempt, 'hands-on'),
      item: task.taskId,
      domain: task.domain,
      objectives: task.objectives.join(' '),
      delivery: 'task',
      right: word(task.passed),
    })),
  )
  return stringify([...rows, ...tasks], { header: true, columns: COLUMNS })
}

type AttemptCells = Pick<ExportedHandsOn, 'id' | 'startedAt' | 'percent' | 'passed' | 'extraTime'>

/** The cells that stand in every row of an attempt. */
function cellsOf({ id, startedAt, percent, passed, extraTime }: AttemptCells, mode: string) {
  return {
    attempt: id,
    mode,
    started: startedAt,
    percent: percent.toFixed(1),
    passed: word(passed),
    time: String(extraTime),
  }
}

const COLUMNS = [
  'attempt',
  'mode',
  'started',
  'percent',
  'passed',
  'time',
  'item',
  'domain',
  'objectives',
  'difficulty',
  'delivery',
  'right',
  'picked',
  'seconds',
  'answered',
]

function word(value: boolean): string {
  return value ? 'yes' : 'no'
}
