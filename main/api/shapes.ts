/** Shapes that several parts of the contract use. */
import { z } from 'zod'
import type { DeepReadonly } from './readonly'

/** The type of a schema's values, as both sides see them: nobody changes a view. */
export type View<S extends z.ZodType> = DeepReadonly<z.infer<S>>

export const Nothing = z.object({})

/**
 * The name of one thing: an attempt, a session, a lab, a node. Names become parts of paths and labels, so they hold
 * letters, digits, hyphens and underscores only.
 */
export const Id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'this is not the name of anything')

export const SessionRef = z.object({ sessionId: Id })

export const AttemptRef = z.object({ attemptId: Id })

/** The name of something, with the title that people read. */
export const Titled = z.object({ id: z.string(), title: z.string() })

export const Difficulty = z.enum(['easy', 'medium', 'hard'])
export type Difficulty = z.infer<typeof Difficulty>

/** The types of items. A mock exam has the first two. */
export const ItemKind = z.enum(['choice', 'multiple', 'matching', 'ordering', 'command'])
export type ItemKind = z.infer<typeof ItemKind>

/** The kinds of an attempt. */
export const Mode = z.enum(['real', 'practice', 'drill'])
export type Mode = z.infer<typeof Mode>

/** How an item is delivered: all its options at once, or one after the other. */
export const Delivery = z.enum(['classic', 'domc'])
export type Delivery = z.infer<typeof Delivery>

/** Times the usual time, for candidates with an accommodation. */
export const ExtraTime = z.number().min(1).max(3).default(1)

/** A share of items that were right, in per cent with a 90 % interval. */
export const ShareView = z.object({
  right: z.number(),
  of: z.number(),
  percent: z.number(),
  low: z.number(),
  high: z.number(),
})
