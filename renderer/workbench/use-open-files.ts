/** The files that are open in the editor, with what was typed and what is saved. */
import { useCallback, useEffect, useState } from 'react'
import { type Action, useAction, useClient } from '../api'

export interface OpenFile {
  readonly path: string
  readonly saved: string
  readonly text: string
}

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
  readonly close: (path: string) => void
  readonly readAgain: () => void
}

export function useOpenFiles(sessionId: string, node: string): OpenFiles {
  const api = useClient()
  const [files, setFiles] = useState<readonly OpenFile[]>([])
  const [activePath, show] = useState<string | null>(null)
  const [version, setVersion] = useState(0)
  const action = useAction()
  const { run } = action
  const readAgain = useCallback(() => setVersion((last) => last + 1), [])
  // A path of one node means another file on the next.
  useEffect(() => {
    if (node) setFiles([])
  }, [node])

  const add = (path: string, content: string) => {
    setFiles((all) => [...all, { path, saved: content, text: content }])
    show(path)
  }
  const change = (path: string, part: Partial<OpenFile>) =>
    setFiles((all) => all.map((file) => (file.path === path ? { ...file, ...part } : file)))
  const read = async (path: string) =>
    add(path, (await api.call('file.read', { sessionId, node, path })).content)
  const write = async (path: string, text: string) => {
    await api.call('file.write', { sessionId, node, path, content: text })
    change(path, { saved: text })
    readAgain()
  }
  const isOpen = (path: string) => files.some((file) => file.path === path)
  return {
    files,
    active: files.find(({ path }) => path === activePath) ?? files.at(-1),
    version,
    action,
    show,
    open: (path) => (isOpen(path) ? show(path) : run(() => read(path))),
    create: (path) => (isOpen(path) ? show(path) : add(path, '')),
    type: (path, text) => change(path, { text }),
    save: (path, text) => run(() => write(path, text)),
    close: (path) => setFiles((all) => all.filter((file) => file.path !== path)),
    readAgain,
  }
}
