/** The answers in attempts, as evidence of what is known and as data on how items do. */
import { type Attempt, isOfExam, type KnownAnswer, type Result } from '../../../exam'
import type { Delivery } from '../../api'
import type { StoredExam } from './stored'

/** An answer of an attempt, with what was picked and how long it took. */
export interface GivenAnswer extends KnownAnswer {
  readonly attemptId: string
  readonly delivery: Delivery
  /** A question of the person's own, which nobody has checked. */
  readonly own: boolean
  /** Ids of the options that were chosen or accepted. Of an ordering or a matching no option is. */
  readonly picked: readonly number[]
  /** Ids of the options that were seen. */
  readonly shown: readonly number[]
  /** Milliseconds. */
  readonly time: number
}

/**
 * Lists the answers of an attempt. Items that were never reached are no evidence. A real exam gives none before it is
 * over, because progress would then show which of its answers are right.
 */
export function answersOf(stored: StoredExam, { items }: Pick<Result, 'items'>): GivenAnswer[] {
  const { attempt, startedAt, answeredAt } = stored
  if (attempt.mode === 'real' && !attempt.endedBy) return []
  return attempt.form.items.flatMap((item, index) => {
    const result = items[index]
    if (!result || !isAnswered(attempt, index)) return []
    const { id, domain, objectives, difficulty, delivery, own = false } = item
    return {
      attemptId: attempt.id,
      itemId: id,
      domain,
      objectives,
      difficulty,
      delivery,
      own,
      right: result.right,
      picked: pickedOf(attempt, index),
      shown: shownOf(attempt, index),
      time: result.time,
      at: answeredAt[index] ?? startedAt,
    }
  })
}

/**
 * An item that is closed is answered, even when its explanation was asked for at once; but a command item only when it
 * was tried. An open classic item is answered only when its attempt is over.
 */
function isAnswered({ items, form, endedBy }: Attempt, index: number): boolean {
  const { closed = false, chosen = [], ran = null } = items[index] ?? {}
  if (form.items[index]?.kind === 'command') return ran !== null
  return closed || (form.items[index]?.delivery === 'classic' && chosen.length > 0 && endedBy !== null)
}

function pickedOf({ form, items }: Attempt, index: number): number[] {
  if (!isPicked(form.items[index])) return []
  const { chosen = [], decisions = [] } = items[index] ?? {}
  return [...chosen, ...decisions.filter(({ yes }) => yes).map(({ option }) => option)]
}

function shownOf({ items, form }: Attempt, index: number): readonly number[] {
  const item = form.items[index]
  if (!isPicked(item)) return []
  if (item.delivery === 'classic') return item.order
  return (items[index]?.decisions ?? []).map(({ option }) => option)
}

/** Whether options of the item are picked or left, so that it says something how often each was. */
function isPicked(
  item: Attempt['form']['items'][number] | undefined,
): item is Attempt['form']['items'][number] {
  return item !== undefined && isOfExam(item)
}
