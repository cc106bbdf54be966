/** What comes after an attempt that is over: its missed items, and the attempt before it. */
import { type Attempt, isAnswered, type Result } from '../../../exam'
import type { ResultView } from '../../api'
import type { StoredExam } from './stored'

/**
 * Whether an item says something about its candidate. Whoever ends an exam early has not seen the rest of it; in
 * practice one may look at an item and leave it.
 */
export function wasReached(
  { form, items, mode }: Pick<Attempt, 'form' | 'items' | 'mode'>,
  index: number,
): boolean {
  const state = items[index]
  if (mode !== 'real') return isAnswered(form.items[index], state)
  return state !== undefined && state.time + state.chosen.length + state.decisions.length > 0
}

/** Ids of the items that were missed, or flagged. An item that was not reached was not missed. */
export function itemsAgain(
  attempt: Attempt,
  { items: results }: Pick<Result, 'items'>,
  what: 'missed' | 'flagged',
): string[] {
  return attempt.form.items.flatMap((item, index) => {
    const isMissed = !results[index]?.right && wasReached(attempt, index)
    return (what === 'flagged' ? attempt.items[index]?.flagged : isMissed) ? item.id : []
  })
}

/** A practice that ended before its first answer says nothing, and nobody wants to be reminded of it. */
export function isEmpty({ mode, endedBy, form, items }: Attempt): boolean {
  return (
    mode !== 'real' && endedBy !== null && !form.items.some((item, index) => isAnswered(item, items[index]))
  )
}

/** The last mock exam of the same length that was over before this one began. */
export function examBefore(
  attempt: Attempt,
  all: readonly StoredExam[],
  score: (attempt: Attempt) => Result,
): ResultView['before'] {
  const at = all.findIndex((one) => one.attempt.id === attempt.id)
  const last = all
    .slice(0, Math.max(0, at))
    .findLast(
      ({ attempt: { mode, endedBy, form } }) =>
        mode === 'real' && endedBy !== null && form.items.length === attempt.form.items.length,
    )
  if (attempt.mode !== 'real' || !last) return null
  const { startedAt, attempt: earlier } = last
  return { id: earlier.id, startedAt: startedAt.toISOString(), percent: score(earlier).total.percent }
}
