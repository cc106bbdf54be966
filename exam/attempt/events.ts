/**
 * What happens in an attempt, as its journal keeps it. `at` is the attempt's own time: milliseconds since it began,
 * from a clock that no change of the system's clock moves.
 */
import { z } from 'zod'
import { Form } from '../form'

const At = { at: z.number().min(0) }
const OnItem = { ...At, item: z.number().int().min(0) }

export const AttemptEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('began'),
    ...At,
    attemptId: z.string(),
    mode: z.enum(['real', 'practice', 'drill']),
    form: Form,
    /** Milliseconds; null for an attempt without a limit. */
    limit: z.number().nullable(),
  }),
  /** The candidate looks at another item. */
  z.object({ kind: z.literal('moved'), ...OnItem }),
  /** The options chosen in a classic item; an empty list takes the answer back. */
  z.object({ kind: z.literal('chose'), ...OnItem, options: z.array(z.number()) }),
  /** Yes or no to the option shown in a DOMC item. */
  z.object({ kind: z.literal('decided'), ...OnItem, option: z.number(), yes: z.boolean() }),
  z.object({ kind: z.literal('flagged'), ...OnItem, on: z.boolean() }),
  /** A classic item of a practice is over: its explanation may be seen. */
  z.object({ kind: z.literal('revealed'), ...OnItem }),
  /** Nothing but time has passed. */
  z.object({ kind: z.literal('ticked'), ...At }),
  z.object({ kind: z.literal('ended'), ...At, by: z.enum(['candidate', 'time']) }),
])
export type AttemptEvent = z.infer<typeof AttemptEvent>
