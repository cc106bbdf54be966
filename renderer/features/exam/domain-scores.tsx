/** Scores by domain, in a table. Bars show the scores and their uncertainty to the eye. */
import { Link } from 'wouter'
import type { ResultView } from '../../../main/api'
import { interval, percent } from '../../components'
import './domain-scores.css'

interface Props {
  readonly domains: ResultView['domains']
  /** Per cent. Null for a mode that nobody passes or fails. */
  readonly passMark: number | null
}

export function DomainScores({ domains, passMark }: Props) {
  return (
    <section aria-labelledby="domains-title">
      <h2 id="domains-title">By domain</h2>
      <table className="table result-domains">
        <thead>
          <tr>
            <th scope="col">Domain</th>
            <th scope="col">Right</th>
            <th scope="col">Score</th>
            <td className="result-bar" />
            <th scope="col">90 % interval</th>
          </tr>
        </thead>
        <tbody>
          {domains.map((domain) => (
            <tr key={domain.id}>
              <th scope="row">
                <Link href={`/practice/${domain.id}`}>{domain.title}</Link>
              </th>
              <td>
                {domain.right} of {domain.of}
              </td>
              <td>{percent(domain.percent)}</td>
              <td className="result-bar">
                <ShareBar share={domain} passMark={passMark} />
              </td>
              <td>{interval(domain)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="result-legend">
        The bar is the score; the thin line is where it would lie with many more items of the domain
        {passMark !== null && `; the mark is the pass mark of ${percent(passMark)}`}.
      </p>
    </section>
  )
}

interface BarProps {
  readonly share: { readonly percent: number; readonly low: number; readonly high: number }
  readonly passMark: number | null
}

/** The text beside the bar says the same, so screen readers skip the bar. */
export function ShareBar({ share: { percent: part, low, high }, passMark }: BarProps) {
  return (
    <div className="share-bar" aria-hidden="true">
      <i className="share-part" style={{ width: `${part}%` }} />
      <i className="share-interval" style={{ left: `${low}%`, width: `${high - low}%` }} />
      {passMark !== null && <i className="share-mark" style={{ left: `${passMark}%` }} />}
    </div>
  )
}
