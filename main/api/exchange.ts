/** The part of the contract about the person's own questions, files of other programs, and pictures. */
import { z } from 'zod'
import { ExhibitView } from './exam'
import { LARGEST_PART } from './limits'
import { ItemId } from './marks'
import { AttemptRef, Difficulty, Id, Nothing, type View } from './shapes'

/** The most bytes of a file of another program. */
export const LARGEST_FOREIGN_FILE = 20 * 1024 * 1024

/** A problem in a file, at its line. */
export const FileProblemView = z.object({
  file: z.string(),
  line: z.number(),
  column: z.number(),
  message: z.string(),
  help: z.string(),
  severity: z.enum(['error', 'warning']),
})
export type FileProblemView = View<typeof FileProblemView>

/** A folder, a file or a tag, with how many questions it has. */
const Part = z.object({ name: z.string(), questions: z.number() })

export const OwnQuestionsView = z.object({
  folder: z.string(),
  questions: z.number(),
  folders: z.array(Part),
  tags: z.array(Part),
  problems: z.array(FileProblemView),
})
export type OwnQuestionsView = View<typeof OwnQuestionsView>

export const FormatView = z.object({
  id: z.string(),
  title: z.string(),
  /** The ending of its files, such as .xml. */
  extension: z.string(),
})
export type FormatView = View<typeof FormatView>

const OptionPreview = z.object({ text: z.string(), right: z.boolean(), why: z.string().nullable() })

/** A question as it was understood, before anything is written. */
export const PreviewItem = z.object({
  id: z.string(),
  kind: z.string(),
  stem: z.string(),
  exhibits: z.array(ExhibitView),
  /** Those of an ordering are in their right order. */
  options: z.array(OptionPreview),
  /** What belongs together in a matching. */
  pairs: z.array(z.object({ left: z.string(), right: z.string() })),
  explanation: z.string(),
  source: z.string(),
  objectives: z.array(z.string()),
  difficulty: Difficulty,
  tags: z.array(z.string()),
  category: z.string().nullable(),
  /** What the foreign question has and this one does not, in words. */
  lost: z.array(z.string()),
  /** The line of the foreign question; null without a loss. */
  line: z.number().nullable(),
  /** Where the same question is: in the bank, in the person's folder, or earlier in the file. Null for a new one. */
  duplicate: z.string().nullable(),
})
export type PreviewItem = View<typeof PreviewItem>

export const ImportPreview = z.object({
  /** Null for a file that looks like no format. */
  format: FormatView.nullable(),
  /** Null for a zip file. */
  encoding: z.string().nullable(),
  /** How many questions were understood. */
  items: z.number(),
  /** Those of them that are in the bank, the folder or earlier in the file. */
  duplicates: z.number(),
  /** How many come with a loss. */
  withLoss: z.number(),
  pictures: z.number(),
  /** Questions that name no objective of their own. */
  withoutObjective: z.number(),
  problems: z.array(FileProblemView),
  /** How many questions, or parts of a broken file, are left out. */
  leftOut: z.number(),
})
export type ImportPreview = View<typeof ImportPreview>

/** Which questions are exported. */
export const ExportWish = z.discriminatedUnion('of', [
  z.object({ of: z.literal('own'), folder: z.string().max(1000).optional() }),
  z.object({ of: z.literal('bank'), domain: Id.optional(), objective: Id.optional() }),
  /** Those that were seen with their keys, and were missed the last time. */
  z.object({ of: z.literal('missed') }),
])
export type ExportWish = View<typeof ExportWish>

export const ExportReady = z.object({
  exportId: Id,
  name: z.string(),
  /** Bytes. */
  size: z.number(),
  items: z.number(),
  /** What the format cannot keep, with how many questions lose it, the commonest first. */
  lost: z.array(z.object({ part: z.string(), items: z.number() })),
})
export type ExportReady = View<typeof ExportReady>

const Data = z.base64().max(Math.ceil(LARGEST_PART / 3) * 4)
const ImportRef = z.object({ importId: Id })
const FormatId = z.string().max(40)
const Offset = z
  .number()
  .int()
  .min(0)
  .max(LARGEST_FOREIGN_FILE * 20)
const Picture = z.object({
  type: z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp']),
  /** Base64. */
  data: z.string(),
})
const PicturePath = z.string().max(200)

export const exchangeContract = {
  calls: {
    /** The person's own questions, as their files are now. */
    'own.list': { in: Nothing, out: OwnQuestionsView },
    /** Starts a drill of them. */
    'own.practise': {
      in: z.object({
        folder: z.string().max(1000).optional(),
        tag: z.string().max(100).optional(),
        length: z.number().int().min(1).max(100).default(10),
      }),
      out: AttemptRef,
    },
    'exchange.formats': { in: Nothing, out: z.array(FormatView) },
    /** Begins to take a file. Its bytes follow in parts. An import that was begun earlier is forgotten. */
    'exchange.begin': {
      in: z.object({
        fileName: z.string().min(1).max(255),
        size: z.number().int().min(0).max(LARGEST_FOREIGN_FILE),
      }),
      out: ImportRef,
    },
    'exchange.part': { in: ImportRef.extend({ offset: Offset, data: Data }), out: Nothing },
    /** Says what is understood of the file. A call that is cancelled ends the work. */
    'exchange.preview': {
      in: ImportRef.extend({
        /** By its content without it. */
        format: FormatId.optional(),
        /** For questions that name no objective, or for all. */
        objective: Id,
        forAll: z.boolean().default(false),
      }),
      out: ImportPreview,
    },
    /** Questions of the last preview, in their order. */
    'exchange.items': {
      in: ImportRef.extend({
        from: z.number().int().min(0).max(10_000),
        count: z.number().int().min(1).max(50),
      }),
      out: z.array(PreviewItem),
    },
    'exchange.picture': { in: ImportRef.extend({ path: PicturePath }), out: Picture },
    /** Writes the questions of the last preview into a new folder among the person's own. */
    'exchange.add': {
      in: ImportRef.extend({
        /** Also questions that are there already. */
        duplicates: z.boolean(),
        /** The places of questions in the preview, from 0, that are not wanted. */
        without: z.array(z.number().int().min(0).max(10_000)).max(10_000).default([]),
      }),
      out: z.object({ added: z.number(), folder: z.string() }),
    },
    /** Lets go of a file that was not added. */
    'exchange.forget': { in: ImportRef, out: Nothing },
    /** Makes a file, and says what is in it. It fails with code `session-exists` while an exam runs: it has keys. */
    'exchange.export': { in: z.object({ wish: ExportWish, format: FormatId }), out: ExportReady },
    'exchange.exported': {
      in: z.object({ exportId: Id, offset: Offset }),
      out: z.object({ data: Data, isLast: z.boolean() }),
    },
    /** A picture in a text of an item that this person has been shown. */
    'picture.get': {
      in: z.object({
        of: z.union([
          z.object({ attemptId: Id, item: z.number().int().min(0).max(1000) }),
          z.object({ itemId: ItemId }),
        ]),
        path: PicturePath,
      }),
      out: Picture,
    },
  },
  streams: {},
} as const
