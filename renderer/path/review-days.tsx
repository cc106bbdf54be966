/** When the questions in review come back, day by day. */
import { count, useClock } from '../components'
import { dueByDay, dueDayName } from './due-days'
import './review-days.css'

/** Days that are named. What comes after them is one sum. */
const SHOWN = 7

export function ReviewDays({ later }: { readonly later: readonly string[] }) {
  const today = useClock().date()
  const days = [...dueByDay(later, today)]
  const rest = days.slice(SHOWN).reduce((sum, [, questions]) => sum + questions, 0)
  if (days.length === 0) return null
  return (
    <ul className="review-days" aria-label="Reviews that come back">
      {days.slice(0, SHOWN).map(([offset, questions]) => (
        <li key={offset}>
          <span>{dueDayName(offset, today)}</span> <strong>{count(questions, 'question')}</strong>
        </li>
      ))}
      {rest > 0 && (
        <li>
          <span>After that</span> <strong>{count(rest, 'question')}</strong>
        </li>
      )}
    </ul>
  )
}
