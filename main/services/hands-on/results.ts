/** Hands-on exams that are over, as evidence of what is known and to take along. */
import {
  type Blueprint,
  foldHandsOn,
  type HandsOnAttempt,
  type HandsOnEvent,
  type HandsOnResult,
  isGraded,
  type KnownAnswer,
  scoreHandsOn,
} from '../../../exam'
import type { JournalFolder } from '../../store'
import { type Entry, folded } from '../attempts/journal'
import { AttemptReader, type OnProblem } from '../attempts/reader'

export interface KeptHandsOn {
  readonly attempt: HandsOnAttempt
  readonly startedAt: Date
  /** When its last grade came, or what happened last before. */
  readonly lastAt: Date
}

export type HandsOnReader = AttemptReader<HandsOnEvent, KeptHandsOn>

export function handsOnReader(
  journals: JournalFolder<Entry<HandsOnEvent>>,
  onProblem: OnProblem,
): HandsOnReader {
  const isOver = ({ attempt }: KeptHandsOn) => isGraded(attempt)
  return new AttemptReader({ journals, keep: keptHandsOn, isOver, onProblem })
}

function keptHandsOn(file: string, entries: readonly Entry<HandsOnEvent>[]): KeptHandsOn | null {
  const [first, last] = [entries[0], entries.at(-1)]
  if (!first || !last) return null
  return {
    attempt: folded(file, entries, foldHandsOn),
    startedAt: new Date(first.moment.wall),
    lastAt: new Date(last.moment.wall),
  }
}

/** A hands-on exam with all its grades. */
export interface GradedHandsOn extends KeptHandsOn {
  readonly result: HandsOnResult
}

/** Of those that still run, or wait for grades, nothing is told. */
export function gradedOf(kept: readonly KeptHandsOn[], blueprint: Blueprint): GradedHandsOn[] {
  return kept
    .filter(({ attempt }) => isGraded(attempt))
    .map((one) => ({ ...one, result: scoreHandsOn(one.attempt, blueprint) }))
}

/**
 * Each task that was begun counts like an item: right when it passed. One that was not begun says nothing of what is
 * known, as an item that was never reached.
 * @param difficultyOf undefined for a task that is no longer there
 */
export function tasksAsAnswers(
  graded: readonly GradedHandsOn[],
  difficultyOf: (taskId: string) => KnownAnswer['difficulty'] | undefined,
): KnownAnswer[] {
  return graded.flatMap(({ attempt, result, lastAt }) =>
    result.tasks.flatMap(({ id, opened, passed }, index): KnownAnswer[] => {
      const task = attempt.form.tasks[index]
      if (!opened || !task) return []
      const { domain, objectives } = task
      const difficulty = difficultyOf(id) ?? 'medium'
      return [{ itemId: id, difficulty, right: passed, domain, objectives, at: lastAt }]
    }),
  )
}
