/** What comes after an attempt that is over: its missed items, and the attempt before it. */
import { type Attempt, isAnswered, type Result } from '../../../exam'
import type { ResultView } from '../../api'
import type { StoredExam } from './stored'

/** Ids of the items that were missed, or flagged. In practice, an item that was not reached was not missed. */
export function itemsAgain(
  { form, items, mode }: Attempt,
  { items: results }: Pick<Result, 'items'>,
  what: 'missed' | 'flagged',
): string[] {
  return form.items.flatMap((item, index) => {
    const state = items[index]
    const isMissed = !results[index]?.right && (mode === 'real' || isAnswered(item, state))
    return (what === 'flagged' ? state?.flagged : isMissed) ? item.id : []
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
