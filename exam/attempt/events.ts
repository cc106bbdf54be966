/**
 * The events of an attempt, as its journal keeps them. `at` is the attempt's own time: milliseconds since it began,
 * measured by a clock that does not follow changes of the system's clock.
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
  /** The candidate chose these options in a classic item. An empty list takes the answer back. */
  z.object({ kind: z.literal('chose'), ...OnItem, options: z.array(z.number()) }),
  /** The candidate answers yes or no to the option that a DOMC item shows. */
  z.object({ kind: z.literal('decided'), ...OnItem, option: z.number(), yes: z.boolean() }),
  z.object({ kind: z.literal('flagged'), ...OnItem, on: z.boolean() }),
  /** The candidate closed a classic item of a practice, to see its explanation. */
  z.object({ kind: z.literal('revealed'), ...OnItem }),
  /** Only time has passed. */
  z.object({ kind: z.literal('ticked'), ...At }),
  z.object({ kind: z.literal('ended'), ...At, by: z.enum(['candidate', 'time']) }),
])
export type AttemptEvent = z.infer<typeof AttemptEvent>
