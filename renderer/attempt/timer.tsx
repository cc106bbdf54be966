/** The time left: quiet, hideable, and told aloud when it becomes short. */
import { Clock, EyeOff } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { count } from '../components/format'
import { leftNow, type Told, timeText, untilChange, warningBetween } from './countdown'
import './timer.css'

interface Props {
  /** What the host said last: another object is a new word on the time. */
  readonly told: object
  /** Milliseconds that were left when it said so. */
  readonly left: number
  /** The key that hides it, where the page has one. */
  readonly shortcut?: string
  readonly isShown: boolean
  readonly onToggle: () => void
}

/** How long a warning stays, in milliseconds. */
const WARNING_MS = 8_000

export function Timer({ told, left: leftThen, shortcut, isShown, onToggle }: Props) {
  const left = useTimeLeft(told, leftThen)
  const warning = useWarning(left)
  const text = left > 0 ? timeText(left) : 'Time is up'
  const key = shortcut ? ` (${shortcut})` : ''
  return (
    <div className="timer" data-short={left <= 5 * 60_000}>
      <button
        type="button"
        className="timer-button"
        aria-label={isShown ? `Time left: ${text}. Hide it` : 'Show the time left'}
        title={`${isShown ? 'Hide' : 'Show'} the time${key}`}
        onClick={onToggle}
      >
        {isShown ? <Clock aria-hidden="true" /> : <EyeOff aria-hidden="true" />}
        <span role="timer">{isShown ? text : 'Time'}</span>
      </button>
      <div className="timer-warning" role="status">
        {warning !== null && <span>{`${count(warning, 'minute')} left`}</span>}
      </div>
    </div>
  )
}

/** Milliseconds left, new whenever its text is another one. */
function useTimeLeft(told: object, leftThen: number): number {
  const last = useRef<Told & { told: object | null }>({ left: 0, at: 0, told: null })
  if (last.current.told !== told) last.current = { told, left: leftThen, at: performance.now() }
  const left = leftNow(last.current, performance.now())
  const [, setTicks] = useState(0)
  useEffect(() => {
    if (left <= 0) return
    const timer = setTimeout(() => setTicks((ticks) => ticks + 1), untilChange(left))
    return () => clearTimeout(timer)
  })
  return left
}

/** The warning that is due, for a while. Only time that passes here warns: a page that opens late does not. */
function useWarning(left: number): number | null {
  const before = useRef(left)
  const [warning, setWarning] = useState<number | null>(null)
  useEffect(() => {
    const due = warningBetween(before.current, left)
    before.current = left
    if (due !== null && left > 0) setWarning(due)
  }, [left])
  useEffect(() => {
    if (warning === null) return
    const timer = setTimeout(() => setWarning(null), WARNING_MS)
    return () => clearTimeout(timer)
  }, [warning])
  return warning
}
