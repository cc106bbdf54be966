/** Attempts at hands-on exams, as their journals have them. */
import { applyHandsOn, foldHandsOn, type HandsOnAttempt, HandsOnEvent, isGraded } from '../../../exam'
import { Attempts, type AttemptsOptions, type Entry, entryOf, type StoredAttempt } from '../attempts'

/** A line of the journal of a hands-on exam. */
export const HandsOnEntry = entryOf(HandsOnEvent)
export type HandsOnEntry = Entry<HandsOnEvent>

export interface StoredHandsOn extends StoredAttempt<HandsOnAttempt> {
  /** When the last event was journaled; for a graded exam this is its last grade. */
  readonly lastAt: Date
}

export type HandsOnAttempts = Attempts<HandsOnAttempt, HandsOnEvent, StoredHandsOn>

type Options = Pick<
  AttemptsOptions<HandsOnAttempt, HandsOnEvent, StoredHandsOn>,
  'journals' | 'onProblem' | 'onChange' | 'now'
>

export function handsOnAttempts(options: Options): HandsOnAttempts {
  return new Attempts({
    ...options,
    fold: foldHandsOn,
    apply: applyHandsOn,
    keep: (stored): StoredHandsOn => ({ ...stored, lastAt: new Date(stored.lastMoment.wall) }),
    isOver: isGraded,
    timeUp: (at): HandsOnEvent => ({ kind: 'ended', at, by: 'time' }),
  })
}
