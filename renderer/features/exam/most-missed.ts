/** The objectives of which most items were missed. The function is pure. */
import type { ResultView } from '../../../main/api'

type Item = ResultView['items'][number]

export interface MissedObjective {
  readonly id: string
  readonly missed: number
  readonly of: number
  readonly labs: Item['labs']
}

/** How many objectives are named: more than these are no advice. */
const MOST_NAMED = 3

/** A single missed item says nothing about its objective. */
export const FEWEST_MISSED = 2

/**
 * Counts the items that were reached, and names no per cent: one form has few items of each objective. In many forms no
 * objective is missed twice. Then those of single items are named, because there is something to drill and a lab.
 * Among equals the one of the domain in which most was missed comes first.
 */
export function mostMissed(items: readonly Item[]): readonly MissedObjective[] {
  const found = new Map<string, MissedObjective & { readonly around: number }>()
  const reached = items.filter((item) => item.reached)
  const missedIn = (domain: string) => reached.filter((item) => item.domain === domain && !item.right).length
  for (const item of reached)
    for (const id of item.objectives) {
      const { missed, of, labs } = found.get(id) ?? { missed: 0, of: 0, labs: [] }
      found.set(id, {
        id,
        missed: missed + Number(!item.right),
        of: of + 1,
        around: missedIn(item.domain),
        labs: item.right ? labs : item.labs,
      })
    }
  const all = [...found.values()]
    .filter(({ missed }) => missed > 0)
    .sort((a, b) => b.missed - a.missed || b.around - a.around || a.of - b.of || (a.id < b.id ? -1 : 1))
  const often = all.filter(({ missed }) => missed >= FEWEST_MISSED)
  return (often.length > 0 ? often : all).slice(0, MOST_NAMED).map(({ around, ...one }) => one)
}
