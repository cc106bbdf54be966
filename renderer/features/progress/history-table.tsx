/** Scores, attempt by attempt, as a table. */
import { Link } from 'wouter'
import type { ProgressOverview } from '../../../main/api'
import { useAttemptName } from '../../attempt'
import { day, interval, percent } from '../../components'
import { TableScroll } from './table-scroll'

export function HistoryTable({ history }: Pick<ProgressOverview, 'history'>) {
  const nameOf = useAttemptName()
  return (
    <TableScroll label="Scores as a table">
      <table className="table progress-table">
        <caption className="visually-hidden">Scores, the newest first</caption>
        <thead>
          <tr>
            <th scope="col">Date</th>
            <th scope="col">Mode</th>
            <th scope="col">Right</th>
            <th scope="col">Score</th>
            <th scope="col">Interval, 90 %</th>
            <th scope="col">Pass mark</th>
          </tr>
        </thead>
        <tbody>
          {[...history].reverse().map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <Link href={`/exam/${one.id}`}>{day(one.startedAt)}</Link>
              </th>
              <td>{nameOf(one)}</td>
              <td>
                {one.right} of {one.of}
              </td>
              <td>{percent(one.percent)}</td>
              <td>{interval(one)}</td>
              <td>{one.passed ? 'reached' : 'not reached'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  )
}
