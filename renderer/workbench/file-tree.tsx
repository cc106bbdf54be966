/** The files of a node under the student's home. */
import { ChevronDown, ChevronRight, File, Folder } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { FileEntry } from '../../main/api'
import { api, asProblem } from '../api/connection'
import './file-tree.css'

export const ROOT = '/root'

/** Files of the shell itself, which no lab is about. */
const HIDDEN = new Set(['.bash_history', '.bashrc', '.profile', '.docker'])

interface TreeProps {
  readonly sessionId: string
  readonly node: string
  /** Goes up when the files are to be read again. */
  readonly version: number
  readonly onOpen: (path: string) => void
}

export function FileTree(props: TreeProps) {
  return (
    <nav className="tree" aria-label={`Files of ${props.node}`}>
      <Level {...props} path={ROOT} />
    </nav>
  )
}

function Level({ path, ...tree }: TreeProps & { readonly path: string }) {
  const { sessionId, node, version } = tree
  const [entries, setEntries] = useState<readonly FileEntry[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version reads the files again
  useEffect(() => {
    api
      .call('file.list', { sessionId, node, path })
      .then(setEntries, (error: unknown) => setProblem(asProblem(error).message))
  }, [sessionId, node, path, version])
  if (problem) return <p className="tree-note">{problem}</p>
  const shown = entries?.filter(({ name }) => !HIDDEN.has(name))
  if (shown?.length === 0) return <p className="tree-note">No files yet</p>
  return (
    <ul>
      {shown?.map((entry) => (
        <Entry key={entry.path} entry={entry} tree={tree} />
      ))}
    </ul>
  )
}

function Entry({ entry, tree }: { readonly entry: FileEntry; readonly tree: TreeProps }) {
  const [isOpen, setIsOpen] = useState(false)
  const isFolder = entry.type === 'directory'
  return (
    <li>
      <button
        type="button"
        className="tree-entry"
        aria-expanded={isFolder ? isOpen : undefined}
        onClick={() => (isFolder ? setIsOpen(!isOpen) : tree.onOpen(entry.path))}
      >
        {isFolder ? (
          isOpen ? (
            <ChevronDown aria-hidden="true" />
          ) : (
            <ChevronRight aria-hidden="true" />
          )
        ) : (
          <span className="tree-gap" />
        )}
        {isFolder ? <Folder aria-hidden="true" /> : <File aria-hidden="true" />}
        {entry.name}
      </button>
      {isFolder && isOpen && <Level {...tree} path={entry.path} />}
    </li>
  )
}
