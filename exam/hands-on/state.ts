/** A hands-on attempt as its events make it: a pure fold. */
import { JournalError } from '../attempt'
import type { HandsOnEvent, HandsOnForm, TaskGrade } from './events'

export interface TaskState {
  /** `new`: it was never opened, and has no nodes. */
  readonly state: 'new' | 'open' | 'handed-in'
  /** Null until it was graded; a task that was never opened is not. */
  readonly grade: TaskGrade | null
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

/** @throws JournalError for an empty journal, or one that does not begin at the beginning */
export function foldHandsOn(events: readonly HandsOnEvent[]): HandsOnAttempt {
  const [first, ...rest] = events
  if (first?.kind !== 'began')
    throw new JournalError('The journal does not begin with the beginning of an attempt.')
  const { attemptId: id, form, limit } = first
  const begun: HandsOnAttempt = {
    ...{ id, form, limit, elapsed: 0, current: null, endedBy: null },
    tasks: form.tasks.map(() => ({ state: 'new', grade: null })),
  }
  return rest.reduce(applyHandsOn, begun)
}

/** One event more. Events that no longer fit (work after the end, a second grade) change nothing but the time. */
export function applyHandsOn(attempt: HandsOnAttempt, event: HandsOnEvent): HandsOnAttempt {
  if (event.kind === 'began') throw new JournalError('An attempt begins once.')
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

/** A grade comes when the nodes were looked at, be that after the end; the first one stays. */
function graded(attempt: HandsOnAttempt, event: Extract<HandsOnEvent, { kind: 'graded' }>): HandsOnAttempt {
  const { state, grade } = taskAt(attempt, event.task)
  if (state !== 'handed-in' || grade) return attempt
  return withTask(attempt, event.task, { grade: event.checks })
}

/** What is open at the end is handed in by it. */
function ended(attempt: HandsOnAttempt, by: 'candidate' | 'time'): HandsOnAttempt {
  const tasks = attempt.tasks.map(
    (task): TaskState => (task.state === 'open' ? { ...task, state: 'handed-in' } : task),
  )
  const elapsed = by === 'time' ? attempt.limit : attempt.elapsed
  return { ...attempt, tasks, elapsed, endedBy: by }
}

function taskAt({ tasks }: HandsOnAttempt, index: number): TaskState {
  const task = tasks[index]
  if (!task) throw new JournalError(`The exam has no task ${index}.`)
  return task
}

function withTask(attempt: HandsOnAttempt, index: number, part: Partial<TaskState>): HandsOnAttempt {
  return { ...attempt, tasks: attempt.tasks.map((task, at) => (at === index ? { ...task, ...part } : task)) }
}

/** Indices of the tasks that were handed in and are still to be graded. */
export function awaitingGrade({ tasks }: Pick<HandsOnAttempt, 'tasks'>): number[] {
  return tasks.flatMap(({ state, grade }, index) => (state === 'handed-in' && !grade ? [index] : []))
}

/** It is over, and everything that was handed in has its grade. */
export function isGraded(attempt: HandsOnAttempt): boolean {
  return attempt.endedBy !== null && awaitingGrade(attempt).length === 0
}
