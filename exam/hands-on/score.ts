/**
 * The result of a hands-on attempt. A task is worth the points of the checks that ask for something. A guard asks for
 * nothing: it gives no points, and takes its points off when it is broken. The exam is the weighted mean of its tasks.
 */
import type { Blueprint } from '../blueprint'
import type { HandsOnTask, TaskGrade } from './events'
import type { HandsOnAttempt, TaskState } from './state'

export interface CheckOutcome {
  readonly name: string
  readonly node: string
  readonly guard: boolean
  readonly points: number
  readonly green: boolean
  readonly expected: string
  readonly found: string
  readonly explanation: string
}

export interface TaskResult {
  readonly id: string
  readonly opened: boolean
  readonly points: number
  readonly of: number
  readonly percent: number
  readonly passed: boolean
  /** Per cent of the exam. */
  readonly share: number
  readonly checks: readonly CheckOutcome[]
}

export interface HandsOnResult {
  readonly percent: number
  readonly passMark: number
  readonly passed: boolean
  readonly tasks: readonly TaskResult[]
  readonly domains: readonly {
    readonly id: string
    readonly title: string
    readonly percent: number
    readonly passed: boolean
    /** Per cent of the exam. */
    readonly share: number
  }[]
}

/** Sums of weighted shares are exact only up to this. A candidate who is just at the pass mark has passed. */
const ROUNDING = 1e-9

/** @returns the id of the domain that the first objective belongs to; empty when it belongs to none */
export function domainOfTask([first = '']: readonly string[], { domains }: Blueprint): string {
  return domains.find(({ prefix }) => first.startsWith(`${prefix}-`))?.id ?? ''
}

/** Scores one task, from 0 to `of` points. */
export function scoreTask(
  checks: HandsOnTask['checks'],
  grade: TaskGrade | null,
): { points: number; of: number } {
  const isGreen = (name: string) => grade?.some((one) => one.name === name && one.green) ?? false
  const sum = (some: HandsOnTask['checks']) => some.reduce((total, { points }) => total + points, 0)
  const asked = checks.filter(({ guard }) => !guard)
  const won = sum(asked.filter(({ name }) => isGreen(name)))
  const lost = sum(checks.filter(({ guard, name }) => guard && !isGreen(name)))
  return { points: Math.max(0, won - lost), of: sum(asked) }
}

export function scoreHandsOn({ form, tasks }: HandsOnAttempt, blueprint: Blueprint): HandsOnResult {
  const { passMark } = form
  const passes = (percent: number) => percent + ROUNDING >= passMark
  const total = form.tasks.reduce((sum, { weight }) => sum + weight, 0)
  const results = form.tasks.map((task, index): TaskResult => {
    const { points, of } = scoreTask(task.checks, tasks[index]?.grade ?? null)
    const percent = of === 0 ? 0 : (points / of) * 100
    return {
      id: task.id,
      points,
      of,
      percent,
      passed: passes(percent),
      opened: tasks[index]?.state !== 'new',
      share: (task.weight / total) * 100,
      checks: outcomes(task, tasks[index]),
    }
  })
  const meanOf = (is: (task: HandsOnTask) => boolean) => {
    const own = results.filter((_result, index) => is(form.tasks[index] as HandsOnTask))
    const share = own.reduce((sum, one) => sum + one.share, 0)
    const percent = share === 0 ? 0 : own.reduce((sum, one) => sum + one.percent * one.share, 0) / share
    return { percent, share, passed: passes(percent) }
  }
  const { percent, passed } = meanOf(() => true)
  const domains = blueprint.domains
    .map(({ id, title }) => ({ id, title, ...meanOf(({ domain }) => domain === id) }))
    .filter(({ share }) => share > 0)
  return { percent, passMark, passed, tasks: results, domains }
}

function outcomes(task: HandsOnTask, state: TaskState | undefined): CheckOutcome[] {
  return task.checks.map((check) => {
    const found = state?.grade?.find(({ name }) => name === check.name)
    if (found) return { ...check, ...found }
    const explanation =
      state?.state === 'new' ? 'You did not open this task.' : 'This check is no longer part of the task.'
    return { ...check, green: false, expected: '', found: '', explanation }
  })
}
