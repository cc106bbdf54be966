/** Everything in review, fetched when somebody asks for it. */
import { useEffect, useState } from 'react'
import type { ReviewItem } from '../../../main/api'
import { api } from '../../api/connection'
import { useAction } from '../../api/hooks'
import { count } from '../../components/format'
import { InlineCode } from '../../components/inline-code'
import { ProblemPanel } from '../../components/problem'
import { excerpt, until } from './words'
import './how.css'
import './review-list.css'

export function ReviewList({ kept }: { readonly kept: number }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details className="how" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{`All ${count(kept, 'item')} in review`}</summary>
      {isOpen && <Items />}
    </details>
  )
}

function Items() {
  const [items, setItems] = useState<readonly ReviewItem[] | null>(null)
  const { problem, run } = useAction()
  useEffect(() => run(async () => setItems(await api.call('progress.reviews', {}))), [run])
  if (problem) return <ProblemPanel problem={problem} />
  return (
    <ul className="review-list" aria-busy={items === null}>
      {items?.map(({ itemId, stem, due, isDue, missed }) => (
        <li key={itemId}>
          <span>
            <InlineCode text={excerpt(stem)} />
          </span>
          <span className="progress-soft">
            {`missed ${missed === 1 ? 'once' : `${missed} times`}, ${isDue ? 'due now' : until(due, new Date())}`}
          </span>
        </li>
      ))}
    </ul>
  )
}
