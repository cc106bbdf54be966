/** Hands-on exams that are over, as evidence of what is known and as data to export. */
import {
  type Blueprint,
  type HandsOnAttempt,
  type HandsOnResult,
  isGraded,
  type KnownAnswer,
  scoreHandsOn,
} from '../../../exam'
import type { StoredHandsOn } from './attempts'

/** Scores of attempts, each made once: an attempt is a value that never changes. */
export class HandsOnScores {
  readonly #blueprint: Blueprint
  readonly #known = new WeakMap<HandsOnAttempt, HandsOnResult>()

  constructor(blueprint: Blueprint) {
    this.#blueprint = blueprint
  }

  of(attempt: HandsOnAttempt): HandsOnResult {
    const result = this.#known.get(attempt) ?? scoreHandsOn(attempt, this.#blueprint)
    this.#known.set(attempt, result)
    return result
  }
}

/** A hands-on exam with all its grades. */
export interface GradedHandsOn extends StoredHandsOn {
  readonly result: HandsOnResult
}

/** Leaves out the exams that still run or wait for grades. */
export function gradedOf(stored: readonly StoredHandsOn[], scores: HandsOnScores): GradedHandsOn[] {
  return stored
    .filter(({ attempt }) => isGraded(attempt))
    .map((one) => ({ ...one, result: scores.of(one.attempt) }))
}

/**
 * Each task that was begun counts like an item, which is right when the task passed. A task that was not begun is no
 * evidence, just as an item that was never reached.
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
