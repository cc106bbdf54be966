/** The files' part of the contract: the editor's view of a node. */
import { z } from 'zod'
import { LARGEST_PART, LARGEST_TEXT } from './limits'
import { Id, Nothing, SessionRef, type View } from './shapes'

export const FileEntry = z.object({
  name: z.string(),
  path: z.string(),
  type: z.enum(['file', 'directory', 'symlink', 'other']),
  /** Bytes. */
  size: z.number(),
})
export type FileEntry = View<typeof FileEntry>

/** A path inside a node. Linux takes no longer one, and none with a NUL. */
const NodePath = z
  .string()
  .max(4096)
  .refine((path) => !path.includes('\0'), 'a path holds no NUL')

const FileRef = SessionRef.extend({ node: Id, path: NodePath })

/** What tells one content of a file from another: a hash, or `none` where there is no file. */
const Version = z.string().regex(/^([0-9a-f]{64}|none)$/, 'this is not the version of a file')

/** A base64 text has four characters for three bytes. */
const Part = z.base64().max(Math.ceil(LARGEST_PART / 3) * 4)
const Offset = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

export const filesContract = {
  calls: {
    'file.list': { in: FileRef, out: z.array(FileEntry) },
    'file.read': { in: FileRef, out: z.object({ content: z.string(), version: Version }) },
    /** Fails with code `file-changed` when the file is not of the version. Without one it replaces any file. */
    'file.write': {
      in: FileRef.extend({ content: z.string().max(LARGEST_TEXT), version: Version.optional() }),
      out: z.object({ version: Version }),
    },
    /** A text that is another one when something in the folders has changed. */
    'file.stamp': {
      in: SessionRef.extend({ node: Id, folders: z.array(NodePath).min(1).max(200) }),
      out: z.object({ stamp: z.string() }),
    },
    'file.rename': { in: FileRef.extend({ to: NodePath }), out: Nothing },
    /** Deletes a file, or a folder with all that is in it. */
    'file.remove': { in: FileRef, out: Nothing },
    'file.makeFolder': { in: FileRef, out: Nothing },
    /** A part of any file, as base64. The last part is shorter than what was asked for. */
    'file.readPart': {
      in: FileRef.extend({ offset: Offset, length: z.number().int().min(1).max(LARGEST_PART) }),
      out: z.object({ data: Part }),
    },
    /** Parts of a new file, one after the other. The file appears with the last one. */
    'file.writePart': {
      in: FileRef.extend({ offset: Offset, data: Part, isLast: z.boolean() }),
      out: Nothing,
    },
  },
  streams: {},
} as const
