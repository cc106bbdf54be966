/** Exams, practices and drills as their journals tell them. */
import { type Attempt, type AttemptEvent, fold } from '../../../exam'
import type { JournalFolder } from '../../store'
import { folded, type JournalEntry } from '../attempts/journal'
import { AttemptReader, type OnProblem } from '../attempts/reader'

export interface KeptAttempt {
  readonly attempt: Attempt
  readonly startedAt: Date
  /** When each item was last answered, by its index; the start for those that were not. */
  readonly answeredAt: readonly Date[]
}

export type ExamReader = AttemptReader<AttemptEvent, KeptAttempt>

export function examReader(journals: JournalFolder<JournalEntry>, onProblem: OnProblem): ExamReader {
  const isOver = ({ attempt }: KeptAttempt) => attempt.endedBy !== null
  return new AttemptReader({ journals, keep: keptAttempt, isOver, onProblem })
}

/**
 * Null for a journal with nothing in it.
 * @throws CapstanError `store-corrupt` for one that no attempt could have written
 */
export function keptAttempt(file: string, entries: readonly JournalEntry[]): KeptAttempt | null {
  const [first] = entries
  if (!first) return null
  const attempt = folded(file, entries, fold)
  const startedAt = new Date(first.moment.wall)
  const answeredAt = attempt.items.map(() => startedAt)
  for (const { event, moment } of entries)
    if (event.kind === 'chose' || event.kind === 'decided' || event.kind === 'revealed')
      answeredAt[event.item] = new Date(moment.wall)
  return { attempt, startedAt, answeredAt }
}
