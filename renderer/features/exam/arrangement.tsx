/** The entries of an ordering, in the order that the candidate has given them so far. */
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { CurrentItem } from '../../../main/api'
import { IconButton, Markdown, plain } from '../../components'
import type { Acts } from './use-acts'
import './parts.css'

interface Props {
  readonly current: CurrentItem
  readonly acts: Pick<Acts, 'chosen' | 'choose'>
}

type Step = -1 | 1

export function Arrangement({ current: { options, closed, chosen: saved }, acts }: Props) {
  const texts = new Map(options.map(({ id, text }) => [id, text]))
  const given = acts.chosen.length > 0 ? acts.chosen : saved
  const order = given.length > 0 ? given : options.map(({ id }) => id)
  const [said, setSaid] = useState('')
  const { list, follow } = useFollowedFocus()
  const move = (at: number, by: Step) => {
    const to = at + by
    const id = order[at]
    if (closed || id === undefined || to < 0 || to >= order.length) return
    const next = order.filter((one) => one !== id)
    next.splice(to, 0, id)
    acts.choose(next)
    follow({ id, by })
    setSaid(`${plain(texts.get(id) ?? '')} is number ${to + 1} of ${order.length}.`)
  }
  return (
    <div className="arrangement">
      <p className="parts-hint">
        Move the entries with their buttons, or with ↑ and ↓ while a button has the focus.
      </p>
      <ol className="parts" ref={list} aria-label="Entries in your order">
        {order.map((id, at) => (
          <Entry
            key={id}
            id={id}
            text={texts.get(id) ?? ''}
            place={at + 1}
            isFirst={at === 0}
            isLast={at === order.length - 1}
            onMove={(by) => move(at, by)}
          />
        ))}
      </ol>
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </div>
  )
}

interface EntryProps {
  readonly id: number
  readonly text: string
  readonly place: number
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly onMove: (by: Step) => void
}

const STEPS: Readonly<Record<string, Step>> = { ArrowUp: -1, ArrowDown: 1 }

function Entry({ id, text, place, isFirst, isLast, onMove }: EntryProps) {
  const press = (event: KeyboardEvent) => {
    const by = STEPS[event.key]
    if (by === undefined || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    onMove(by)
  }
  return (
    <li className="part" data-entry={id} onKeyDown={press}>
      <span className="part-place" aria-hidden="true">
        {place}
      </span>
      <Markdown plain text={text} />
      <span className="part-moves">
        <IconButton
          icon={ArrowUp}
          label={`Move up: ${plain(text)}`}
          data-by={-1}
          isDisabled={isFirst}
          onPress={() => onMove(-1)}
        />
        <IconButton
          icon={ArrowDown}
          label={`Move down: ${plain(text)}`}
          data-by={1}
          isDisabled={isLast}
          onPress={() => onMove(1)}
        />
      </span>
    </li>
  )
}

/** An entry that was moved keeps the focus: on the same button, or on the other one at the end of the list. */
function useFollowedFocus() {
  const list = useRef<HTMLOListElement>(null)
  const [moved, follow] = useState<{ readonly id: number; readonly by: Step } | null>(null)
  useEffect(() => {
    if (!moved) return
    const buttons = [
      ...(list.current?.querySelectorAll<HTMLButtonElement>(`[data-entry="${moved.id}"] button`) ?? []),
    ]
    const usable = buttons.filter(({ disabled }) => !disabled)
    const same = usable.find(({ dataset }) => dataset.by === String(moved.by))
    const next = same ?? usable[0]
    next?.focus()
  }, [moved])
  return { list, follow }
}
