/** The part of the contract about the exam whose clock runs, of whichever kind it is. */
import { z } from 'zod'
import { Nothing, type View } from './shapes'

export const RunningExam = z.object({
  kind: z.enum(['mock', 'hands-on']),
  /** The id of its attempt. */
  id: z.string(),
  title: z.string(),
  /** Milliseconds left when this was made. */
  timeLeft: z.number(),
})
export type RunningExam = View<typeof RunningExam>

export const runningContract = {
  calls: {},
  streams: {
    /** None or one: exams take turns. */
    'running.watch': { in: Nothing, out: z.object({ exam: RunningExam.nullable() }) },
  },
} as const
