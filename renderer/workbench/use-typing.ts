/** Types a lab's code into the terminals of nodes, and never into a program that runs in one. */
import { useState } from 'react'
import type { SessionView, TerminalView } from '../../main/api'
import { type Action, useClient } from '../api'
import { terminalsFor } from './terminal-titles'

/** Code that found no shell that waits. */
export interface Held {
  readonly code: string
  readonly node: string
}

/** The terminal that got code last, and how many times code was typed: each time it takes the focus. */
export interface Typed {
  readonly id: string
  readonly times: number
}

export interface Typing {
  readonly type: (code: string, node: string | null) => void
  /** Code that waits for an answer: all terminals of its node are busy. */
  readonly held: Held | null
  /** Opens one more terminal for the code that is held. */
  readonly typeElsewhere: () => void
  readonly letGo: () => void
  readonly typed: Typed | null
}

interface Options {
  readonly nodes: SessionView['nodes']
  readonly terminals: readonly TerminalView[]
  readonly active: TerminalView | undefined
  readonly start: (node: string) => Promise<TerminalView>
  readonly show: (id: string) => void
  readonly run: Action['run']
}

export function useTyping({ nodes, terminals, active, start, show, run }: Options): Typing {
  const api = useClient()
  const [held, hold] = useState<Held | null>(null)
  const [typed, setTyped] = useState<Typed | null>(null)
  const typeIn = async ({ id }: TerminalView, code: string): Promise<boolean> => {
    const { ran } = await api.call('terminal.run', { terminalId: id, code })
    if (!ran) return false
    show(id)
    setTyped((before) => ({ id, times: (before?.times ?? 0) + 1 }))
    return true
  }
  const type = async (code: string, on: string | null) => {
    const node = on ?? nodes[0]?.name
    if (node === undefined) return
    const candidates = terminalsFor(node, active, terminals)
    for (const terminal of candidates) if (await typeIn(terminal, code)) return
    const isTyped = candidates.length === 0 && (await typeIn(await start(node), code))
    if (!isTyped) hold({ code, node })
  }
  const typeElsewhere = async ({ code, node }: Held) => {
    await typeIn(await start(node), code)
  }
  return {
    type: (code, node) => run(() => type(code, node)),
    held,
    typeElsewhere: () => held && run(() => typeElsewhere(held)),
    letGo: () => hold(null),
    typed,
  }
}
