/** The time left: quiet, hideable, and told aloud when it becomes short. */
import { Clock, EyeOff } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { AttemptView } from '../../../main/api'
import { leftNow, type Told, timeText, untilChange, warningBetween } from './countdown'

interface Props {
  readonly view: AttemptView
  readonly isShown: boolean
  readonly onToggle: () => void
}

/** How long a warning stays, in milliseconds. */
const WARNING_MS = 8_000

export function Timer({ view, isShown, onToggle }: Props) {
  const left = useTimeLeft(view)
  const warning = useWarning(left)
  const text = left > 0 ? timeText(left) : 'Time is up'
  return (
    <div className="timer" data-short={left <= 5 * 60_000}>
      <button
        type="button"
        className="timer-button"
        aria-label={isShown ? `Time left: ${text}. Hide it` : 'Show the time left'}
        title={isShown ? 'Hide the time (T)' : 'Show the time (T)'}
        onClick={onToggle}
      >
        {isShown ? <Clock aria-hidden="true" /> : <EyeOff aria-hidden="true" />}
        <span role="timer">{isShown ? text : 'Time'}</span>
      </button>
      <div className="timer-warning" role="status">
        {warning !== null && <span>{`${warning} ${warning === 1 ? 'minute' : 'minutes'} left`}</span>}
      </div>
    </div>
  )
}

/** Milliseconds left, new whenever its text is another one. */
function useTimeLeft(view: AttemptView): number {
  const told = useRef<Told & { view: AttemptView | null }>({ left: 0, at: 0, view: null })
  if (told.current.view !== view) told.current = { view, left: view.timeLeft ?? 0, at: performance.now() }
  const left = leftNow(told.current, performance.now())
  const [, setTicks] = useState(0)
  useEffect(() => {
    if (left <= 0) return
    const timer = setTimeout(() => setTicks((count) => count + 1), untilChange(left))
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
