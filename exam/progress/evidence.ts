/** Turns answers and labs into evidence of somebody's knowledge, each with a weight. */
import type { Difficulty } from '../format'
import type { Evidence } from './ability'

/** An answer from any attempt. */
export interface KnownAnswer {
  readonly itemId: string
  readonly difficulty: Difficulty
  readonly right: boolean
  readonly domain: string
  readonly objectives: readonly string[]
  readonly at: Date
}

/** A lab that was completed. */
export interface DoneLab {
  readonly id: string
  readonly difficulty: Difficulty
  readonly domain: string
  readonly objectives: readonly string[]
  readonly at: Date
}

export interface PlacedEvidence extends Evidence {
  readonly source: 'item' | 'lab'
  readonly domain: string
  readonly objectives: readonly string[]
}

/** A second answer to the same item counts half, because it is partly a memory of the first. */
const REPEATED = 0.5
/** A lab counts half an answer, because it is done with the manual, hints and solutions at hand. */
const LAB = 0.5
/** Evidence counts half after so many days, because knowledge may be forgotten. */
const HALF_LIFE_DAYS = 60
const DAY_MS = 86_400_000

/** Only the last answer to each item counts, so that no item counts twice, however often it is drilled. */
export function evidenceOf(
  answers: readonly KnownAnswer[],
  labs: readonly DoneLab[],
  now: Date,
): PlacedEvidence[] {
  const last = new Map<string, { answer: KnownAnswer; times: number }>()
  for (const answer of [...answers].sort((a, b) => a.at.getTime() - b.at.getTime()))
    last.set(answer.itemId, { answer, times: (last.get(answer.itemId)?.times ?? 0) + 1 })
  return [
    ...[...last.values()].map(({ answer, times }): PlacedEvidence => {
      const { difficulty, right, domain, objectives, at } = answer
      const weight = (times > 1 ? REPEATED : 1) * freshness(at, now)
      return { source: 'item', difficulty, right, domain, objectives, weight }
    }),
    ...labs.map(({ difficulty, domain, objectives, at }): PlacedEvidence => {
      const weight = LAB * freshness(at, now)
      return { source: 'lab', difficulty, right: true, domain, objectives, weight }
    }),
  ]
}

/** 1 for new evidence, halved with every half-life. */
function freshness(at: Date, now: Date): number {
  return 0.5 ** (Math.max(0, now.getTime() - at.getTime()) / (HALF_LIFE_DAYS * DAY_MS))
}
