/**
 * How able somebody is, from right and wrong answers: a Rasch model whose abilities and difficulties are updated
 * together by Elo-like steps (Pelánek 2016, "Applications of the Elo rating system in adaptive educational systems").
 */
import type { Difficulty } from '../format'
import { Z90 } from '../statistics'

/** Logits. Difficulty 0 is solved by an average candidate every other time. */
export interface Estimate {
  readonly value: number
  /** How many answers it rests on. */
  readonly count: number
}

export interface Answer {
  readonly itemId: string
  readonly difficulty: Difficulty
  readonly right: boolean
}

/** Where authors' levels begin; answers move them. */
const START: Readonly<Record<Difficulty, number>> = { easy: -1, medium: 0, hard: 1 }
/** Size of the first step, and how fast steps shrink with the number of answers (Pelánek, section 3.2). */
const STEP = 1
const SHRINK = 0.05
/** What an ability is before any answer: average, and this uncertain. */
const PRIOR_VARIANCE = 1.5

/** Probability of a right answer (Rasch). DOMC leaves little to guess, so there is no guessing term. */
export function chance(ability: number, difficulty: number): number {
  return 1 / (1 + Math.exp(difficulty - ability))
}

export interface Ability extends Estimate {
  /** Bounds of a 90 % interval, in logits. */
  readonly low: number
  readonly high: number
}

export interface Abilities {
  readonly ability: Ability
  /** Difficulties of the items that were answered, by id. */
  readonly difficulties: ReadonlyMap<string, Estimate>
}

/**
 * Folds answers in the order in which they were given.
 * @param known difficulties from earlier answers, of anybody
 */
export function estimate(
  answers: readonly Answer[],
  known: ReadonlyMap<string, Estimate> = new Map(),
): Abilities {
  const difficulties = new Map(known)
  let own: Estimate = { value: 0, count: 0 }
  let information = 1 / PRIOR_VARIANCE
  for (const { itemId, difficulty, right } of answers) {
    const item = difficulties.get(itemId) ?? { value: START[difficulty], count: 0 }
    const expected = chance(own.value, item.value)
    const surprise = (right ? 1 : 0) - expected
    information += expected * (1 - expected)
    own = moved(own, surprise)
    difficulties.set(itemId, moved(item, -surprise))
  }
  const spread = Z90 / Math.sqrt(information)
  return { ability: { ...own, low: own.value - spread, high: own.value + spread }, difficulties }
}

function moved({ value, count }: Estimate, surprise: number): Estimate {
  return { value: value + (STEP / (1 + SHRINK * count)) * surprise, count: count + 1 }
}

/** Share of right answers that this ability would give over items spread as the exam's are, 0 to 1. */
export function expectedShare(ability: number, spread: Readonly<Record<Difficulty, number>>): number {
  const levels = Object.entries(spread) as [Difficulty, number][]
  const total = levels.reduce((sum, [, weight]) => sum + weight, 0)
  return levels.reduce((sum, [level, weight]) => sum + (weight / total) * chance(ability, START[level]), 0)
}
