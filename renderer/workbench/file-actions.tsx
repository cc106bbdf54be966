/** What is done to files beside editing: folders are made, files renamed, deleted, taken in and taken out. */
import { FolderPlus, Upload } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { type Action, useAction, useClient } from '../api'
import { Button, ConfirmDialog, IconButton, ProblemPanel } from '../components'
import type { FileAction } from './file-tree'
import { PathDialog } from './path-dialog'
import { type Transfers, useTransfers } from './use-transfers'

interface Place {
  readonly sessionId: string
  readonly node: string
  /** The folder that is shown. */
  readonly folder: string
  readonly open: { readonly readAgain: () => void; readonly close: (path: string) => void }
}

interface Question {
  readonly kind: 'rename' | 'remove' | 'folder'
  readonly path: string
}

export interface FileWork {
  readonly action: Action
  readonly transfers: Transfers
  readonly question: Question | null
  readonly ask: (question: Question | null) => void
  readonly folder: string
  readonly rename: (path: string, to: string) => void
  readonly remove: (path: string) => void
  readonly makeFolder: (path: string) => void
  /** What the menu of each entry offers. */
  readonly ofEntries: readonly FileAction[]
  /** Files that are dropped here are taken in. */
  readonly dropTarget: {
    readonly onDragOver: (event: DragEvent) => void
    readonly onDrop: (event: DragEvent) => void
  }
}

export function useFileActions({ sessionId, node, folder, open }: Place): FileWork {
  const api = useClient()
  const action = useAction()
  const [question, ask] = useState<Question | null>(null)
  const transfers = useTransfers({ sessionId, node, folder, run: action.run, onDone: open.readAgain })
  const place = { sessionId, node }
  const change = (work: () => Promise<unknown>) => action.run(async () => await work().then(open.readAgain))
  return {
    action,
    transfers,
    question,
    ask,
    folder,
    rename: (path, to) => change(() => api.call('file.rename', { ...place, path, to })),
    remove: (path) => change(() => api.call('file.remove', { ...place, path })),
    makeFolder: (path) => change(() => api.call('file.makeFolder', { ...place, path })),
    ofEntries: [
      { id: 'rename', text: 'Rename', onChoose: (path) => ask({ kind: 'rename', path }) },
      { id: 'download', text: 'Download', isForFiles: true, onChoose: transfers.download },
      { id: 'remove', text: 'Delete', onChoose: (path) => ask({ kind: 'remove', path }) },
    ],
    dropTarget: {
      onDragOver: (event) => event.preventDefault(),
      onDrop: (event) => {
        event.preventDefault()
        transfers.upload([...event.dataTransfer.files])
      },
    },
  }
}

/** The buttons in the bar of the files, with the questions and the progress that belong to them. */
export function FileActions({ actions }: { readonly actions: FileWork }) {
  const { action, transfers, folder, ask } = actions
  const field = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton
        icon={FolderPlus}
        label="New folder"
        onPress={() => ask({ kind: 'folder', path: `${folder.replace(/\/$/, '')}/` })}
      />
      <IconButton icon={Upload} label="Upload files" onPress={() => field.current?.click()} />
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label="Files to upload"
        onChange={({ target }) => {
          transfers.upload([...(target.files ?? [])])
          target.value = ''
        }}
      />
      {transfers.progress && (
        <p className="files-progress" role="status">
          {transfers.progress}
          <Button small weight="quiet" onPress={transfers.stop}>
            Stop
          </Button>
        </p>
      )}
      {action.problem && <ProblemPanel problem={action.problem} onClose={action.forget} />}
      <Questions actions={actions} />
    </>
  )
}

function Questions({ actions }: { readonly actions: FileWork }) {
  const { question, ask, rename, remove, makeFolder } = actions
  if (!question) return null
  const { kind, path } = question
  const close = () => ask(null)
  if (kind === 'remove')
    return (
      <ConfirmDialog
        title="Delete this?"
        text={`${path} is deleted in the node. A folder is deleted with all that is in it.`}
        action="Delete"
        danger
        isOpen
        onClose={close}
        onConfirm={() => remove(path)}
      />
    )
  return (
    <PathDialog
      title={kind === 'rename' ? 'Rename' : 'New folder'}
      action={kind === 'rename' ? 'Rename' : 'Create'}
      path={path}
      onClose={close}
      onDone={(to) => (kind === 'rename' ? rename(path, to) : makeFolder(to))}
    />
  )
}
