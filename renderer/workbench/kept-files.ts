/** Keeps the open files of a session in the browser's tab, so that a reload or a restart of the host loses no text. */
import { z } from 'zod'

const OpenFile = z.strictObject({
  path: z.string(),
  /** What the node holds, as far as this page knows. */
  saved: z.string(),
  text: z.string(),
})
export type OpenFile = Readonly<z.infer<typeof OpenFile>>

const NodeFiles = z.strictObject({ files: z.array(OpenFile).readonly(), activePath: z.string().nullable() })
export type NodeFiles = Readonly<z.infer<typeof NodeFiles>>

const SessionFiles = z.record(z.string(), NodeFiles)
/** The open files by the names of their nodes. */
export type SessionFiles = Readonly<z.infer<typeof SessionFiles>>

const keyOf = (sessionId: string) => `capstan.open-files.${sessionId}`

/** @returns nothing when nothing was kept, or when something else has written there */
export function readKeptFiles(storage: Storage, sessionId: string): SessionFiles {
  try {
    return SessionFiles.parse(JSON.parse(storage.getItem(keyOf(sessionId)) ?? '{}'))
  } catch {
    return {}
  }
}

/** Files that are too large for the browser's storage stay in the page, and a reload loses them. */
export function keepFiles(storage: Storage, sessionId: string, files: SessionFiles): void {
  const key = keyOf(sessionId)
  try {
    if (Object.values(files).every((node) => node.files.length === 0)) storage.removeItem(key)
    else storage.setItem(key, JSON.stringify(files))
  } catch {
    storage.removeItem(key)
  }
}
