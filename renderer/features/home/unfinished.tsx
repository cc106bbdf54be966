/** Practice, drills and the placement test that were left: no clock runs, so they can be continued on any day. */
import { Link } from 'wouter'
import { useAnswer } from '../../api'
import { RunningAttempts, useRunningExam } from '../../attempt'

/** More than these are found on the page of practice. */
const SHOWN = 3

export function Unfinished() {
  const { value: attempts } = useAnswer('exam.list', {})
  const exam = useRunningExam()
  const left = attempts?.filter(({ state, mode }) => state === 'running' && mode !== 'real') ?? []
  // One exam runs at a time, and practice waits for its end.
  if (exam || left.length === 0) return null
  return (
    <div className="home-part">
      <RunningAttempts attempts={left.slice(0, SHOWN)} />
      {left.length > SHOWN && (
        <p className="home-more">
          <Link href="/practice">All {left.length} that you can continue</Link>
        </p>
      )}
    </div>
  )
}
