/** A grid of all items. A sign and a name say the state of each. */
import { Check, CircleCheck, Clock, Flag, LockKeyhole, type LucideIcon, X } from 'lucide-react'
import type { AttemptView } from '../../../main/api'
import { type ItemState, itemWords, stateOf } from './standing'
import './navigator.css'

interface Props {
  readonly view: AttemptView
  readonly onLook: (item: number) => void
}

export function Navigator({ view: { items, current, mode }, onLook }: Props) {
  return (
    <nav className="navigator" aria-label="Items">
      <ItemGrid items={items} current={current.index} onLook={onLook} />
      <ul className="navigator-legend" aria-hidden="true">
        {(mode === 'real' ? LEGEND : PRACTICE_LEGEND).map(([state, words]) => (
          <li key={state}>
            <span className="navigator-item" data-state={state}>
              <StateMark state={state} />
            </span>
            {words}
          </li>
        ))}
        <li>
          <span className="navigator-item">
            <Flag className="navigator-flag" fill="currentColor" />
          </span>
          flagged
        </li>
      </ul>
    </nav>
  )
}

const LEGEND: readonly (readonly [ItemState, string])[] = [
  ['open', 'not answered'],
  ['answered', 'answered'],
  ['done', 'closed'],
  ['locked', 'not yet'],
]

const PRACTICE_LEGEND: typeof LEGEND = [
  ['open', 'not answered'],
  ['answered', 'chosen'],
  ['right', 'right'],
  ['wrong', 'wrong'],
  ['locked', 'not yet'],
]

interface GridProps {
  readonly items: AttemptView['items']
  /** The index of the item that is shown. Null on the review screen. */
  readonly current: number | null
  readonly onLook: (item: number) => void
}

function ItemGrid({ items, current, onLook }: GridProps) {
  const numbered = items.map((item, index) => ({ item, index }))
  return (
    <ol className="navigator-grid">
      {numbered.map(({ item, index }) => (
        <li key={index}>
          <button
            type="button"
            className="navigator-item"
            data-state={stateOf(item)}
            aria-label={itemWords(item, index)}
            aria-current={index === current ? 'step' : undefined}
            disabled={!item.open && index !== current}
            onClick={() => onLook(index)}
          >
            {index + 1}
            <StateMark state={stateOf(item)} />
            {item.flagged && <Flag className="navigator-flag" fill="currentColor" aria-hidden="true" />}
          </button>
        </li>
      ))}
    </ol>
  )
}

const MARKS: Readonly<Record<ItemState, LucideIcon | null>> = {
  open: null,
  answered: Check,
  done: LockKeyhole,
  right: CircleCheck,
  wrong: X,
  locked: Clock,
}

/** Each state has a sign of its own, so that nobody has to tell two tones apart. */
function StateMark({ state }: { readonly state: ItemState }) {
  const Mark = MARKS[state]
  return Mark && <Mark className="navigator-mark" aria-hidden="true" />
}
