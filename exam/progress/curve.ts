/** How readiness has changed: an estimate for the end of each day on which something was answered or done. */
import type { Blueprint } from '../blueprint'
import { type DoneLab, evidenceOf, type KnownAnswer } from './evidence'
import { type ReadinessReport, totalReadiness } from './readiness'

export interface CurvePoint {
  /** The end of the day, or the present moment. */
  readonly at: Date
  readonly estimate: ReadinessReport['total']
}

interface Known {
  readonly answers: readonly KnownAnswer[]
  readonly labs: readonly DoneLab[]
  readonly blueprint: Blueprint
  /** Per cent. */
  readonly passMark: number
}

/** More points than these cannot be told apart, and each takes time. */
const MOST_POINTS = 40

/** The oldest point first. Each rests on what was known on its day alone. */
export function readinessCurve({ answers, labs, blueprint, passMark }: Known, now: Date): CurvePoint[] {
  const ends = [...new Set([...answers, ...labs].map(({ at }) => endOfDay(at)))].sort((a, b) => a - b)
  return spread(ends).map((end) => {
    const at = new Date(Math.min(end, now.getTime()))
    const until = ({ at: then }: { readonly at: Date }) => then <= at
    const evidence = evidenceOf(answers.filter(until), labs.filter(until), at)
    return { at, estimate: totalReadiness(evidence, blueprint, passMark) }
  })
}

/** The last moment of a day, as the calendar here has it. */
function endOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1).getTime() - 1
}

/** As many of the days as are drawn, evenly, with the first and the last. */
function spread(days: readonly number[]): readonly number[] {
  if (days.length <= MOST_POINTS) return days
  const step = (days.length - 1) / (MOST_POINTS - 1)
  return Array.from({ length: MOST_POINTS }, (_one, index) => days[Math.round(index * step)] ?? 0)
}
