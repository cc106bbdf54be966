/** The hands-on exams that were sat. */
import { Link } from 'wouter'
import type { HandsOnSummary } from '../../../main/api'
import { percentText } from './words'

export function History({ attempts }: { readonly attempts: readonly HandsOnSummary[] }) {
  return (
    <section className="hands-on-history" aria-labelledby="hands-on-history">
      <h2 id="hands-on-history">What you have sat</h2>
      <ul>
        {attempts.map(({ id, title, startedAt, percent, passed }) => (
          <li key={id}>
            <Link href={`/hands-on/${id}`}>{title}</Link>
            <time dateTime={startedAt}>
              {new Date(startedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}
            </time>
            <span className="hands-on-history-percent">{percentText(percent ?? 0)}</span>
            <Verdict passed={passed ?? false} />
          </li>
        ))}
      </ul>
    </section>
  )
}

export function Verdict({ passed }: { readonly passed: boolean }) {
  return (
    <span className="hands-on-verdict" data-passed={passed}>
      {passed ? 'Passed' : 'Not passed'}
    </span>
  )
}
