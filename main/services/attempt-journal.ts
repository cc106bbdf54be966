/** What a journal of an attempt holds, and what becomes of events that do not fit. */
import { z } from 'zod'
import { EngineError } from '../../engine'
import { type Attempt, AttemptEvent, apply, fold } from '../../exam'

/** A line of a journal: the event, and when it was written by the clocks of the machine. */
export const JournalEntry = z.object({
  event: AttemptEvent,
  moment: z.object({ uptime: z.number(), boot: z.string(), wall: z.number() }),
})
export type JournalEntry = z.infer<typeof JournalEntry>

/** @throws EngineError `bad-input` for an event that names what the form does not have */
export function applied(attempt: Attempt, event: AttemptEvent): Attempt {
  try {
    return apply(attempt, event)
  } catch (error) {
    throw new EngineError('bad-input', error instanceof Error ? error.message : String(error), {
      mend: 'Reload the page.',
      cause: error,
    })
  }
}

/** @throws EngineError `store-corrupt` for a journal that no attempt could have written */
export function folded(id: string, entries: readonly JournalEntry[]): Attempt {
  try {
    return fold(entries.map(({ event }) => event))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new EngineError('store-corrupt', `attempts/${id}.jsonl cannot be opened: ${message}`, {
      mend: 'Move it out of the data folder, or bring back a copy of it from before.',
      cause: error,
    })
  }
}
