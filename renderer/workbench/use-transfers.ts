/** Takes files into a node and out of it, part by part, and says how far it is. */
import { useRef, useState } from 'react'
import { LARGEST_TRANSFER } from '../../main/api'
import { type Action, useClient } from '../api'
import { saveBlob, useClock } from '../components'
import { readFileInParts, writeFileInParts } from './transfer'

/** A transfer that takes no longer says nothing of itself. */
const SILENT_MS = 1_000

interface Place {
  readonly sessionId: string
  readonly node: string
  readonly folder: string
  readonly run: Action['run']
  readonly onDone: () => void
}

export interface Transfers {
  /** A sentence on the transfer that goes on; null for a short one. */
  readonly progress: string | null
  readonly upload: (files: readonly File[]) => void
  readonly download: (path: string) => void
  readonly stop: () => void
}

export function useTransfers({ sessionId, node, folder, run, onDone }: Place): Transfers {
  const api = useClient()
  const clock = useClock()
  const [progress, setProgress] = useState<string | null>(null)
  const abort = useRef<AbortController | null>(null)
  const work = (transfer: (tell: (words: string) => void, signal: AbortSignal) => Promise<void>) =>
    run(async () => {
      const controller = new AbortController()
      abort.current = controller
      const since = clock.now()
      const tell = (words: string) => {
        if (clock.now() - since >= SILENT_MS) setProgress(words)
      }
      try {
        await transfer(tell, controller.signal)
      } finally {
        setProgress(null)
        onDone()
      }
    })
  return {
    progress,
    stop: () => abort.current?.abort(new Error('The transfer was stopped.')),
    upload: (files) =>
      work(async (tell, signal) => {
        for (const file of files) {
          assertSize(file.name, file.size)
          const path = `${folder.replace(/\/$/, '')}/${file.name}`
          const onPart = (done: number) => tell(`Uploading ${file.name}: ${percent(done, file.size)}`)
          const place = { sessionId, node, path }
          await writeFileInParts(file, (part) => api.call('file.writePart', { ...place, ...part }), {
            onPart,
            signal,
          })
        }
      }),
    download: (path) =>
      work(async (tell, signal) => {
        const name = path.split('/').at(-1) ?? 'file'
        const place = { sessionId, node, path }
        const onPart = (done: number) => {
          assertSize(path, done)
          tell(`Downloading ${name}: ${Math.round(done / 1024)} KiB`)
        }
        const blob = await readFileInParts((part) => api.call('file.readPart', { ...place, ...part }), {
          onPart,
          signal,
        })
        saveBlob(blob, name)
      }),
  }
}

function percent(done: number, of: number): string {
  return `${Math.floor((100 * done) / Math.max(1, of))} %`
}

function assertSize(name: string, size: number): void {
  if (size <= LARGEST_TRANSFER) return
  throw new Error(`${name} is larger than ${LARGEST_TRANSFER / 1024 ** 2} MiB. Use curl or wget in the node.`)
}
