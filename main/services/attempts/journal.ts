/** The lines of an attempt's journal, and the state that they fold to. */
import { z } from 'zod'
import { CapstanError } from '../../../engine'
import { AttemptEvent } from '../../../exam'
import type { KeptMoment } from './clock'

/** A line of a journal: the event, and when it was written by the clocks of the machine. */
export interface Entry<E> {
  readonly event: E
  readonly moment: KeptMoment
}

export function entryOf<E>(event: z.ZodType<E>): z.ZodType<Entry<E>> {
  return z.object({
    event,
    moment: z.object({ uptime: z.number(), boot: z.string(), wall: z.number() }),
  })
}

/** A line of the journal of an exam, a practice or a drill. */
export const JournalEntry = entryOf(AttemptEvent)
export type JournalEntry = Entry<AttemptEvent>

/**
 * Folds a journal.
 * @param file what to call it
 * @throws CapstanError `store-corrupt` for one that no attempt could have written
 */
export function folded<A, E>(
  file: string,
  entries: readonly Entry<E>[],
  fold: (events: readonly E[]) => A,
): A {
  try {
    return fold(entries.map(({ event }) => event))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new CapstanError('store-corrupt', `${file} cannot be opened: ${message}`, {
      help: 'Move it out of the data folder, or bring back a copy of it from before.',
      cause: error,
    })
  }
}
