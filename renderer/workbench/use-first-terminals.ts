/** Opens the first terminals of a session: one on each node, and on nodes that come while it runs. */
import { useEffect, useRef, useState } from 'react'
import type { SessionView, TerminalView } from '../../main/api'
import type { Action } from '../api'
import { isOn } from './node-states'

interface First {
  /** Null until the host has listed them. */
  readonly terminals: readonly TerminalView[] | null
  readonly nodes: SessionView['nodes']
  readonly run: Action['run']
  readonly start: (node: string) => Promise<unknown>
}

/** @returns whether terminals are on their way */
export function useFirstTerminals({ terminals, nodes, run, start }: First): boolean {
  /** The nodes that need no first terminal any more. Null until the terminals are listed. */
  const met = useRef<Set<string> | null>(null)
  /** The host was asked for terminals, and has not listed one yet. */
  const isAwaited = useRef(false)
  const [isOpening, setOpening] = useState(true)
  useEffect(() => {
    if (!terminals) return
    if (terminals.length > 0) isAwaited.current = false
    // A session that has terminals has met its nodes before, perhaps in another window.
    met.current ??= new Set(terminals.length > 0 ? nodes.map(({ name }) => name) : [])
    for (const name of met.current) if (!nodes.some((node) => node.name === name)) met.current.delete(name)
    const fresh = nodes.filter((node) => isOn(node) && !met.current?.has(node.name))
    for (const { name } of fresh) met.current.add(name)
    if (fresh.length === 0) return setOpening((is) => is && (isAwaited.current || isAnyStarting(nodes)))
    setOpening(true)
    isAwaited.current = true
    run(async () => {
      try {
        for (const { name } of fresh) await start(name)
      } catch (problem) {
        isAwaited.current = false
        setOpening(false)
        throw problem
      }
    })
  }, [terminals, nodes, run, start])
  return isOpening && terminals?.length === 0
}

function isAnyStarting(nodes: SessionView['nodes']): boolean {
  return nodes.some(({ state }) => state === 'starting')
}
