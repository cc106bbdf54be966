/** The folders of a node that the tree shows, read when they are expanded. */
import { useCallback, useEffect, useState } from 'react'
import type { FileEntry } from '../../main/api'
import { asProblem, useClient } from '../api'

/** The student's home: the tree begins here until another folder is asked for. */
export const ROOT = '/root'

/** Files of the shell itself, which no lab is about. */
const HIDDEN = new Set(['.bash_history', '.bashrc', '.profile', '.docker'].map((name) => `${ROOT}/${name}`))

export interface FileNode {
  /** The path, or something unique for a note. */
  readonly id: string
  readonly name: string
  /** A note stands in place of files: the folder is empty, or is not read yet, or cannot be read. */
  readonly kind: 'folder' | 'file' | 'note'
  readonly children: readonly FileNode[]
}

type Folders = ReadonlyMap<string, readonly FileEntry[] | string>

interface Place {
  readonly sessionId: string
  readonly node: string
  /** The folder that the tree shows. */
  readonly root: string
  /** A higher version reads the files again. */
  readonly version: number
}

export interface FolderTree {
  readonly nodes: readonly FileNode[]
  readonly expanded: ReadonlySet<string>
  /** The folders that are shown. */
  readonly shown: readonly string[]
  readonly setExpanded: (paths: ReadonlySet<string>) => void
}

export function useFolders({ sessionId, node, root, version }: Place): FolderTree {
  const api = useClient()
  const [folders, setFolders] = useState<Folders>(new Map())
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set())
  const read = useCallback(
    async (path: string) => {
      const found = await api
        .call('file.list', { sessionId, node, path })
        .catch((error: unknown) => asProblem(error).message)
      setFolders((last) => new Map(last).set(path, found))
    },
    [api, sessionId, node],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version reads the files again
  useEffect(() => {
    for (const path of [root, ...expanded]) void read(path)
  }, [read, root, expanded, version])
  return { nodes: nodesIn(root, folders, root), expanded, shown: [root, ...expanded], setExpanded }
}

function nodesIn(path: string, folders: Folders, root: string): readonly FileNode[] {
  const found = folders.get(path)
  // The tree offers to expand only what has children, so a folder that is not read yet has a note.
  if (found === undefined) return path === root ? [] : [noteIn(path, 'Reading…')]
  if (typeof found === 'string') return [noteIn(path, found)]
  const shown = found.filter((entry) => !HIDDEN.has(entry.path))
  if (shown.length === 0) return [noteIn(path, 'No files yet')]
  return shown.map((entry) => {
    const isFolder = entry.type === 'directory'
    return {
      id: entry.path,
      name: entry.name,
      kind: isFolder ? 'folder' : 'file',
      children: isFolder ? nodesIn(entry.path, folders, root) : [],
    }
  })
}

function noteIn(path: string, text: string): FileNode {
  // A path of a file cannot hold this character.
  return { id: `${path}\0`, name: text, kind: 'note', children: [] }
}
