/**
 * The events of a hands-on attempt, as its journal keeps them. `at` is the attempt's own time: milliseconds since it
 * began, measured by a clock that does not follow changes of the system's clock. The journal does not hold the state of
 * the nodes, because they live on by themselves.
 */
import { z } from 'zod'

/** What one types on a node, or what one does with a node. */
const SolutionPart = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('code'), node: z.string(), text: z.string(), runs: z.boolean() }),
  z.object({
    kind: z.literal('action'),
    node: z.string(),
    action: z.enum(['start', 'stop', 'kill', 'restart', 'cut', 'rejoin']),
  }),
])

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
      /** The checks to grade, as they were on the day the attempt began. */
      checks: z.array(
        z.object({ name: z.string(), node: z.string(), guard: z.boolean(), points: z.number().positive() }),
      ),
      /** What the task said, and how it is done, on that day. Journals of an older Capstan do not have it. */
      text: z
        .object({
          minutes: z.number(),
          nodes: z.array(z.string()),
          markdown: z.string(),
          /** One text in journals of an older Capstan. */
          solution: z.union([z.string(), z.array(SolutionPart)]),
        })
        .optional(),
    }),
  ),
})
export type HandsOnForm = z.infer<typeof HandsOnForm>
export type HandsOnTask = HandsOnForm['tasks'][number]

/** The result of each check of a task. */
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
  /** The candidate works on the task. The first time, the task gets its nodes. */
  z.object({ kind: z.literal('opened'), ...OnTask }),
  /** The candidate is done with the task. Later changes in its nodes do not count. */
  z.object({ kind: z.literal('handed-in'), ...OnTask }),
  z.object({
    kind: z.literal('graded'),
    ...OnTask,
    checks: TaskGrade,
    /** When the candidate's work had ended and the checks began to look; older journals do not say it. */
    judgedAt: z.string().optional(),
  }),
  z.object({ kind: z.literal('ended'), ...At, by: z.enum(['candidate', 'time']) }),
])
export type HandsOnEvent = z.infer<typeof HandsOnEvent>
