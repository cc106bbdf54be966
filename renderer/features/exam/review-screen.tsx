/** The review before the end: the items without an answer, and the flagged ones. */
import type { AttemptView } from '../../../main/api'
import { Button } from '../../components'
import { itemWords, standingOf, standingWords } from './standing'
import './review-screen.css'

interface Props {
  readonly view: AttemptView
  readonly onLook: (item: number) => void
}

export function ReviewScreen({ view: { items }, onLook }: Props) {
  const standing = standingOf(items)
  const numbered = items.map((item, index) => ({ item, index }))
  const loose = numbered.filter(({ item }) => item.open && !item.closed && (!item.answered || item.flagged))
  const later = items.filter(({ open, closed }) => !open && !closed).length
  return (
    <section className="review">
      <h1 tabIndex={-1}>Review</h1>
      <p className="review-standing">{standingWords(standing)}.</p>
      {loose.length > 0 && (
        <>
          <p>You can still go to these:</p>
          <ul className="review-items">
            {loose.map(({ item, index }) => (
              <li key={index}>
                <Button onPress={() => onLook(index)}>{itemWords(item, index)}</Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {later > 0 && (
        <p className="review-later">
          {later === 1 ? 'One more item opens' : `${later} more items open`} after the one-at-a-time item
          before it is answered.
        </p>
      )}
    </section>
  )
}
