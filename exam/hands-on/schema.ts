/** The schema of questions/hands-on/<id>.yaml. */
import { z } from 'zod'

export const HandsOnFile = z.strictObject({
  title: z.string().min(3).max(80),
  summary: z.string().min(3).max(300),
  minutes: z.number().int().min(1).max(240),
  /** Per cent. */
  passMark: z.number().min(1).max(100),
  tasks: z
    .array(
      z.strictObject({
        /** Name of a folder in labs/tasks/. */
        task: z.string().min(1),
        /** The weight of the task, relative to the other tasks. */
        weight: z.number().positive().max(100).default(1),
      }),
    )
    .min(1, 'an exam needs a task'),
})

export type HandsOnExam = z.infer<typeof HandsOnFile> & {
  /** The file's name without its ending. */
  readonly id: string
}
