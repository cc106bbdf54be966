/** The files of a node, as a tree that starts at the student's home. */
import { ChevronRight, File, Folder } from 'lucide-react'
import { Button as AriaButton, Collection, Tree, TreeItem, TreeItemContent } from 'react-aria-components'
import { type FileNode, useFolders } from './use-folders'
import './file-tree.css'

interface Props {
  readonly sessionId: string
  readonly node: string
  /** A higher version reads the files again. */
  readonly version: number
  readonly onOpen: (path: string) => void
}

export function FileTree({ onOpen, ...place }: Props) {
  const { nodes, expanded, setExpanded } = useFolders(place)
  const toggle = (path: string) => {
    const next = new Set(expanded)
    if (!next.delete(path)) next.add(path)
    setExpanded(next)
  }
  return (
    <Tree
      className="file-tree"
      aria-label={`Files of ${place.node}`}
      items={nodes}
      expandedKeys={expanded}
      onExpandedChange={(keys) => setExpanded(new Set([...keys].map(String)))}
    >
      {(file) => <Entry file={file} onOpen={onOpen} onToggle={toggle} />}
    </Tree>
  )
}

interface EntryProps {
  readonly file: FileNode
  readonly onOpen: (path: string) => void
  readonly onToggle: (path: string) => void
}

function Entry({ file, onOpen, onToggle }: EntryProps) {
  const { id, name, kind, children } = file
  const act = { folder: () => onToggle(id), file: () => onOpen(id), note: undefined }[kind]
  return (
    <TreeItem
      id={id}
      textValue={name}
      className="file-entry"
      hasChildItems={kind === 'folder'}
      {...(act && { onAction: act })}
    >
      <TreeItemContent>
        <EntryContent kind={kind} name={name} />
      </TreeItemContent>
      <Collection items={children}>
        {(child) => <Entry file={child} onOpen={onOpen} onToggle={onToggle} />}
      </Collection>
    </TreeItem>
  )
}

function EntryContent({ kind, name }: Pick<FileNode, 'kind' | 'name'>) {
  if (kind === 'note') return <span className="file-note">{name}</span>
  return (
    <>
      {kind === 'folder' ? (
        <AriaButton slot="chevron" className="file-chevron">
          <ChevronRight aria-hidden="true" />
        </AriaButton>
      ) : (
        <span className="file-gap" />
      )}
      {kind === 'folder' ? <Folder aria-hidden="true" /> : <File aria-hidden="true" />}
      {name}
    </>
  )
}
