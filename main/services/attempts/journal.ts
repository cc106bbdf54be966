/** The lines of an attempt's journal, and the errors for events that do not fit. */
import { z } from 'zod'
import { CapstanError, isCapstanError } from '../../../shared/errors'
import type { StoredMoment } from './clock'

/** A line of a journal: the event, and when it was written by the clocks of the machine. */
export interface Entry<E> {
  readonly event: E
  readonly moment: StoredMoment
}

export function entryOf<E>(event: z.ZodType<E>): z.ZodType<Entry<E>> {
  return z.object({
    event,
    moment: z.object({ uptime: z.number(), boot: z.string(), wall: z.number() }),
  })
}

/** Applies an event. @throws CapstanError `bad-input` for an event that names what the form does not have */
export function applied<A>(apply: () => A): A {
  try {
    return apply()
  } catch (error) {
    if (isCapstanError(error)) throw error
    throw new CapstanError('bad-input', messageOf(error), { help: 'Reload the page.', cause: error })
  }
}

/**
 * Folds the events of a journal.
 * @param file the name of the journal in messages
 * @throws CapstanError `store-corrupt` for a journal that no attempt could have written
 */
export function folded<A, E>(
  file: string,
  entries: readonly Entry<E>[],
  fold: (events: readonly E[]) => A,
): A {
  try {
    return fold(entries.map(({ event }) => event))
  } catch (error) {
    throw new CapstanError('store-corrupt', `${file} cannot be opened: ${messageOf(error)}`, {
      help: 'Move it out of the data folder, or bring back a copy of it from before.',
      cause: error,
    })
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
