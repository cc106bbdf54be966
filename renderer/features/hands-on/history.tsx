/** The hands-on exams that are over. */
import { Link } from 'wouter'
import type { HandsOnSummary } from '../../../main/api'
import { Outcome, RemoveAttempt } from '../../attempt'
import { moment, percent } from '../../components'
import './history.css'

interface Props {
  readonly attempts: readonly HandsOnSummary[]
  /** An attempt was deleted. */
  readonly onRemoved: () => void
}

export function History({ attempts, onRemoved }: Props) {
  return (
    <section className="hands-on-history" aria-labelledby="hands-on-history">
      <h2 id="hands-on-history">What you have sat</h2>
      <ul>
        {attempts.map(({ id, title, startedAt, percent: score, passed }) => (
          <li key={id}>
            <Link href={`/hands-on/${id}`}>{title}</Link>
            <time dateTime={startedAt}>{moment(startedAt)}</time>
            <span className="hands-on-history-percent">{percent(score ?? 0)}</span>
            <Outcome passed={passed ?? false} />
            <RemoveAttempt
              kind="handsOn"
              attemptId={id}
              what={`${title} of ${moment(startedAt)}`}
              onRemoved={onRemoved}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
