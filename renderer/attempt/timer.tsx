/** The time left. It can be hidden, and it is announced when it becomes short. */
import { Clock, EyeOff } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { count, useClock } from '../components'
import { leftNow, type Reading, timeText, untilChange, warningBetween } from './countdown'
import './timer.css'

interface Props {
  /** The host's last view. Another object means that the time left was read again. */
  readonly source: object
  /** Milliseconds that were left in that view. */
  readonly left: number
  /** The key that hides the time, where the page has one. */
  readonly shortcut?: string
  readonly isShown: boolean
  readonly onToggle: () => void
}

/** How long a warning stays, in milliseconds. */
const WARNING_MS = 8_000

export function Timer({ source, left: leftThen, shortcut, isShown, onToggle }: Props) {
  const left = useTimeLeft(source, leftThen)
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

/** Milliseconds left. The component renders again whenever the text of the time changes. */
export function useTimeLeft(source: object, leftThen: number): number {
  const clock = useClock()
  const last = useRef<Reading & { source: object | null }>({ left: 0, at: 0, source: null })
  if (last.current.source !== source) last.current = { source, left: leftThen, at: clock.now() }
  const left = leftNow(last.current, clock.now())
  const [, setTicks] = useState(0)
  useEffect(() => {
    if (left <= 0) return
    return clock.after(untilChange(left), () => setTicks((ticks) => ticks + 1))
  })
  return left
}

/** The warning that is due, for a while. A page that is opened late does not warn of what passed before. */
function useWarning(left: number): number | null {
  const clock = useClock()
  const before = useRef(left)
  const [warning, setWarning] = useState<number | null>(null)
  useEffect(() => {
    const due = warningBetween(before.current, left)
    before.current = left
    if (due !== null && left > 0) setWarning(due)
  }, [left])
  useEffect(() => {
    if (warning === null) return
    return clock.after(WARNING_MS, () => setWarning(null))
  }, [clock, warning])
  return warning
}
