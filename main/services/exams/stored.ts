/** Exams, practices and drills as their journals have them. */
import { type Attempt, AttemptEvent } from '../../../exam'
import { type Entry, entryOf, type StoredAttempt } from '../attempts'

/** A line of the journal of an exam, a practice or a drill. */
export const ExamEntry = entryOf(AttemptEvent)
export type ExamEntry = Entry<AttemptEvent>

export interface StoredExam extends StoredAttempt<Attempt> {
  /** When each item was last answered, by its index; the start for items without an answer. */
  readonly answeredAt: readonly Date[]
}

/** Adds when each item was answered. */
export function keepExam(stored: StoredAttempt<Attempt>, entries: readonly ExamEntry[]): StoredExam {
  const answeredAt = stored.attempt.items.map(() => stored.startedAt)
  for (const { event, moment } of entries)
    if (['chose', 'decided', 'ran', 'revealed'].includes(event.kind) && 'item' in event)
      answeredAt[event.item] = new Date(moment.wall)
  return { ...stored, answeredAt }
}
