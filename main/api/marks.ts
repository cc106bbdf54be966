/** The part of the contract about the learner's own marks on questions and labs, and about the questions that were seen. */
import { z } from 'zod'
import { ResultView } from './exam'
import { AttemptRef, Nothing, type View } from './shapes'

/** Ids of items as files of questions have them, also of those that a template makes. */
export const ItemId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,60}(\.[a-z0-9-]{1,140})?$/, 'this is not the id of a question')
/** What a mark is on: a question, or a lab as `lab:` and its id. */
export const MarkId = z.union([ItemId, z.string().regex(/^lab:[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/)])
export function labMarkId(labId: string): string {
  return `lab:${labId}`
}
export const LONGEST_NOTE = 2_000

export const MarkView = z.object({ bookmarked: z.boolean(), note: z.string() })
export type MarkView = View<typeof MarkView>

/** A question whose key was shown, as it was answered the last time. Other questions never leave the host. */
export const SeenQuestion = ResultView.shape.items.element.extend({
  mark: MarkView,
  /** How often it was missed. */
  missed: z.number(),
})
export type SeenQuestion = View<typeof SeenQuestion>

export const QuestionFilter = z.enum(['unseen', 'missed', 'bookmarked', 'noted'])
export type QuestionFilter = z.infer<typeof QuestionFilter>

/** All calls fail with code `session-exists` while a real exam runs: it has its flag, and no notes. */
export const marksContract = {
  calls: {
    'marks.get': { in: z.object({ itemId: MarkId }), out: MarkView },
    'marks.set': {
      in: z.object({ itemId: MarkId, bookmarked: z.boolean(), note: z.string().max(LONGEST_NOTE) }),
      out: MarkView,
    },
    'marks.questions': { in: Nothing, out: z.array(SeenQuestion) },
    /** Starts a drill of the questions that fit. */
    'marks.practise': {
      in: z.object({ filter: QuestionFilter, length: z.number().int().min(1).max(100).default(10) }),
      out: AttemptRef,
    },
  },
  streams: {},
} as const
