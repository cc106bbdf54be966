/** Spaced repetition of missed items, by FSRS (ts-fsrs). */
import { type Card, createEmptyCard, fsrs, generatorParameters, Rating } from 'ts-fsrs'
import { z } from 'zod'

/** The state of an item's reviews. Dates are in ISO 8601. */
export const Review = z.object({
  due: z.string(),
  stability: z.number(),
  difficulty: z.number(),
  elapsed_days: z.number(),
  scheduled_days: z.number(),
  learning_steps: z.number(),
  reps: z.number(),
  lapses: z.number(),
  state: z.number(),
  last_review: z.string().nullable(),
})
export type Review = z.infer<typeof Review>

// Without fuzz the same answers give the same dates.
const scheduler = fsrs(generatorParameters({ enable_fuzz: false }))

/**
 * The next review after an answer.
 * @param before null for the first review of an item
 */
export function review(before: Review | null, { right, at }: { right: boolean; at: Date }): Review {
  const { card } = scheduler.next(
    before ? asCard(before) : createEmptyCard(at),
    at,
    right ? Rating.Good : Rating.Again,
  )
  return Review.parse({
    ...card,
    due: card.due.toISOString(),
    last_review: card.last_review?.toISOString() ?? null,
  })
}

function asCard({ due, last_review, ...rest }: Review): Card {
  return { ...rest, due: new Date(due), ...(last_review && { last_review: new Date(last_review) }) }
}

/**
 * Every item that was ever missed, with its next review. An item that was right at once is not reviewed.
 * @param answers in any order
 */
export function reviewsOf(
  answers: readonly { readonly itemId: string; readonly right: boolean; readonly at: Date }[],
): Map<string, Review> {
  const reviews = new Map<string, Review>()
  for (const { itemId, right, at } of [...answers].sort((a, b) => a.at.getTime() - b.at.getTime())) {
    const before = reviews.get(itemId) ?? null
    if (before || !right) reviews.set(itemId, review(before, { right, at }))
  }
  return reviews
}

/** Ids of the items whose time has come, the longest overdue first. */
export function reviewsDue(reviews: ReadonlyMap<string, Review>, now: Date): string[] {
  return [...reviews]
    .filter(([, { due }]) => new Date(due) <= now)
    .sort(([, a], [, b]) => a.due.localeCompare(b.due))
    .map(([id]) => id)
}
