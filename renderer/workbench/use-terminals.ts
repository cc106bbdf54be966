/** The terminals and previews of a session, and what can be done with them. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { PreviewView, SessionView, TerminalView } from '../../main/api'
import { type Action, useAction, useClient, useStream } from '../api'
import { terminalFor } from './terminal-titles'

/** The size of a new terminal until the page has measured its own. */
const FIRST_SIZE = { cols: 100, rows: 30 }

export interface OpenTerminals {
  /** Null until the host has listed them. */
  readonly terminals: readonly TerminalView[] | null
  readonly previews: readonly PreviewView[]
  /** The id of the terminal, or the address of the preview, that is shown. */
  readonly activeId: string | null
  readonly action: Action
  readonly show: (id: string) => void
  /** @param node null for this computer */
  readonly open: (node: string | null) => void
  /** Closes a terminal or a preview. */
  readonly close: (id: string) => void
  /** Types a lab's code into a terminal of the node, or into one of any node when the node is null. */
  readonly type: (code: string, node: string | null) => void
  readonly preview: (node: string, port: number) => void
}

export function useTerminals(session: SessionView): OpenTerminals {
  const api = useClient()
  const sessionId = session.id
  const { value: terminals } = useStream('terminal.watch', { sessionId })
  const [chosenId, show] = useState<string | null>(null)
  const { previews, preview, forget } = usePreviews(sessionId, show)
  const action = useAction()
  const { run } = action
  const { activeId, active } = shownOf(chosenId, terminals ?? [], previews)
  const start = useCallback(
    (node: string | null) => api.call('terminal.open', { sessionId, node, ...FIRST_SIZE }),
    [api, sessionId],
  )
  useFirstTerminals({ terminals, session, run, start })
  const type = async (code: string, node: string | null) => {
    const elsewhere = node ?? session.nodes[0]?.name ?? null
    const { id } = terminalFor(node, active, terminals ?? []) ?? (await start(elsewhere))
    show(id)
    await api.call('terminal.write', { terminalId: id, data: `${code.replace(/\n/g, '\r')}\r` })
  }
  return {
    terminals,
    previews,
    action,
    activeId,
    show,
    open: (node) => run(async () => show((await start(node)).id)),
    close: (id) => {
      if (!forget(id)) run(() => api.call('terminal.close', { terminalId: id }))
    },
    type: (code, node) => run(() => type(code, node)),
    preview: (node, port) => run(() => preview(node, port)),
  }
}

/** The terminal or preview that is shown: the one that was chosen last, or another one when that is gone. */
function shownOf(
  chosenId: string | null,
  terminals: readonly TerminalView[],
  previews: readonly PreviewView[],
): { readonly activeId: string | null; readonly active: TerminalView | undefined } {
  if (previews.some(({ url }) => url === chosenId)) return { activeId: chosenId, active: undefined }
  const active = terminals.find(({ id }) => id === chosenId) ?? terminals[0]
  return { activeId: active?.id ?? previews.at(-1)?.url ?? null, active }
}

function usePreviews(sessionId: string, show: (url: string) => void) {
  const api = useClient()
  const [previews, setPreviews] = useState<readonly PreviewView[]>([])
  return {
    previews,
    preview: async (node: string, port: number) => {
      const opened = await api.call('preview.open', { sessionId, node, port })
      setPreviews((all) => [...all.filter(({ url }) => url !== opened.url), opened])
      show(opened.url)
    },
    /** @returns whether there was such a preview */
    forget: (url: string): boolean => {
      setPreviews((all) => all.filter((one) => one.url !== url))
      return previews.some((one) => one.url === url)
    },
  }
}

interface First {
  readonly terminals: readonly TerminalView[] | null
  readonly session: SessionView
  readonly run: Action['run']
  readonly start: (node: string) => Promise<unknown>
}

/** Opens a terminal on each node when the session has none yet. It does so once. */
function useFirstTerminals({ terminals, session, run, start }: First): void {
  const isLooked = useRef(false)
  useEffect(() => {
    if (!terminals || isLooked.current) return
    isLooked.current = true
    if (terminals.length > 0) return
    run(async () => {
      for (const { name } of session.nodes) await start(name)
    })
  }, [terminals, session.nodes, run, start])
}
