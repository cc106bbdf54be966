/** The files' part of the contract: the editor's view of a node. */
import { z } from 'zod'
import { LARGEST_TEXT } from './limits'
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

export const filesContract = {
  calls: {
    'file.list': { in: FileRef, out: z.array(FileEntry) },
    'file.read': { in: FileRef, out: z.object({ content: z.string() }) },
    'file.write': { in: FileRef.extend({ content: z.string().max(LARGEST_TEXT) }), out: Nothing },
  },
  streams: {},
} as const
