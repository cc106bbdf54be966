/** The answers in attempts, as evidence of what is known and of how items do. */
import { type Attempt, type Blueprint, type KnownAnswer, score } from '../../../exam'
import type { KeptAttempt } from './kept'

/** An answer of an attempt, with what was picked and how long it took. */
export interface GivenAnswer extends KnownAnswer {
  readonly attemptId: string
  readonly delivery: 'classic' | 'domc'
  /** Ids of the options that were chosen or accepted. */
  readonly picked: readonly number[]
  /** Ids of the options that were seen. */
  readonly shown: readonly number[]
  /** Milliseconds. */
  readonly time: number
}

/**
 * What was answered. Items that were never reached say nothing of what is known, and a real exam says nothing before
 * it is over: else progress would tell which of its answers are right.
 */
export function answersOf(kept: KeptAttempt, blueprint: Blueprint): GivenAnswer[] {
  const { attempt, startedAt, answeredAt } = kept
  if (attempt.mode === 'real' && !attempt.endedBy) return []
  const { items } = score(attempt, blueprint)
  return attempt.form.items.flatMap((item, index) => {
    const result = items[index]
    if (!result || !isAnswered(attempt, index)) return []
    const { id, domain, objectives, difficulty, delivery } = item
    return {
      ...{ attemptId: attempt.id, itemId: id, domain, objectives, difficulty, delivery },
      right: result.right,
      picked: pickedOf(attempt, index),
      shown:
        delivery === 'classic'
          ? item.order
          : (attempt.items[index]?.decisions ?? []).map(({ option }) => option),
      time: result.time,
      at: answeredAt[index] ?? startedAt,
    }
  })
}

/** What is over is answered, even by asking for the explanation; an open classic item only with its attempt. */
function isAnswered({ items, form, endedBy }: Attempt, index: number): boolean {
  const { closed = false, chosen = [] } = items[index] ?? {}
  return closed || (form.items[index]?.delivery === 'classic' && chosen.length > 0 && endedBy !== null)
}

function pickedOf({ items }: Attempt, index: number): number[] {
  const { chosen = [], decisions = [] } = items[index] ?? {}
  return [...chosen, ...decisions.filter(({ yes }) => yes).map(({ option }) => option)]
}
