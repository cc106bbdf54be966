/** The files' part of the contract: the editor's view of a node. */
import { z } from 'zod'
import { LARGEST_TEXT } from './limits'
import { Nothing, SessionRef, type View } from './shapes'

export const FileEntry = z.object({
  name: z.string(),
  path: z.string(),
  type: z.enum(['file', 'directory', 'symlink', 'other']),
  /** Bytes. */
  size: z.number(),
})
export type FileEntry = View<typeof FileEntry>

const FileRef = SessionRef.extend({ node: z.string(), path: z.string() })

export const filesContract = {
  calls: {
    'file.list': { in: FileRef, out: z.array(FileEntry) },
    'file.read': { in: FileRef, out: z.object({ content: z.string() }) },
    'file.write': { in: FileRef.extend({ content: z.string().max(LARGEST_TEXT) }), out: Nothing },
  },
  streams: {},
} as const
