/** The lines of an attempt's journal, and the state that they fold to. */
import { z } from 'zod'
import { CapstanError } from '../../../shared/errors'
import type { StoredMoment } from './clock'

/** A line of a journal: the event, and when it was written by the clocks of the machine. */
export interface Entry<E> {
  readonly event: E
  readonly moment: StoredMoment
}

export function entryOf<E>(event: z.ZodType<E>): z.ZodType<Entry<E>> {
  return z.object({
    event,
    moment: z.object({
      uptime: z.number(),
      boot: z.string(),
      host: z.string().optional(),
      wall: z.number(),
    }),
  })
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
