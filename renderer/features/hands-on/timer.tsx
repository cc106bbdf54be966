/** The time that is left: seen at a glance, read out only when it becomes scarce. */
import { Timer as TimerIcon } from 'lucide-react'
import { useEffect, useState } from 'react'
import { clockText, timeWarning } from './words'

/** Milliseconds left, counted on from what the host said last. */
function useCountdown(timeLeft: number): number {
  const [now, setNow] = useState(timeLeft)
  useEffect(() => {
    const end = performance.now() + timeLeft
    const look = () => setNow(Math.max(0, end - performance.now()))
    look()
    const timer = setInterval(look, 250)
    return () => clearInterval(timer)
  }, [timeLeft])
  return now
}

export function Timer({ timeLeft }: { readonly timeLeft: number }) {
  const left = useCountdown(timeLeft)
  const warning = timeWarning(left)
  return (
    <div className="hands-on-timer" data-scarce={warning !== null}>
      <TimerIcon aria-hidden="true" />
      <span role="timer" aria-label="Time left">
        {clockText(left)}
      </span>
      <span className="visually-hidden" aria-live="polite">
        {warning}
      </span>
    </div>
  )
}
