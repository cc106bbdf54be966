/** The schema of questions/objectives/<domain>.yaml. */
import { z } from 'zod'

const Command = z.strictObject({
  command: z.string().min(2).max(300),
  /** Completes the sentence "This command …". */
  does: z.string().min(3).max(200),
  /** Why no test tries the command on a real engine, such as "it needs Kubernetes". */
  unproven: z.string().min(3).max(100).nullable().default(null),
})

const Sheet = z.strictObject({
  /** What the objective asks, in plain words. */
  asks: z.string().min(20).max(600),
  /** The cheat sheet. An objective may be about no command at all. */
  commands: z.array(Command).max(12),
})

export const SheetsFile = z
  .record(z.string().max(20), Sheet)
  .refine((sheets) => Object.keys(sheets).length <= 100, 'at most 100 objectives')

/** What an objective asks, with the commands that answer it. */
export type ObjectiveSheet = z.infer<typeof Sheet> & { readonly id: string }
