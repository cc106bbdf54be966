/**
 * Estimates somebody's ability from right and wrong answers, by a Rasch model (Rasch 1960). The estimate is expected a
 * posteriori over a grid (Bock & Mislevy 1982, "Adaptive EAP estimation of ability in a microcomputer environment",
 * Applied Psychological Measurement 6, 431–444). It is a whole distribution, which stays wide while there are few
 * answers.
 */
import { DIFFICULTY_SPREAD } from '../form'
import type { Difficulty } from '../format'

/** One piece of evidence. A whole answer weighs 1. */
export interface Evidence {
  readonly difficulty: Difficulty
  readonly right: boolean
  /** From 0 to 1: how much of an answer it is. */
  readonly weight: number
}

/** The probability of each ability of `GRID`. They add up to 1. */
export type Belief = readonly number[]

const WIDEST = 5
const STEP = 0.125
/** Abilities in logits: an item of difficulty 0 is solved by ability 0 every other time. */
export const GRID: readonly number[] = Array.from(
  { length: (2 * WIDEST) / STEP + 1 },
  (_one, index) => index * STEP - WIDEST,
)

/** The difficulty of each level that authors choose, in logits. */
const LOCATION: Readonly<Record<Difficulty, number>> = { easy: -1, medium: 0, hard: 1 }
const LEVELS: readonly Difficulty[] = ['easy', 'medium', 'hard']

/** The probability of a right answer (Rasch). */
export function chance(ability: number, difficulty: number): number {
  return 1 / (1 + Math.exp(difficulty - ability))
}

const CHANCES = LEVELS.map((level) => GRID.map((ability) => chance(ability, LOCATION[level])))

/** For each ability of the grid: the share of right answers, 0 to 1, over items with the exam's spread of levels. */
export const SHARES: readonly number[] = GRID.map((ability) =>
  LEVELS.reduce((sum, level) => sum + (DIFFICULTY_SPREAD[level] / 100) * chance(ability, LOCATION[level]), 0),
)

/** How likely the evidence is under each ability of the grid. The greatest value is scaled to 1. */
export function likelihood(evidence: readonly Evidence[]): number[] {
  const weights = LEVELS.map((level) => {
    const of = (right: boolean) =>
      evidence.reduce(
        (sum, one) => sum + (one.difficulty === level && one.right === right ? one.weight : 0),
        0,
      )
    return { right: of(true), wrong: of(false) }
  })
  const logs = GRID.map((_ability, index) =>
    weights.reduce((sum, { right, wrong }, level) => {
      const p = CHANCES[level]?.[index] ?? 0.5
      return sum + right * Math.log(p) + wrong * Math.log(1 - p)
    }, 0),
  )
  const greatest = Math.max(...logs)
  return logs.map((value) => Math.exp(value - greatest))
}

/** A normal distribution on the grid. */
export function normalBelief(mean: number, variance: number): Belief {
  return normalised(GRID.map((ability) => Math.exp(-((ability - mean) ** 2) / (2 * variance))))
}

/** Bayes' rule on the grid. */
export function updated(belief: Belief, likely: readonly number[]): Belief {
  return normalised(belief.map((value, index) => value * (likely[index] ?? 0)))
}

export function normalised(values: readonly number[]): number[] {
  const sum = values.reduce((all, value) => all + value, 0)
  return values.map((value) => value / sum)
}

/** Mean and variance of a function of ability, given on the grid. */
export function moments(belief: Belief, values: readonly number[]): { mean: number; variance: number } {
  const mean = belief.reduce((sum, p, index) => sum + p * (values[index] ?? 0), 0)
  const variance = belief.reduce((sum, p, index) => sum + p * ((values[index] ?? 0) - mean) ** 2, 0)
  return { mean, variance }
}

/** The value of a rising function of ability below which this share of the belief lies. */
export function quantile(belief: Belief, values: readonly number[], share: number): number {
  let below = 0
  for (const [index, p] of belief.entries()) {
    if (below + p >= share) {
      const [from, to] = [values[Math.max(0, index - 1)] ?? 0, values[index] ?? 0]
      return from + (to - from) * ((share - below) / p)
    }
    below += p
  }
  return values.at(-1) ?? 0
}
