/** The steps of an import: a file is sent, read, looked at, and added or left. */
import { useEffect, useRef, useState } from 'react'
import type { ImportPreview, Problem } from '../../../main/api'
import { asProblem, useClient } from '../../api'
import { sendFile } from './send-file'

export interface Wish {
  readonly objective: string
  readonly forAll: boolean
  /** Empty for the one that the content tells. */
  readonly format: string
}

/** Which questions of a preview are added. */
export interface Choice {
  /** Also those that are there already. */
  readonly duplicates: boolean
  /** The places of those that are not wanted, from 0. */
  readonly without: readonly number[]
}

export interface Read {
  readonly importId: string
  readonly name: string
  readonly preview: ImportPreview
  /** Goes up with each preview: its questions may be other ones. */
  readonly turn: number
}

export interface Work {
  readonly what: string
  /** The share that is done, 0 to 1; null while it is not known. */
  readonly share: number | null
  /** What is being written cannot be called back. */
  readonly canCancel: boolean
}

export interface Import {
  /** What goes on now; null while nothing does. */
  readonly work: Work | null
  readonly read: Read | null
  readonly added: { readonly count: number; readonly folder: string } | null
  readonly problem: Problem | null
  readonly take: (file: File, wish: Wish) => void
  readonly readAgain: (wish: Wish) => void
  readonly add: (choice: Choice) => void
  readonly cancel: () => void
}

export function useImport(onAdded: () => void): Import {
  const api = useClient()
  const [work, setWork] = useState<Work | null>(null)
  const [read, setRead] = useState<Read | null>(null)
  const [added, setAdded] = useState<Import['added']>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const abort = useRef<AbortController | null>(null)
  useEffect(() => () => abort.current?.abort(), [])

  const run = async (
    what: string,
    job: (signal: AbortSignal) => Promise<void>,
    { canCancel = true } = {},
  ) => {
    abort.current?.abort()
    const own = new AbortController()
    abort.current = own
    setProblem(null)
    setWork({ what, share: null, canCancel })
    try {
      await job(own.signal)
    } catch (error) {
      if (!own.signal.aborted) setProblem(asProblem(error))
    } finally {
      // Work that was begun after this one shows its own state.
      if (abort.current === own) setWork(null)
    }
  }

  const preview = async (
    file: Pick<Read, 'importId' | 'name'>,
    { format, ...wish }: Wish,
    signal: AbortSignal,
  ) => {
    const input = { importId: file.importId, ...wish, ...(format !== '' && { format }) }
    const answer = await api.call('exchange.preview', input, signal)
    setRead((before) => ({ ...file, preview: answer, turn: (before?.turn ?? 0) + 1 }))
  }

  const take = (file: File, wish: Wish) => {
    setRead(null)
    setAdded(null)
    void run(`Sending ${file.name}`, async (signal) => {
      const onSent = (share: number) => setWork({ what: `Sending ${file.name}`, share, canCancel: true })
      const importId = await sendFile(api, file, { signal, onSent })
      setWork({ what: `Reading ${file.name}`, share: null, canCancel: true })
      await preview({ importId, name: file.name }, wish, signal)
    })
  }

  const readAgain = (wish: Wish) => {
    if (read) void run(`Reading ${read.name}`, (signal) => preview(read, wish, signal))
  }

  const add = ({ duplicates, without }: Choice) => {
    if (!read) return
    const { importId } = read
    const write = async () => {
      const { added: count, folder } = await api.call('exchange.add', {
        importId,
        duplicates,
        without: [...without],
      })
      setAdded({ count, folder })
      setRead(null)
      onAdded()
    }
    void run('Adding the questions', write, { canCancel: false })
  }

  const cancel = () => {
    abort.current?.abort()
    setWork(null)
    if (!work && read) {
      // What is not let go of goes with the next file; nobody waits for it.
      api.call('exchange.forget', { importId: read.importId }).catch(() => undefined)
      setRead(null)
    }
  }

  return { work, read, added, problem, take, readAgain, add, cancel }
}
