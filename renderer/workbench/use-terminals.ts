/** The terminals and previews of a session, and what can be done with them. */
import { useCallback, useEffect, useState } from 'react'
import type { SessionView, TerminalView } from '../../main/api'
import { type Action, useAction, useClient, useStream } from '../api'
import { keepBench, readKeptBench } from './kept-bench'
import { firstsOf, inOrder } from './terminal-titles'
import { type Tiles, tilesOf } from './tiles'
import { existing, idsIn, replaced, type Tiling } from './tiling'
import { useFirstTerminals } from './use-first-terminals'
import { type OpenPreview, usePreviews } from './use-previews'
import { type Typing, useTyping } from './use-typing'

/** The size of a new terminal until the page has measured its own. */
const FIRST_SIZE = { cols: 100, rows: 30 }

export interface OpenTerminals {
  /** In the order of their tabs. Null until the host has listed them. */
  readonly terminals: readonly TerminalView[] | null
  /** The first terminals are on their way. */
  readonly isOpening: boolean
  readonly previews: readonly OpenPreview[]
  /** The names that the student has given to terminals, by their ids. */
  readonly names: Readonly<Record<string, string>>
  /** The id of the terminal or of the preview that was chosen last. */
  readonly activeId: string | null
  /** What is on the page at once. */
  readonly tiles: Tiles
  /** Shows another tab beside the chosen one: one that is not on the page, or a new terminal. */
  readonly split: (to: 'right' | 'down') => void
  readonly action: Action
  readonly show: (id: string) => void
  /** @param node null for this computer */
  readonly open: (node: string | null) => void
  /** Closes a terminal or a preview. */
  readonly close: (id: string) => void
  /** An empty name gives the terminal its first one again. */
  readonly rename: (id: string, name: string) => void
  /** Puts a new shell into a terminal whose shell has ended. */
  readonly renew: (terminal: TerminalView) => void
  readonly startNode: (node: string) => void
  readonly typing: Typing
  readonly preview: (node: string, port: number) => void
  readonly goTo: (id: string, path: string) => void
}

export function useTerminals(session: SessionView): OpenTerminals {
  const api = useClient()
  const sessionId = session.id
  const { value } = useStream('terminal.watch', { sessionId })
  const terminals = value && inOrder(value, session.nodes)
  const [kept] = useState(() => readKeptBench(localStorage, sessionId))
  const [chosenId, choose] = useState<string | null>(kept.chosenId)
  const [all, change] = useState<Tiling>(kept.tiling)
  const { names, rename } = useNames(kept.names)
  const { previews, preview, goTo, forget } = usePreviews(sessionId, kept.previews)
  const action = useAction()
  const { run } = action
  const ids = [...(terminals ?? []), ...previews].map(({ id }) => id)
  const tiling = existing(all, ids)
  const activeId = activeOf(chosenId, ids, idsIn(tiling))
  const active = terminals?.find(({ id }) => id === activeId)
  const tiles = tilesOf({ tiling, change, firsts: firstsOf(terminals ?? []), activeId, choose })
  const { show } = tiles
  const start = useCallback(
    (node: string | null) => api.call('terminal.open', { sessionId, node, ...FIRST_SIZE }),
    [api, sessionId],
  )
  const close = (id: string) => api.call('terminal.close', { terminalId: id })
  const isOpening = useFirstTerminals({ terminals, nodes: session.nodes, run, start })
  useEffect(() => {
    const shown = previews.map(({ node, port, path }) => ({ node, port, path }))
    keepBench(localStorage, sessionId, { chosenId, previews: shown, names, tiling: all })
  }, [sessionId, chosenId, previews, names, all])
  const typing = useTyping({ nodes: session.nodes, terminals: terminals ?? [], active, start, show, run })
  const splitTo = async (to: 'right' | 'down') => {
    const hidden = ids.find((id) => id !== activeId && !idsIn(tiling).includes(id))
    tiles.showBeside(hidden ?? (await start(active?.node ?? session.nodes[0]?.name ?? null)).id, to)
  }
  /** A preview takes the place of another one, and never that of a terminal. */
  const showPreview = (id: string) => {
    const other = previews.find((one) => idsIn(tiling).includes(one.id))
    if (!other || idsIn(tiling).includes(id)) return tiles.showBeside(id, 'down')
    change(replaced(tiling, other.id, id))
    choose(id)
  }
  const renew = async ({ id, node }: TerminalView) => {
    if (node !== null) return await api.call('terminal.renew', { terminalId: id })
    show((await start(null)).id)
    return await close(id)
  }
  return {
    terminals,
    isOpening,
    previews,
    names,
    action,
    activeId,
    tiles,
    split: (to) => run(() => splitTo(to)),
    show,
    open: (node) => run(async () => show((await start(node)).id)),
    close: (id) => {
      if (!forget(id)) run(() => close(id))
    },
    rename,
    renew: (terminal) => run(() => renew(terminal)),
    startNode: (node) => run(() => api.call('session.switchNode', { sessionId, node, action: 'start' })),
    typing,
    preview: (node, port) => run(async () => showPreview(await preview(node, port))),
    goTo,
  }
}

function useNames(first: Readonly<Record<string, string>>) {
  const [names, setNames] = useState(first)
  const rename = (id: string, name: string) =>
    setNames(({ [id]: _old, ...others }) => (name.trim() ? { ...others, [id]: name.trim() } : others))
  return { names, rename }
}

/** The tab that was chosen last, or another one on the page when that is gone. */
function activeOf(chosenId: string | null, ids: readonly string[], shown: readonly string[]): string | null {
  const choices = shown.length > 0 ? shown : ids
  return choices.find((id) => id === chosenId) ?? choices[0] ?? null
}
