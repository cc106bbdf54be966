/** The acts of a candidate. They are shown at once, and sent to the host in order. */
import { useEffect, useRef, useState } from 'react'
import type { AttemptView, Problem } from '../../../main/api'
import { useClock } from '../../components'
import { type ItemNode, useNode } from './use-node'
import { useSending } from './use-sending'

/**
 * A press this soon after an option has come is the end of a double press. Nobody has read the option yet. Systems take
 * two clicks within half a second for a double click.
 */
const UNREAD_MS = 500

export interface Acts {
  /** The chosen options of the item that is shown, with those that the host does not know yet. */
  readonly chosen: readonly number[]
  readonly busy: boolean
  /** The option that waits for its yes or no has been in sight long enough to be answered. */
  readonly canDecide: boolean
  /** The yes or no that was given, as long as the host has not taken it. */
  readonly pending: boolean | null
  readonly problem: Problem | null
  /** The node of a command item. */
  readonly node: ItemNode
  readonly choose: (options: readonly number[]) => void
  /** Answers the option that is shown. @returns the view after it, or null when nothing was sent */
  readonly decide: (yes: boolean) => Promise<AttemptView | null>
  readonly flag: () => void
  readonly reveal: () => void
  readonly look: (item: number) => void
  readonly end: () => void
}

export function useActs(view: AttemptView): Acts {
  const { id: attemptId, current } = view
  const { busy, problem, send } = useSending(attemptId)
  const [draft, setDraft] = useState<{ item: number; options: readonly number[] } | null>(null)
  const [pending, setPending] = useState<boolean | null>(null)
  const item = current.index
  const said = useSaid(current)
  const node = useNode(view)
  const flagged = view.items[item]?.flagged ?? false
  const isDraft = draft?.item === item
  useEffect(() => {
    if (!busy) setDraft(null)
  }, [busy])

  return {
    busy,
    pending,
    problem: problem ?? node.problem,
    node,
    canDecide: said.isSeen,
    chosen: isDraft ? draft.options : current.chosen,
    choose: (options) => {
      setDraft({ item, options })
      void send({ name: 'exam.choose', input: { attemptId, item, options: [...options] } })
    },
    decide: async (yes) => {
      const option = said.option()
      if (option === null) return null
      setPending(yes)
      const answer = await send({ name: 'exam.decide', input: { attemptId, item, option, yes } })
      setPending(null)
      if (!answer) said.forget()
      return answer
    },
    flag: () => void send({ name: 'exam.flag', input: { attemptId, item, on: !flagged } }),
    reveal: () => void send({ name: 'exam.reveal', input: { attemptId, item } }),
    look: (next) => void send({ name: 'exam.move', input: { attemptId, item: next } }),
    end: () => void send({ name: 'exam.end', input: { attemptId } }),
  }
}

/** Each option of a one-at-a-time item can be answered once, and not before somebody can have read it. */
function useSaid({ index, delivery, closed, options }: AttemptView['current']) {
  const shown = delivery === 'domc' && !closed ? (options[0]?.id ?? null) : null
  const place = `${index}:${shown}`
  const clock = useClock()
  const [seen, setSeen] = useState('')
  const said = useRef('')
  useEffect(() => clock.after(UNREAD_MS, () => setSeen(place)), [clock, place])
  return {
    isSeen: shown !== null && seen === place,
    option: (): number | null => {
      if (seen !== place || said.current === place) return null
      said.current = place
      return shown
    },
    forget: () => {
      said.current = ''
    },
  }
}
