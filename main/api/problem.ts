/** Something that went wrong, in the user's words, with a way out. */
import { z } from 'zod'

export const Problem = z.object({
  code: z.string(),
  message: z.string(),
  help: z.string().nullable(),
})
export type Problem = Readonly<z.infer<typeof Problem>>
