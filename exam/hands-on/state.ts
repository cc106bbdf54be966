/** A hands-on attempt as its events make it: a pure fold. */
import { misfit, noBeginning } from '../attempt'
import type { HandsOnEvent, HandsOnForm, TaskGrade } from './events'

export interface TaskState {
  /** A task is `new` until it is first opened. Until then it has no nodes. */
  readonly state: 'new' | 'open' | 'handed-in'
  /** Null until it is graded. A task that was never opened is never graded. */
  readonly grade: TaskGrade | null
  /** When the checks began to look; null before, and where the journal does not say it. */
  readonly judgedAt: string | null
}

export interface HandsOnAttempt {
  readonly id: string
  readonly form: HandsOnForm
  /** Milliseconds. */
  readonly limit: number
  /** The attempt's time of the last event. */
  readonly elapsed: number
  /** Index of the task that was opened last; null before the first. */
  readonly current: number | null
  readonly tasks: readonly TaskState[]
  /** Null while it runs. */
  readonly endedBy: 'candidate' | 'time' | null
}

/** @throws CapstanError `store-corrupt` for an empty journal, or one that does not begin at the beginning */
export function foldHandsOn(events: readonly HandsOnEvent[]): HandsOnAttempt {
  const [first, ...rest] = events
  if (first?.kind !== 'began') throw noBeginning()
  const { attemptId: id, form, limit } = first
  const begun: HandsOnAttempt = {
    id,
    form,
    limit,
    elapsed: 0,
    current: null,
    endedBy: null,
    tasks: form.tasks.map(() => ({ state: 'new', grade: null, judgedAt: null })),
  }
  return rest.reduce(applyHandsOn, begun)
}

/**
 * Adds one event. An event that no longer fits (work after the end, a second grade) changes nothing but the time.
 * @throws CapstanError `bad-input` for a task that the exam does not have
 */
export function applyHandsOn(attempt: HandsOnAttempt, event: HandsOnEvent): HandsOnAttempt {
  if (event.kind === 'began') throw misfit('An attempt begins once.')
  if (event.kind === 'graded') return graded(attempt, event)
  if (attempt.endedBy) return attempt
  const now = { ...attempt, elapsed: Math.max(attempt.elapsed, Math.min(event.at, attempt.limit)) }
  if (event.kind === 'ended') return ended(now, event.by)
  const { state } = taskAt(now, event.task)
  if (event.kind === 'opened') {
    if (state === 'handed-in') return now
    return withTask({ ...now, current: event.task }, event.task, { state: 'open' })
  }
  return state === 'open' ? withTask(now, event.task, { state: 'handed-in' }) : now
}

/** Keeps the first grade of a task. It may come after the end, when its nodes have been looked at. */
function graded(attempt: HandsOnAttempt, event: Extract<HandsOnEvent, { kind: 'graded' }>): HandsOnAttempt {
  const { state, grade } = taskAt(attempt, event.task)
  if (state !== 'handed-in' || grade) return attempt
  return withTask(attempt, event.task, { grade: event.checks, judgedAt: event.judgedAt ?? null })
}

/** Ends the attempt, which hands in every open task. */
function ended(attempt: HandsOnAttempt, by: 'candidate' | 'time'): HandsOnAttempt {
  const tasks = attempt.tasks.map(
    (task): TaskState => (task.state === 'open' ? { ...task, state: 'handed-in' } : task),
  )
  const elapsed = by === 'time' ? attempt.limit : attempt.elapsed
  return { ...attempt, tasks, elapsed, endedBy: by }
}

function taskAt({ tasks }: HandsOnAttempt, index: number): TaskState {
  const task = tasks[index]
  if (!task) throw misfit(`The exam has no task ${index}.`)
  return task
}

function withTask(attempt: HandsOnAttempt, index: number, part: Partial<TaskState>): HandsOnAttempt {
  return { ...attempt, tasks: attempt.tasks.map((task, at) => (at === index ? { ...task, ...part } : task)) }
}

/** Indices of the tasks that were handed in and are still to be graded. */
export function awaitingGrade({ tasks }: Pick<HandsOnAttempt, 'tasks'>): number[] {
  return tasks.flatMap(({ state, grade }, index) => (state === 'handed-in' && !grade ? [index] : []))
}

/** True when the attempt is over and every task that was handed in has its grade. */
export function isGraded(attempt: HandsOnAttempt): boolean {
  return attempt.endedBy !== null && awaitingGrade(attempt).length === 0
}
