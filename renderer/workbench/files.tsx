/** The editor on the files of a node. */
import { Play, RotateCw } from 'lucide-react'
import { useState } from 'react'
import type { SessionView } from '../../main/api'
import { useAction, useClient } from '../api'
import { Button, IconButton } from '../components'
import { FileActions, useFileActions } from './file-actions'
import { FileTree } from './file-tree'
import { FolderField } from './folder-field'
import { NewFile } from './new-file'
import { isOn, sentenceOn } from './node-states'
import { OpenTabs } from './open-tabs'
import { ROOT } from './use-folders'
import { useOpenFiles } from './use-open-files'
import './files.css'

interface Props {
  readonly session: SessionView
}

/** Nodes may come and go, and the one that was chosen may be among them. */
export function Files({ session }: Props) {
  const [chosen, setChosen] = useState<string | null>(null)
  const node = session.nodes.find(({ name }) => name === chosen) ?? session.nodes[0]
  if (!node) return <div className="bench-wait">There is no node.</div>
  return <FilesOf key={node.name} session={session} node={node} onChoose={setChosen} />
}

interface FilesOfProps extends Props {
  readonly node: SessionView['nodes'][number]
  readonly onChoose: (node: string) => void
}

function FilesOf({ session, node: { name: node, ...rest }, onChoose }: FilesOfProps) {
  const api = useClient()
  const open = useOpenFiles(session.id, node)
  const [root, setRoot] = useState(ROOT)
  const actions = useFileActions({ sessionId: session.id, node, folder: root, open })
  // A path that is no folder is a file, and a path that is nothing is a problem in words.
  const go = (path: string) =>
    api.call('file.list', { sessionId: session.id, node, path }).then(
      () => setRoot(path),
      () => open.open(path),
    )
  return (
    <section className="files" aria-label="Editor" data-pane="editor">
      <div className="files-side" {...actions.dropTarget}>
        <div className="files-tools">
          <select aria-label="Node" value={node} onChange={({ target }) => onChoose(target.value)}>
            {session.nodes.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
          <NewFile folder={root} onCreate={open.create} />
          <FileActions actions={actions} />
          <IconButton icon={RotateCw} label="Read the files again" onPress={open.readAgain} />
          <FolderField folder={root} onGo={go} />
        </div>
        {isOn(rest) ? (
          <FileTree
            key={root}
            sessionId={session.id}
            node={node}
            root={root}
            version={open.version}
            tick={session}
            openFolders={open.files.map(({ path }) => path.replace(/\/[^/]*$/, '') || '/')}
            actions={actions.ofEntries}
            onChange={open.readAgain}
            onOpen={open.open}
          />
        ) : (
          <NodeIsOff session={session} name={node} state={rest.state} />
        )}
      </div>
      <div className="files-main">
        <OpenTabs node={node} open={open} />
      </div>
    </section>
  )
}

interface OffProps extends Props {
  readonly name: string
  readonly state: SessionView['nodes'][number]['state']
}

function NodeIsOff({ session, name, state }: OffProps) {
  const api = useClient()
  const { busy, run } = useAction()
  const start = () => api.call('session.switchNode', { sessionId: session.id, node: name, action: 'start' })
  return (
    <div className="files-off" role="status">
      <p>{sentenceOn({ name, state })}. Its files can be read when it runs.</p>
      {state === 'stopped' && (
        <Button small isDisabled={busy} icon={<Play aria-hidden="true" />} onPress={() => run(start)}>
          Start
        </Button>
      )}
    </div>
  )
}
