/** A list of all items in review. It is read when the user opens it. */
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { ReviewItem } from '../../../main/api'
import { useAction, useClient } from '../../api'
import { count, InlineCode, moment, ProblemPanel, useClock } from '../../components'
import { Objective } from '../../path'
import { excerpt, until } from './words'
import './how.css'
import './review-list.css'

export function ReviewList({ kept }: { readonly kept: number }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details className="how" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{`All ${count(kept, 'question')} in review`}</summary>
      {isOpen && <Items />}
    </details>
  )
}

function Items() {
  const api = useClient()
  const clock = useClock()
  const [items, setItems] = useState<readonly ReviewItem[] | null>(null)
  const { problem, run } = useAction()
  useEffect(() => run(async () => setItems(await api.call('progress.reviews', {}))), [api, run])
  if (problem) return <ProblemPanel problem={problem} />
  return (
    <ul className="review-list" aria-busy={items === null}>
      {items?.map(({ itemId, stem, objectives, due, isDue, missed }) => (
        <li key={itemId}>
          <Link href={`/questions/${itemId}`}>
            <InlineCode text={excerpt(stem)} />
          </Link>
          <span className="progress-soft">
            {`missed ${missed === 1 ? 'once' : `${missed} times`}, ${isDue ? 'due now' : `due ${until(due, clock.date())}, on ${moment(due)}`}`}
          </span>
          {objectives.map((id) => (
            <span key={id} className="review-objective">
              <Objective id={id} />
            </span>
          ))}
        </li>
      ))}
    </ul>
  )
}
