/** The progress part of the contract: readiness, items to review, and statistics of items. */
import { z } from 'zod'
import { AttemptRef, Id, Mode, Nothing, ShareView, Titled, type View } from './shapes'

/** An expected score in per cent with a 90 % interval, and what it rests on. */
export const EstimateView = z.object({
  percent: z.number(),
  low: z.number(),
  high: z.number(),
  /** How many different items were answered; tasks of hands-on exams count too. */
  items: z.number(),
  /** Labs that were completed. */
  labs: z.number(),
})
export type EstimateView = View<typeof EstimateView>

export const ObjectiveProgress = EstimateView.extend({
  id: z.string(),
  title: z.string(),
  /** Items of the bank that serve it. */
  inBank: z.number(),
  /** Labs that teach it. */
  taughtBy: z.array(Titled.extend({ done: z.boolean() })),
})
export type ObjectiveProgress = View<typeof ObjectiveProgress>

export const DomainProgress = EstimateView.extend({
  id: z.string(),
  title: z.string(),
  /** Per cent of the exam. */
  weight: z.number(),
  labsDone: z.number(),
  labsAll: z.number(),
  objectives: z.array(ObjectiveProgress),
})
export type DomainProgress = View<typeof DomainProgress>

export const PastAttemptView = ShareView.extend({
  id: z.string(),
  mode: Mode,
  placement: z.boolean(),
  startedAt: z.string(),
  passed: z.boolean(),
})
export type PastAttemptView = View<typeof PastAttemptView>

/** A hands-on exam with all its grades. */
export const PastHandsOnView = z.object({
  id: z.string(),
  title: z.string(),
  startedAt: z.string(),
  /** How many tasks passed. */
  tasksPassed: z.number(),
  tasks: z.number(),
  percent: z.number(),
  passed: z.boolean(),
})
export type PastHandsOnView = View<typeof PastHandsOnView>

export const ProgressOverview = z.object({
  passMark: z.number(),
  total: EstimateView.extend({
    /** Probability of reaching the pass mark, 0 to 1. */
    pass: z.number(),
  }),
  domains: z.array(DomainProgress),
  /** What was answered and done since midnight. */
  today: z.object({ items: z.number(), labs: z.number() }),
  /** Attempts that are over, the oldest first. */
  history: z.array(PastAttemptView),
  /** Hands-on exams with all their grades, the oldest first. */
  handsOn: z.array(PastHandsOnView),
  /** Ids of the objectives with at least three answers, the weakest first. */
  weakest: z.array(z.string()),
  reviews: z.object({
    due: z.number(),
    /** How many items are in review at all. */
    kept: z.number(),
    /** When each of those that are not due yet will be, the soonest first. */
    later: z.array(z.string()),
  }),
})
export type ProgressOverview = View<typeof ProgressOverview>

/** How ready the learner was at the end of a day on which something was answered or done. */
export const CurvePointView = EstimateView.extend({ at: z.string() })
export type CurvePointView = View<typeof CurvePointView>

export const ReviewItem = z.object({
  itemId: z.string(),
  domain: z.string(),
  objectives: z.array(z.string()),
  stem: z.string(),
  due: z.string(),
  isDue: z.boolean(),
  /** How often it was missed. */
  missed: z.number(),
})
export type ReviewItem = View<typeof ReviewItem>

export const ItemStatisticsView = z.object({
  itemId: z.string(),
  domain: z.string(),
  stem: z.string(),
  count: z.number(),
  /** Share that was right, 0 to 1. */
  difficulty: z.number(),
  /** Correlation with the rest of the form, −1 to 1; null when there are too few answers. */
  discrimination: z.number().nullable(),
  /** Empty when keys were not asked for, and for an item that was in no attempt that is over. */
  options: z.array(
    z.object({
      text: z.string(),
      right: z.boolean(),
      /** The share of those who saw it that picked it, 0 to 1; null when nobody saw it. */
      picked: z.number().nullable(),
    }),
  ),
  flags: z.array(z.enum(['too-hard', 'too-easy', 'does-not-discriminate', 'unused-distractor'])),
})
export type ItemStatisticsView = View<typeof ItemStatisticsView>

export const StatisticsView = z.object({
  /** How many attempts are over; everything rests on them. */
  attempts: z.number(),
  /** Fewer answers than this say nothing. */
  enough: z.number(),
  /** The items of attempts that still run are left out: their keys must not be seen yet. */
  items: z.array(ItemStatisticsView),
})
export type StatisticsView = View<typeof StatisticsView>

export const progressContract = {
  calls: {
    'progress.overview': { in: Nothing, out: ProgressOverview },
    /** The oldest day first; as many days as can be drawn. */
    'progress.curve': { in: Nothing, out: z.array(CurvePointView) },
    'progress.reviews': { in: Nothing, out: z.array(ReviewItem) },
    /** The options with their keys leave the host only when they are asked for. */
    'progress.statistics': { in: z.object({ keys: z.boolean().default(false) }), out: StatisticsView },
    'progress.export': {
      in: z.object({ format: z.enum(['csv', 'json']) }),
      out: z.object({ name: z.string(), text: z.string() }),
    },
    /** Starts a drill of the items that are due, the longest overdue first. */
    'progress.review': {
      in: z.object({ most: z.number().int().min(1).max(100).default(20) }),
      out: AttemptRef,
    },
    /** Starts a drill of objectives. */
    'progress.drill': {
      in: z.object({
        objectives: z.array(Id).min(1).max(100),
        length: z.number().int().min(1).max(100).default(10),
      }),
      out: AttemptRef,
    },
  },
  streams: {},
} as const
