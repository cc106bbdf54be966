/** The files that are open in the editor, with what was typed, what is saved, and what somebody else has written. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { type Action, asProblem, useAction, useClient } from '../api'
import {
  type Found,
  keepFiles,
  type NodeFiles,
  type OpenFile,
  readKeptFiles,
  type Storages,
} from './kept-files'
import { created, met, opened, takenFrom } from './open-file'
import { useLeaveQuestion } from './use-leave-question'

export interface OpenFiles {
  readonly files: readonly OpenFile[]
  readonly active: OpenFile | undefined
  /** Goes up when the files of the node have changed, or were asked for again. */
  readonly version: number
  readonly action: Action
  readonly show: (path: string) => void
  readonly open: (path: string) => void
  readonly create: (path: string) => void
  readonly type: (path: string, text: string) => void
  readonly save: (path: string, text: string) => void
  /** Writes the student's text over what somebody else has written. */
  readonly keepMine: (file: OpenFile) => void
  readonly takeTheirs: (file: OpenFile) => void
  readonly close: (path: string) => void
  readonly readAgain: () => void
}

const NOTHING_OPEN: NodeFiles = { files: [], activePath: null }
const STORAGES: Storages = [sessionStorage, localStorage]

/** The open files of a node. Those of the session's other nodes stay open meanwhile. */
export function useOpenFiles(sessionId: string, node: string): OpenFiles {
  const [all, setAll] = useState(() => readKeptFiles(STORAGES, sessionId))
  const [isKept, setKept] = useState(true)
  const [version, setVersion] = useState(0)
  const action = useAction()
  const { run } = action
  useEffect(() => setKept(keepFiles(STORAGES, sessionId, all)), [sessionId, all])
  useLeaveQuestion(!isKept)

  const { files, activePath } = all[node] ?? NOTHING_OPEN
  const update = useCallback(
    (next: (now: NodeFiles) => NodeFiles) =>
      setAll((last) => ({ ...last, [node]: next(last[node] ?? NOTHING_OPEN) })),
    [node],
  )
  const change = useCallback(
    (path: string, next: (file: OpenFile) => OpenFile) =>
      update((now) => ({ ...now, files: now.files.map((file) => (file.path === path ? next(file) : file)) })),
    [update],
  )
  const { readFile, find, write } = useNodeFiles(sessionId, node)
  const show = (path: string) => update((now) => ({ ...now, activePath: path }))
  const add = (file: OpenFile) =>
    update((now) => ({
      files: [...now.files.filter(({ path }) => path !== file.path), file],
      activePath: file.path,
    }))
  const look = async (path: string) => {
    const found = await find(path)
    change(path, (file) => met(file, found))
  }
  const readAgain = useOpenPaths(files, () => setVersion((last) => last + 1), look)
  const save = async (path: string, text: string, over: string | undefined) => {
    try {
      const saved = await write(path, text, over)
      change(path, (file) => ({ ...file, saved: text, version: saved, theirs: null }))
    } catch (error) {
      if (asProblem(error).code !== 'file-changed') throw error
      await look(path)
    }
    readAgain()
  }
  const isOpen = (path: string) => files.some((file) => file.path === path)
  const read = async (path: string) => {
    const found = await find(path)
    add(found ? opened(path, found) : created(path))
  }
  const readExisting = async (path: string) => add(opened(path, await readFile(path)))
  return {
    files,
    active: files.find(({ path }) => path === activePath) ?? files.at(-1),
    version,
    action,
    show,
    open: (path) => (isOpen(path) ? show(path) : run(() => readExisting(path))),
    create: (path) => (isOpen(path) ? show(path) : run(() => read(path))),
    type: (path, text) => change(path, (file) => ({ ...file, text })),
    save: (path, text) => run(() => save(path, text, files.find((file) => file.path === path)?.version)),
    keepMine: ({ path, text, theirs }) => run(() => save(path, text, theirs?.version)),
    takeTheirs: ({ path }) => change(path, (file) => (file.theirs ? takenFrom(file, file.theirs) : file)),
    close: (path) => update((now) => ({ ...now, files: now.files.filter((file) => file.path !== path) })),
    readAgain,
  }
}

/** Reads and writes single files of a node. */
function useNodeFiles(sessionId: string, node: string) {
  const api = useClient()
  const readFile = async (path: string): Promise<Found> =>
    await api.call('file.read', { sessionId, node, path })
  return {
    readFile,
    /** @returns null for a file that is not there */
    find: async (path: string): Promise<Found | null> =>
      await readFile(path).catch((error: unknown) => {
        if (asProblem(error).code === 'not-found') return null
        throw error
      }),
    /** @returns the version that the file has then */
    write: async (path: string, content: string, version: string | undefined): Promise<string> => {
      const written = await api.call('file.write', {
        sessionId,
        node,
        path,
        content,
        ...(version && { version }),
      })
      return written.version
    },
  }
}

/** @returns a function that reads the tree and the open files again; it stays the same one */
function useOpenPaths(
  files: readonly OpenFile[],
  readTree: () => void,
  look: (path: string) => Promise<void>,
): () => void {
  const latest = useRef({ files, readTree, look })
  latest.current = { files, readTree, look }
  return useCallback(() => {
    latest.current.readTree()
    // A node that is off has no files to look at, and the tree says so.
    for (const { path } of latest.current.files) void latest.current.look(path).catch(() => undefined)
  }, [])
}
