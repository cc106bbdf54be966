/** The previews of a session: ports of its nodes that are shown beside the terminals. A reload opens them again. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { PreviewView } from '../../main/api'
import { useClient } from '../api'
import type { KeptPreview } from './kept-bench'

export interface OpenPreview extends PreviewView {
  /** The id of its tab. */
  readonly id: string
  /** The page of the server that is shown. */
  readonly path: string
}

export interface Previews {
  readonly previews: readonly OpenPreview[]
  /** Opens the preview of a port, or finds the one that is open. @returns the id of its tab */
  readonly preview: (node: string, port: number) => Promise<string>
  readonly goTo: (id: string, path: string) => void
  /** @returns whether there was such a preview */
  readonly forget: (id: string) => boolean
}

const idOf = (node: string, port: number) => `${node}:${port}`

export function usePreviews(sessionId: string, kept: readonly KeptPreview[]): Previews {
  const api = useClient()
  const [previews, setPreviews] = useState<readonly OpenPreview[]>([])
  const open = useCallback(
    async ({ node, port, path }: KeptPreview) => {
      const id = idOf(node, port)
      const view = await api.call('preview.open', { sessionId, node, port })
      setPreviews((all) => (all.some((one) => one.id === id) ? all : [...all, { ...view, id, path }]))
      return id
    },
    [api, sessionId],
  )
  const first = useRef(kept)
  useEffect(() => {
    // The node of an old preview may be gone, and then the preview is gone too.
    for (const one of first.current) void open(one).catch(() => undefined)
  }, [open])
  return {
    previews,
    preview: async (node, port) => await open({ node, port, path: '/' }),
    goTo: (id, path) => setPreviews((all) => all.map((one) => (one.id === id ? { ...one, path } : one))),
    forget: (id) => {
      setPreviews((all) => all.filter((one) => one.id !== id))
      return previews.some((one) => one.id === id)
    },
  }
}
