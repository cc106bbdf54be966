/** The files that are open in the editor, with what was typed and what is saved. */
import { useCallback, useEffect, useState } from 'react'
import { type Action, useAction, useClient } from '../api'
import { keepFiles, type NodeFiles, type OpenFile, readKeptFiles } from './kept-files'

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

const NOTHING_OPEN: NodeFiles = { files: [], activePath: null }

/** The open files of a node. Those of the session's other nodes stay open meanwhile. */
export function useOpenFiles(sessionId: string, node: string): OpenFiles {
  const api = useClient()
  const [all, setAll] = useState(() => readKeptFiles(sessionStorage, sessionId))
  const [version, setVersion] = useState(0)
  const action = useAction()
  const { run } = action
  const readAgain = useCallback(() => setVersion((last) => last + 1), [])
  useEffect(() => keepFiles(sessionStorage, sessionId, all), [sessionId, all])

  const { files, activePath } = all[node] ?? NOTHING_OPEN
  const update = (next: (now: NodeFiles) => NodeFiles) =>
    setAll((last) => ({ ...last, [node]: next(last[node] ?? NOTHING_OPEN) }))
  const show = (path: string) => update((now) => ({ ...now, activePath: path }))
  const add = (path: string, content: string) =>
    update((now) => ({ files: [...now.files, { path, saved: content, text: content }], activePath: path }))
  const change = (path: string, part: Partial<OpenFile>) =>
    update((now) => ({
      ...now,
      files: now.files.map((file) => (file.path === path ? { ...file, ...part } : file)),
    }))
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
    close: (path) => update((now) => ({ ...now, files: now.files.filter((file) => file.path !== path) })),
    readAgain,
  }
}
