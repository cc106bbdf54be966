/**
 * What happens in a hands-on attempt, as its journal keeps it. `at` is the attempt's own time: milliseconds since it
 * began, from a clock that no change of the system's clock moves. What is in the nodes is not in the journal: they
 * live on by themselves.
 */
import { z } from 'zod'

export const HandsOnForm = z.object({
  examId: z.string(),
  title: z.string(),
  minutes: z.number(),
  /** Per cent. */
  passMark: z.number(),
  tasks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      domain: z.string(),
      objectives: z.array(z.string()),
      weight: z.number().positive(),
      /** What is graded, as it was on the day the attempt began. */
      checks: z.array(
        z.object({ name: z.string(), node: z.string(), guard: z.boolean(), points: z.number().positive() }),
      ),
    }),
  ),
})
export type HandsOnForm = z.infer<typeof HandsOnForm>
export type HandsOnTask = HandsOnForm['tasks'][number]

/** What each check of a task found, once. */
export const TaskGrade = z.array(
  z.object({
    name: z.string(),
    green: z.boolean(),
    expected: z.string(),
    found: z.string(),
    explanation: z.string(),
  }),
)
export type TaskGrade = z.infer<typeof TaskGrade>

const At = { at: z.number().min(0) }
const OnTask = { ...At, task: z.number().int().min(0) }

export const HandsOnEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('began'),
    ...At,
    attemptId: z.string(),
    form: HandsOnForm,
    /** Milliseconds. */
    limit: z.number(),
  }),
  /** The candidate works on the task; the first time it gets its nodes. */
  z.object({ kind: z.literal('opened'), ...OnTask }),
  /** Nothing in the task's nodes counts any more that happens later. */
  z.object({ kind: z.literal('handed-in'), ...OnTask }),
  z.object({ kind: z.literal('graded'), ...OnTask, checks: TaskGrade }),
  z.object({ kind: z.literal('ended'), ...At, by: z.enum(['candidate', 'time']) }),
])
export type HandsOnEvent = z.infer<typeof HandsOnEvent>
