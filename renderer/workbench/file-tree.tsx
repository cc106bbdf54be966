/** The files of a folder of a node, as a tree. Each has a menu of what can be done to it. */
import { ChevronRight, Ellipsis, File, Folder } from 'lucide-react'
import { Button as AriaButton, Collection, Tree, TreeItem, TreeItemContent } from 'react-aria-components'
import { IconButton } from '../components'
import { MenuButton } from './menu-button'
import { useFileWatch } from './use-file-watch'
import { type FileNode, ROOT, useFolders } from './use-folders'
import './file-tree.css'

interface Props {
  readonly sessionId: string
  readonly node: string
  /** A higher version reads the files again. */
  readonly version: number
  readonly onOpen: (path: string) => void
  /** The folder that is shown; the student's home by default. */
  readonly root?: string
  /** A new value means that something may have happened in the node. */
  readonly tick?: unknown
  /** Folders of open files, which are watched too. */
  readonly openFolders?: readonly string[]
  /** Something in the folders has changed. */
  readonly onChange?: () => void
  /** What can be done to a file or a folder. */
  readonly actions?: readonly FileAction[]
}

export interface FileAction {
  readonly id: string
  readonly text: string
  /** It is for files only. */
  readonly isForFiles?: boolean
  readonly onChoose: (path: string) => void
}

export function FileTree({ onOpen, root = ROOT, openFolders = [], actions = [], ...place }: Props) {
  const { sessionId, node, version, tick, onChange = () => undefined } = place
  const { nodes, expanded, shown, setExpanded } = useFolders({ sessionId, node, root, version })
  const folders = [...new Set([...shown, ...openFolders])]
  useFileWatch({ sessionId, node, folders, tick, onChange })
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
      {(file) => <Entry file={file} actions={actions} onOpen={onOpen} onToggle={toggle} />}
    </Tree>
  )
}

interface EntryProps {
  readonly file: FileNode
  readonly actions: readonly FileAction[]
  readonly onOpen: (path: string) => void
  readonly onToggle: (path: string) => void
}

function Entry({ file, actions, onOpen, onToggle }: EntryProps) {
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
        {kind !== 'note' && actions.length > 0 && <EntryMenu file={file} actions={actions} />}
      </TreeItemContent>
      <Collection items={children}>
        {(child) => <Entry file={child} actions={actions} onOpen={onOpen} onToggle={onToggle} />}
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

function EntryMenu({ file: { id, name, kind }, actions }: Pick<EntryProps, 'file' | 'actions'>) {
  const fitting = actions.filter(({ isForFiles }) => kind === 'file' || !isForFiles)
  return (
    <span className="file-menu">
      <MenuButton
        label={name}
        choices={fitting.map((action) => ({ ...action, onChoose: () => action.onChoose(id) }))}
      >
        <IconButton icon={Ellipsis} label={`What to do with ${name}`} />
      </MenuButton>
    </span>
  )
}
