/** Keeps the open files of a session in the browser, so that a reload, another tab or a restart of the host loses no text. */
import { z } from 'zod'

const Found = z.strictObject({ content: z.string(), version: z.string() })
/** What a file in the node is now. */
export type Found = Readonly<z.infer<typeof Found>>

const OpenFile = z.strictObject({
  path: z.string(),
  /** What the node holds, as far as this page knows. Null for a file that somebody has deleted there. */
  saved: z.string().nullable(),
  text: z.string(),
  /** The version of what the node holds; `none` for a file that is not there. */
  version: z.string().default('none'),
  /** What somebody else has written while there was unsaved text here. */
  theirs: Found.nullable().default(null),
  /** Goes up when the text was changed by something else than the editor. */
  revision: z.number().default(0),
})
export type OpenFile = Readonly<z.infer<typeof OpenFile>>

const NodeFiles = z.strictObject({ files: z.array(OpenFile).readonly(), activePath: z.string().nullable() })
export type NodeFiles = Readonly<z.infer<typeof NodeFiles>>

const SessionFiles = z.record(z.string(), NodeFiles)
/** The open files by the names of their nodes. */
export type SessionFiles = Readonly<z.infer<typeof SessionFiles>>

/** The storage of this tab comes first. That of the browser is for a tab that begins. */
export type Storages = readonly [ofTab: Storage, ofBrowser: Storage]

const keyOf = (sessionId: string) => `capstan.open-files.${sessionId}`

export function isUnsaved({ text, saved }: Pick<OpenFile, 'text' | 'saved'>): boolean {
  return text !== saved
}

/** @returns nothing when nothing was kept, or when something else has written there */
export function readKeptFiles(storages: Storages, sessionId: string): SessionFiles {
  for (const storage of storages) {
    const kept = storage.getItem(keyOf(sessionId))
    if (kept === null) continue
    try {
      return SessionFiles.parse(JSON.parse(kept))
    } catch {
      // The other storage may have something that can be read.
    }
  }
  return {}
}

/** @returns false when there is unsaved text that the browser does not keep, because it is too large */
export function keepFiles(storages: Storages, sessionId: string, files: SessionFiles): boolean {
  const kept = storages.map((storage) => keepIn(storage, keyOf(sessionId), files))
  return kept.some(Boolean) || Object.values(files).every((node) => !node.files.some(isUnsaved))
}

/** Where there is no room for all files, those with unsaved text are kept. */
function keepIn(storage: Storage, key: string, files: SessionFiles): boolean {
  const isEmpty = Object.values(files).every((node) => node.files.length === 0)
  storage.removeItem(key)
  if (isEmpty) return true
  return [files, onlyUnsaved(files)].some((part) => {
    try {
      storage.setItem(key, JSON.stringify(part))
      return true
    } catch {
      return false
    }
  })
}

function onlyUnsaved(all: SessionFiles): SessionFiles {
  return Object.fromEntries(
    Object.entries(all).map(([node, { files, activePath }]) => [
      node,
      { activePath, files: files.filter(isUnsaved) },
    ]),
  )
}
