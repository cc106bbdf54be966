/** The way through an attempt: the next item, the parts of the page that are shown, and the effect of each intent. */
import { useEffect, useState } from 'react'
import type { AttemptView } from '../../../main/api'
import type { Intent } from './keys'
import { neighbour } from './standing'
import type { Acts } from './use-acts'

/** On a wide page the list of items has room beside the item. */
const wide = () => window.matchMedia('(min-width: 900px)')
const isWide = () => wide().matches

export interface Course {
  /** The review screen is shown in place of the item. */
  readonly reviewing: boolean
  readonly navigatorIsOpen: boolean
  readonly timerIsShown: boolean
  readonly look: (item: number) => void
  readonly act: (intent: Intent) => void
}

export function useCourse(view: AttemptView, acts: Acts): Course {
  const [reviewing, setReviewing] = useState(false)
  const [navigatorIsOpen, setNavigatorIsOpen] = useNavigator()
  const [timerIsShown, setTimerIsShown] = useState(true)
  const look = (item: number) => {
    setReviewing(false)
    if (!isWide()) setNavigatorIsOpen(false)
    if (item !== view.current.index) acts.look(item)
  }
  const step = (by: 1 | -1, from = view) => {
    const next = neighbour(from.items, from.current.index, by)
    if (next !== null) look(next)
    else if (by === 1) setReviewing(true)
  }
  const decide = async (yes: boolean) => {
    const after = await acts.decide(yes)
    // A real exam explains nothing after an item, so the candidate has no reason to stay.
    if (after?.current.closed && view.mode === 'real') step(1, after)
  }
  const act = (intent: Intent) => {
    const does: Record<Intent['kind'], () => void> = {
      pick: () => intent.kind === 'pick' && acts.choose(picked(view, acts.chosen, intent.at)),
      decide: () => intent.kind === 'decide' && void decide(intent.yes),
      next: () => step(1),
      previous: () => (reviewing ? setReviewing(false) : step(-1)),
      flag: acts.flag,
      check: () => {
        // A key comes whether or not its button is enabled.
        if (acts.node.busy) return
        if (view.current.command?.sessionId) acts.node.judge()
        else acts.reveal()
      },
      items: () => setNavigatorIsOpen((open) => !open),
      review: () => setReviewing((open) => !open),
      timer: () => setTimerIsShown((shown) => !shown),
    }
    does[intent.kind]()
  }
  return { reviewing, navigatorIsOpen, timerIsShown, look, act }
}

/** Whether the list of items is open. In a window that becomes narrow it would hide the item. */
function useNavigator() {
  const state = useState(isWide)
  const [, setIsOpen] = state
  useEffect(() => {
    const query = wide()
    const change = () => setIsOpen(query.matches)
    query.addEventListener('change', change)
    return () => query.removeEventListener('change', change)
  }, [])
  return state
}

/** The chosen options after one was picked: a radio button replaces the choice, a checkbox is switched. */
function picked(
  { current: { options, kind } }: AttemptView,
  chosen: readonly number[],
  at: number,
): readonly number[] {
  const id = options[at]?.id
  if (id === undefined) return chosen
  if (kind === 'choice') return [id]
  return chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]
}
