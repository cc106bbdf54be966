/** The standing of an attempt, and its next item. The functions are pure. */
import type { AttemptView } from '../../../main/api'

type Items = AttemptView['items']

export interface Standing {
  readonly answered: number
  /** Items without an answer that can still get one, now or when their turn comes. */
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

/** The nearest open item after (1) or before (-1) an item. Null when there is none. */
export function neighbour(items: Items, index: number, step: 1 | -1): number | null {
  for (let at = index + step; at >= 0 && at < items.length; at += step) if (items[at]?.open) return at
  return null
}

export type ItemState = 'answered' | 'open' | 'locked' | 'done' | 'right' | 'wrong'

/** The state of an item. A closed item is done, or right or wrong in practice. A locked one waits for its turn. */
export function stateOf({ answered, closed, open, outcome }: Items[number]): ItemState {
  if (outcome) return outcome
  if (closed) return 'done'
  if (answered) return 'answered'
  return open ? 'open' : 'locked'
}

const WORDS: Readonly<Record<ItemState, string>> = {
  answered: 'answered',
  done: 'closed',
  right: 'right',
  wrong: 'wrong',
  open: 'not answered',
  locked: 'locked',
}

/** "Item 5, answered, flagged". */
export function itemWords(item: Items[number], index: number): string {
  return [`Item ${index + 1}`, WORDS[stateOf(item)], item.flagged ? 'flagged' : ''].filter(Boolean).join(', ')
}

/** "3 unanswered, 2 flagged", or a sentence that says that nothing is left. */
export function standingWords({ unanswered, flagged }: Standing): string {
  const parts = [unanswered > 0 && `${unanswered} unanswered`, flagged > 0 && `${flagged} flagged`]
  return parts.filter(Boolean).join(', ') || 'Every item has an answer'
}
