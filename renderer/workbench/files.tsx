/** The editor on a node's files. */
import { FilePlus, RotateCw, Save, X } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { SessionView } from '../../main/api'
import { api } from '../api/connection'
import { useAction } from '../api/hooks'
import { Button } from '../components/button'
import { ProblemPanel } from '../components/problem'
import { TextEditor } from '../editor/text-editor'
import { FileTree, ROOT } from './file-tree'
import './tabs.css'
import './files.css'

interface OpenFile {
  readonly path: string
  readonly saved: string
  readonly text: string
}

export function Files({ session }: { readonly session: SessionView }) {
  const [node, setNode] = useState(session.nodes[0]?.name ?? '')
  const [files, setFiles] = useState<readonly OpenFile[]>([])
  const [activePath, setActivePath] = useState<string | null>(null)
  const [version, setVersion] = useState(0)
  const { problem, run, forget } = useAction()
  const active = files.find(({ path }) => path === activePath) ?? files.at(-1)
  const where = useCallback((path: string) => ({ sessionId: session.id, node, path }), [session.id, node])

  const open = (path: string) => {
    if (files.some((file) => file.path === path)) return setActivePath(path)
    return run(async () => {
      const { content } = await api.call('file.read', where(path))
      setFiles((all) => [...all, { path, saved: content, text: content }])
      setActivePath(path)
    })
  }
  const create = (path: string) => {
    setFiles((all) => [...all, { path, saved: '', text: '' }])
    setActivePath(path)
  }
  const change = (path: string, part: Partial<OpenFile>) =>
    setFiles((all) => all.map((file) => (file.path === path ? { ...file, ...part } : file)))
  const save = (path: string, text: string) =>
    run(async () => {
      await api.call('file.write', { ...where(path), content: text })
      change(path, { saved: text })
      setVersion((last) => last + 1)
    })
  const close = (path: string) => setFiles((all) => all.filter((file) => file.path !== path))

  useEffect(() => {
    if (node) setFiles([])
  }, [node])

  return (
    <section className="files" aria-label="Editor" data-pane="editor">
      <div className="files-side">
        <div className="files-tools">
          <select aria-label="Node" value={node} onChange={({ target }) => setNode(target.value)}>
            {session.nodes.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
          <NewFile onCreate={create} />
          <Button
            small
            weight="quiet"
            aria-label="Read the files again"
            icon={<RotateCw aria-hidden="true" />}
            onPress={() => setVersion((last) => last + 1)}
          />
        </div>
        <FileTree sessionId={session.id} node={node} version={version} onOpen={open} />
      </div>
      <div className="files-main">
        <div className="tabs">
          <div className="tabs-list">
            {files.map((file) => (
              <div key={file.path} className="tab" data-active={file === active}>
                <button
                  type="button"
                  aria-pressed={file === active}
                  title={file.path}
                  onClick={() => setActivePath(file.path)}
                >
                  {file.path.split('/').at(-1)}
                  {file.text !== file.saved && (
                    <span className="tab-dirty" role="img" aria-label="not saved" />
                  )}
                </button>
                <Button
                  small
                  weight="quiet"
                  aria-label={`Close ${file.path}`}
                  icon={<X aria-hidden="true" />}
                  onPress={() => close(file.path)}
                />
              </div>
            ))}
          </div>
          {active && (
            <Button
              small
              weight="quiet"
              isDisabled={active.text === active.saved}
              icon={<Save aria-hidden="true" />}
              onPress={() => save(active.path, active.text)}
            >
              Save
            </Button>
          )}
        </div>
        {problem && <ProblemPanel problem={problem} action="All right" onAction={forget} />}
        {active ? (
          <TextEditor
            key={`${node}:${active.path}`}
            path={active.path}
            text={active.text}
            onChange={(text) => change(active.path, { text })}
            onSave={(text) => save(active.path, text)}
          />
        ) : (
          <div className="bench-wait">Open a file on the left, or make a new one.</div>
        )}
      </div>
    </section>
  )
}

function NewFile({ onCreate }: { readonly onCreate: (path: string) => void }) {
  const [name, setName] = useState<string | null>(null)
  if (name === null) {
    return (
      <Button
        small
        weight="quiet"
        aria-label="New file"
        icon={<FilePlus aria-hidden="true" />}
        onPress={() => setName('')}
      />
    )
  }
  const finish = () => {
    if (name.trim()) onCreate(name.startsWith('/') ? name.trim() : `${ROOT}/${name.trim()}`)
    setName(null)
  }
  return (
    <form
      className="files-new"
      onSubmit={(event) => {
        event.preventDefault()
        finish()
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: the field was asked for by a button
        autoFocus
        aria-label="Name of the new file"
        placeholder="app/Dockerfile"
        value={name}
        onChange={({ target }) => setName(target.value)}
        onKeyDown={({ key }) => key === 'Escape' && setName(null)}
      />
    </form>
  )
}
