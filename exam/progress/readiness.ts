/** How ready somebody is: by objective, by domain, and for the whole exam. */
import type { Blueprint } from '../blueprint'
import type { Difficulty } from '../format'
import { Z90 } from '../statistics'
import { type Answer, estimate, expectedShare } from './ability'

export interface KnownAnswer extends Answer {
  readonly domain: string
  readonly objectives: readonly string[]
}

export interface Readiness {
  /** Expected score in per cent, with a 90 % interval. */
  readonly percent: number
  readonly low: number
  readonly high: number
  readonly answers: number
}

export interface ReadinessReport {
  readonly total: Readiness & {
    /** Probability of reaching the pass mark, 0 to 1. */
    readonly pass: number
  }
  readonly domains: readonly (Readiness & {
    readonly id: string
    readonly title: string
    readonly weight: number
  })[]
  readonly objectives: readonly (Readiness & { readonly id: string; readonly title: string })[]
}

/** The difficulty of a form, as the assembler spreads it. */
const SPREAD: Readonly<Record<Difficulty, number>> = { easy: 30, medium: 50, hard: 20 }

/** @param passMark per cent; the blueprint's unless told */
export function readiness(
  answers: readonly KnownAnswer[],
  blueprint: Blueprint,
  passMark = blueprint.exam.passMark,
): ReadinessReport {
  const domains = blueprint.domains.map(({ id, title, weight }) => ({
    ...{ id, title, weight },
    ...readinessOf(answers.filter((answer) => answer.domain === id)),
  }))
  const objectives = blueprint.objectives.map(({ id, title }) => ({
    ...{ id, title },
    ...readinessOf(answers.filter((answer) => answer.objectives.includes(id))),
  }))
  return { total: totalOf(domains, answers.length, passMark, blueprint.exam.items), domains, objectives }
}

function readinessOf(answers: readonly Answer[]): Readiness {
  const { ability } = estimate(answers)
  const percent = (value: number) => 100 * expectedShare(value, SPREAD)
  return {
    percent: percent(ability.value),
    low: percent(ability.low),
    high: percent(ability.high),
    answers: answers.length,
  }
}

/**
 * The whole is the domains by their weights. Two things make its outcome uncertain: what is not known of each domain,
 * and the luck of a form of so many items; their variances add up, and a normal curve over both gives the chance.
 */
function totalOf(
  domains: readonly (Readiness & { readonly weight: number })[],
  answers: number,
  passMark: number,
  items: number,
): ReadinessReport['total'] {
  const share = ({ weight }: { readonly weight: number }) => weight / 100
  const percent = domains.reduce((sum, domain) => sum + share(domain) * domain.percent, 0)
  const unknown = domains.reduce((sum, domain) => sum + (share(domain) * (domain.high - domain.low)) ** 2, 0)
  const deviation = Math.sqrt(unknown) / (2 * Z90)
  const luck = Math.sqrt((percent * (100 - percent)) / items)
  const pass = normal((percent - passMark) / Math.hypot(deviation, luck))
  const spread = Z90 * deviation
  return { percent, low: Math.max(0, percent - spread), high: Math.min(100, percent + spread), answers, pass }
}

/** Distribution function of the standard normal, to 1e-7 (Abramowitz & Stegun 1964, 26.2.17). */
export function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  const tail =
    density * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return z >= 0 ? 1 - tail : tail
}
