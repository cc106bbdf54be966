/** Where an attempt stands, and which item comes next: pure. */
import type { AttemptView } from '../../../main/api'

type Items = AttemptView['items']

export interface Standing {
  readonly answered: number
  /** Without an answer, and one can still be given: now, or when its turn comes. */
  readonly unanswered: number
  readonly flagged: number
}

export function standingOf(items: Items): Standing {
  return {
    answered: items.filter(({ answered }) => answered).length,
    unanswered: items.filter(({ answered, closed }) => !answered && !closed).length,
    flagged: items.filter(({ flagged, open }) => flagged && open).length,
  }
}

/** The nearest item that may be looked at, after (1) or before (-1) one; null when there is none. */
export function neighbour(items: Items, index: number, step: 1 | -1): number | null {
  for (let at = index + step; at >= 0 && at < items.length; at += step) if (items[at]?.open) return at
  return null
}

export type ItemState = 'answered' | 'open' | 'locked' | 'done'

/** Closed for good, answered, still to be answered, or not to be had yet. */
export function stateOf({ answered, closed, open }: Items[number]): ItemState {
  if (closed) return 'done'
  if (answered) return 'answered'
  return open ? 'open' : 'locked'
}

const WORDS: Readonly<Record<ItemState, string>> = {
  answered: 'answered',
  done: 'closed',
  open: 'not answered',
  locked: 'locked',
}

/** "Item 5, answered, flagged". */
export function itemWords(item: Items[number], index: number): string {
  return [`Item ${index + 1}`, WORDS[stateOf(item)], item.flagged ? 'flagged' : ''].filter(Boolean).join(', ')
}

/** "3 unanswered, 2 flagged", or that nothing is left. */
export function standingWords({ unanswered, flagged }: Standing): string {
  const parts = [unanswered > 0 && `${unanswered} unanswered`, flagged > 0 && `${flagged} flagged`]
  return parts.filter(Boolean).join(', ') || 'Every item has an answer'
}
