/** Lists of attempts: those that still run, and those that are over. */
import { Clock, Play } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import type { AttemptSummary } from '../../main/api'
import { Button, duration, InlineCode, interval, moment, percent } from '../components'
import { useAttemptName } from './mode'
import { Outcome } from './outcome'
import { RemoveAttempt } from './remove-attempt'
import './attempts.css'

interface Props {
  readonly attempts: readonly AttemptSummary[]
}

/** Lists the attempts that run. Without any, nothing is shown. */
export function RunningAttempts({ attempts }: Props) {
  const running = attempts.filter(({ state }) => state === 'running')
  const isTimed = running.some(({ timeLeft }) => timeLeft !== null)
  if (running.length === 0) return null
  return (
    <section className="attempts" aria-labelledby="running-title">
      <h2 id="running-title">{isTimed ? 'Still running' : 'Continue'}</h2>
      {!isTimed && <p className="attempts-empty">No clock runs here: continue on any day.</p>}
      <ul className="attempts-running">
        {running.map((attempt) => (
          <RunningAttempt key={attempt.id} attempt={attempt} />
        ))}
      </ul>
    </section>
  )
}

function RunningAttempt({ attempt }: { readonly attempt: AttemptSummary }) {
  const [, navigate] = useLocation()
  const { id, about, startedAt, answered, length, timeLeft } = attempt
  const name = useAttemptName()(attempt)
  return (
    <li className="attempt-running">
      <div>
        <strong>
          {name}
          {about && (
            <>
              : <InlineCode text={about} />
            </>
          )}
        </strong>
        <span>
          started {moment(startedAt)} · {answered} of {length} answered
        </span>
      </div>
      {timeLeft !== null && (
        <span className="attempt-left">
          <Clock aria-hidden="true" /> {duration(Math.ceil(timeLeft / 60_000) * 60_000)} left
        </span>
      )}
      <Button
        weight="primary"
        icon={<Play aria-hidden="true" />}
        aria-label={`Continue: ${name}, started ${moment(startedAt)}`}
        onPress={() => navigate(`/exam/${id}`)}
      >
        Continue
      </Button>
    </li>
  )
}

interface HistoryProps extends Props {
  /** The text that is shown when no attempt is over yet. */
  readonly empty: string
  /** An attempt was deleted. */
  readonly onRemoved: () => void
}

export function AttemptHistory({ attempts, empty, onRemoved }: HistoryProps) {
  const ended = attempts.filter(({ state }) => state === 'ended')
  return (
    <section className="attempts" aria-labelledby="history-title">
      <h2 id="history-title">History</h2>
      {ended.length === 0 ? (
        <p className="attempts-empty">{empty}</p>
      ) : (
        <table className="table attempts-table">
          <thead>
            <tr>
              <th scope="col">Started</th>
              <th scope="col">Score</th>
              <th scope="col" className="attempts-interval">
                90 % interval
              </th>
              <th scope="col">Outcome</th>
              <th scope="col">
                <span className="visually-hidden">Result</span>
              </th>
              <th scope="col">
                <span className="visually-hidden">Delete</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {ended.map((attempt) => (
              <HistoryRow key={attempt.id} attempt={attempt} onRemoved={onRemoved} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function HistoryRow({
  attempt,
  onRemoved,
}: Pick<HistoryProps, 'onRemoved'> & {
  readonly attempt: AttemptSummary
}) {
  const { id, mode, about, startedAt, total, passed } = attempt
  const name = useAttemptName()(attempt)
  return (
    <tr>
      <th scope="row">{moment(startedAt)}</th>
      <td>
        {total && (
          <>
            <strong>{percent(total.percent)}</strong>{' '}
            <small>
              {total.right} of {total.of}
            </small>
          </>
        )}
      </td>
      <td className="attempts-interval">{total && interval(total)}</td>
      <td>
        {mode === 'real' && passed !== null ? (
          <Outcome passed={passed} />
        ) : (
          <InlineCode text={about ?? name} />
        )}
      </td>
      <td>
        <Link href={`/exam/${id}/result`} aria-label={`Result of ${moment(startedAt)}`}>
          Result
        </Link>
      </td>
      <td>
        <RemoveAttempt
          kind="exam"
          attemptId={id}
          what={`${name} of ${moment(startedAt)}`}
          onRemoved={onRemoved}
        />
      </td>
    </tr>
  )
}
