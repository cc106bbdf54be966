/** The part of the contract about everything that Capstan knows of the student: to another machine, from one, and away. */
import { z } from 'zod'
import { LARGEST_PACKED } from './limits'
import { Nothing, type View } from './shapes'

const Brought = z.object({
  added: z.number(),
  /** Those that were here already. They stay as they were. */
  known: z.number(),
  /** Those that are damaged, or that this Capstan does not understand. */
  leftOut: z.number(),
})

/** What came in with a file. */
export const ImportSummary = z.object({
  /** Mock exams, practices and drills. */
  attempts: Brought,
  handsOn: Brought,
  /** Labs that were taken further on the other machine. */
  labs: z.number(),
  /** Bookmarks and notes that are new, or newer. */
  marks: z.number(),
})
export type ImportSummary = View<typeof ImportSummary>

/** All calls fail with code `session-exists` while an exam runs. */
export const transferContract = {
  calls: {
    /** The attempts that are over with their keys, labs, bookmarks and notes. */
    'transfer.export': { in: Nothing, out: z.object({ name: z.string(), text: z.string() }) },
    /** Merges an export: nothing that is here is lost. It comes compressed with gzip, in Base64. */
    'transfer.import': { in: z.object({ packed: z.string().max(LARGEST_PACKED) }), out: ImportSummary },
    /** Removes every attempt, the progress of labs, bookmarks and notes. Settings stay. */
    'transfer.reset': { in: Nothing, out: Nothing },
  },
  streams: {},
} as const
