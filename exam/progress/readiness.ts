/**
 * Estimates how ready somebody is: by objective, by domain, and for the whole exam.
 *
 * The abilities in the domains vary around a common one. Each is estimated from its own evidence and, while there is
 * little of it, from the evidence of the other domains ("borrowing strength": Wainer et al. 2001, in Thissen & Wainer,
 * Test Scoring, chapter 9).
 */
import type { Blueprint } from '../blueprint'
import { Z90 } from '../statistics'
import {
  type Belief,
  type Evidence,
  GRID,
  likelihood,
  moments,
  normalBelief,
  normalised,
  quantile,
  SHARES,
  updated,
} from './ability'
import type { PlacedEvidence } from './evidence'

export interface Readiness {
  /** Expected score in per cent, with a 90 % interval. */
  readonly percent: number
  readonly low: number
  readonly high: number
  /** The number of different items that it is based on. */
  readonly items: number
  /** The number of completed labs that it is based on. */
  readonly labs: number
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

/** Variances in logits: of people, of a person's domains around the whole, of objectives around their domain. */
const OF_PEOPLE = 1
const OF_DOMAINS = 0.4
const OF_OBJECTIVES = 0.4

/** @param passMark per cent; the default is the blueprint's */
export function readiness(
  evidence: readonly PlacedEvidence[],
  blueprint: Blueprint,
  passMark = blueprint.exam.passMark,
): ReadinessReport {
  const parts = partsOf(evidence, blueprint)
  const common = commonOf(parts)
  const domains = blueprint.domains.map(({ id, title, weight }, index) => ({
    id,
    title,
    weight,
    ...readinessOf(
      mixed(common, parts[index]?.beliefs ?? []),
      evidence.filter(({ domain }) => domain === id),
    ),
  }))
  const objectives = blueprint.objectives.map(({ id, title }) => {
    const at = blueprint.domains.findIndex(({ prefix }) => id.startsWith(`${prefix}-`))
    const own = evidence.filter((one) => one.objectives.includes(id))
    const all = parts[at]?.beliefs ?? ABOUT_COMMON
    const rest =
      own.length === 0 ? all : conditional(others(evidence, blueprint.domains[at]?.id, own)).beliefs
    return { id, title, ...readinessOf(objectiveBelief(own, mixed(common, rest)), own) }
  })
  return {
    total: totalOf({ common, parts, evidence, passMark, items: blueprint.exam.items }),
    domains,
    objectives,
  }
}

/** The estimate for the whole exam alone. @param passMark per cent; the default is the blueprint's */
export function totalReadiness(
  evidence: readonly PlacedEvidence[],
  blueprint: Blueprint,
  passMark = blueprint.exam.passMark,
): ReadinessReport['total'] {
  const parts = partsOf(evidence, blueprint)
  return totalOf({ common: commonOf(parts), parts, evidence, passMark, items: blueprint.exam.items })
}

interface Conditional {
  /** The belief about the domain's ability, for each common ability of the grid. */
  readonly beliefs: readonly Belief[]
  /** How well each common ability fits the domain's evidence. */
  readonly fit: readonly number[]
}

type Parts = readonly (Conditional & { readonly weight: number })[]

function partsOf(evidence: readonly PlacedEvidence[], { domains }: Blueprint): Parts {
  return domains.map(({ id, weight }) => ({
    weight: weight / 100,
    ...conditional(evidence.filter(({ domain }) => domain === id)),
  }))
}

/** The belief about the ability that the domains share. */
function commonOf(parts: Parts): Belief {
  return normalised(
    normalBelief(0, OF_PEOPLE).map((p, at) => parts.reduce((all, part) => all * (part.fit[at] ?? 0), p)),
  )
}

const ABOUT_COMMON: readonly Belief[] = GRID.map((common) => normalBelief(common, OF_DOMAINS))

function conditional(evidence: readonly Evidence[]): Conditional {
  const likely = likelihood(evidence)
  return {
    beliefs: ABOUT_COMMON.map((prior) => updated(prior, likely)),
    fit: ABOUT_COMMON.map((prior) => moments(prior, likely).mean),
  }
}

function mixed(common: Belief, beliefs: readonly Belief[]): Belief {
  return GRID.map((_one, at) =>
    beliefs.reduce((sum, belief, k) => sum + (common[k] ?? 0) * (belief[at] ?? 0), 0),
  )
}

/** The evidence of a domain without that of one objective, so that nothing counts twice for it. */
function others(
  evidence: readonly PlacedEvidence[],
  id: string | undefined,
  own: readonly PlacedEvidence[],
): PlacedEvidence[] {
  const ownSet = new Set(own)
  return evidence.filter((one) => one.domain === id && !ownSet.has(one))
}

/** The ability in an objective varies around the ability in the rest of its domain. */
function objectiveBelief(own: readonly Evidence[], domain: Belief): Belief {
  const { mean, variance } = moments(domain, GRID)
  return updated(normalBelief(mean, variance + OF_OBJECTIVES), likelihood(own))
}

function readinessOf(belief: Belief, evidence: readonly PlacedEvidence[]): Readiness {
  return {
    percent: 100 * moments(belief, SHARES).mean,
    low: 100 * quantile(belief, SHARES, 0.05),
    high: 100 * quantile(belief, SHARES, 0.95),
    ...counts(evidence),
  }
}

function counts(evidence: readonly PlacedEvidence[]): Pick<Readiness, 'items' | 'labs'> {
  const of = (wanted: PlacedEvidence['source']) => evidence.filter(({ source }) => source === wanted).length
  return { items: of('item'), labs: of('lab') }
}

interface Whole {
  readonly common: Belief
  readonly parts: Parts
  readonly evidence: readonly PlacedEvidence[]
  readonly passMark: number
  readonly items: number
}

/**
 * The whole is the mean of the domains by their weights. Given the common ability, the domains do not depend on each
 * other, so their variances add up. The variance of the common ability is added. For the probability to pass, the
 * variance of a form of so many items is added too. A normal curve with that variance gives the probability.
 */
function totalOf({ common, parts, evidence, passMark, items }: Whole): ReadinessReport['total'] {
  const given = GRID.map((_one, at) => {
    const each = parts.map(({ weight, beliefs }) => ({ weight, ...moments(beliefs[at] ?? [], SHARES) }))
    return {
      mean: each.reduce((sum, { weight, mean }) => sum + weight * mean, 0),
      variance: each.reduce((sum, { weight, variance }) => sum + weight ** 2 * variance, 0),
    }
  })
  const { mean, variance: between } = moments(
    common,
    given.map((one) => one.mean),
  )
  const within = moments(
    common,
    given.map((one) => one.variance),
  ).mean
  const deviation = Math.sqrt(between + within)
  const luck = (mean * (1 - mean)) / items
  // A pass takes a whole number of right answers, so the curve is cut half a step below that number.
  const needed = (Math.ceil((passMark / 100) * items - 1e-9) - 0.5) / items
  return {
    percent: 100 * mean,
    low: 100 * Math.max(0, mean - Z90 * deviation),
    high: 100 * Math.min(1, mean + Z90 * deviation),
    pass: normal((mean - needed) / Math.hypot(deviation, Math.sqrt(luck))),
    ...counts(evidence),
  }
}

/** Distribution function of the standard normal, to 1e-7 (Abramowitz & Stegun 1964, 26.2.17). */
export function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  const tail =
    density * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return z >= 0 ? 1 - tail : tail
}
