/** The editor on the files of a node. */
import { RotateCw, Save } from 'lucide-react'
import { useState } from 'react'
import type { SessionView } from '../../main/api'
import { Button, IconButton, ProblemPanel, TabPanel, Tabs } from '../components'
import { TextEditor } from '../editor'
import { FileTree } from './file-tree'
import type { OpenFile } from './kept-files'
import { NewFile } from './new-file'
import { type OpenFiles, useOpenFiles } from './use-open-files'
import './files.css'

export function Files({ session }: { readonly session: SessionView }) {
  const [node, setNode] = useState(session.nodes[0]?.name ?? '')
  const open = useOpenFiles(session.id, node)
  return (
    <section className="files" aria-label="Editor" data-pane="editor">
      <div className="files-side">
        <div className="files-tools">
          <select aria-label="Node" value={node} onChange={({ target }) => setNode(target.value)}>
            {session.nodes.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
          <NewFile onCreate={open.create} />
          <IconButton icon={RotateCw} label="Read the files again" onPress={open.readAgain} />
        </div>
        <FileTree key={node} sessionId={session.id} node={node} version={open.version} onOpen={open.open} />
      </div>
      <div className="files-main">
        <OpenTabs node={node} open={open} />
      </div>
    </section>
  )
}

function OpenTabs({ node, open }: { readonly node: string; readonly open: OpenFiles }) {
  const { files, active, action } = open
  return (
    <Tabs
      label="Open files"
      tabs={files.map((file) => ({
        id: file.path,
        title: <FileTitle file={file} />,
        closes: file.path,
      }))}
      activeId={active?.path ?? null}
      onChoose={open.show}
      onClose={open.close}
      end={active && <SaveButton file={active} onSave={() => open.save(active.path, active.text)} />}
    >
      {action.problem && (
        <ProblemPanel problem={action.problem} action="All right" onAction={action.forget} />
      )}
      {active ? (
        <TabPanel id={active.path}>
          <TextEditor
            key={`${node}:${active.path}`}
            path={active.path}
            text={active.text}
            onChange={(text) => open.type(active.path, text)}
            onSave={(text) => open.save(active.path, text)}
          />
        </TabPanel>
      ) : (
        <div className="bench-wait">Open a file on the left, or make a new one.</div>
      )}
    </Tabs>
  )
}

function FileTitle({ file: { path, text, saved } }: { readonly file: OpenFile }) {
  return (
    <span title={path}>
      {path.split('/').at(-1)}
      {text !== saved && <span className="file-unsaved" role="img" aria-label="not saved" />}
    </span>
  )
}

function SaveButton({ file, onSave }: { readonly file: OpenFile; readonly onSave: () => void }) {
  return (
    <Button
      small
      weight="quiet"
      isDisabled={file.text === file.saved}
      icon={<Save aria-hidden="true" />}
      onPress={onSave}
    >
      Save
    </Button>
  )
}
