/**
 * The events of an attempt, as its journal keeps them. `at` is the attempt's own time: milliseconds since it began,
 * measured by a clock that does not follow changes of the system's clock.
 */
import { z } from 'zod'
import { Form } from '../form'

const At = { at: z.number().min(0) }
const OnItem = { ...At, item: z.number().int().min(0) }

/** What a check of a command item found. */
export const RanCheck = z.object({
  name: z.string(),
  green: z.boolean(),
  expected: z.string(),
  found: z.string(),
  explanation: z.string(),
})
export type RanCheck = z.infer<typeof RanCheck>

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
  /** The candidate has done in a node what a command item asks for, and its checks have looked. It ends the item. */
  z.object({ kind: z.literal('ran'), ...OnItem, checks: z.array(RanCheck) }),
  z.object({ kind: z.literal('flagged'), ...OnItem, on: z.boolean() }),
  /** The candidate closed an item of a practice, to see its explanation. */
  z.object({ kind: z.literal('revealed'), ...OnItem }),
  /** Only time has passed. */
  z.object({ kind: z.literal('ticked'), ...At }),
  z.object({ kind: z.literal('ended'), ...At, by: z.enum(['candidate', 'time']) }),
])
export type AttemptEvent = z.infer<typeof AttemptEvent>
