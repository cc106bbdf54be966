/** Scores of attempts, each made once: an attempt is a value that never changes. */
import { type Attempt, type Blueprint, type Result, score } from '../../../exam'

export class Scores {
  readonly #blueprint: Blueprint
  readonly #known = new WeakMap<Attempt, Result>()

  constructor(blueprint: Blueprint) {
    this.#blueprint = blueprint
  }

  /** @param passMark per cent; a score that was made for another pass mark is made again */
  of(attempt: Attempt, passMark: number): Result {
    const known = this.#known.get(attempt)
    if (known?.passMark === passMark) return known
    const result = score(attempt, this.#blueprint, passMark)
    this.#known.set(attempt, result)
    return result
  }
}
