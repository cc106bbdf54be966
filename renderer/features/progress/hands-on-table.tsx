/** Hands-on exams that were graded, the newest first. */
import { Link } from 'wouter'
import type { ProgressOverview } from '../../../main/api'
import { Outcome } from '../../attempt'
import { day, percent } from '../../components'
import { TableScroll } from './table-scroll'

export function HandsOnTable({ handsOn }: Pick<ProgressOverview, 'handsOn'>) {
  return (
    <section className="progress-section" aria-labelledby="progress-hands-on">
      <h2 id="progress-hands-on">Hands-on exams</h2>
      <TableScroll label="Table of hands-on exams">
        <table className="table progress-table">
          <caption className="visually-hidden">Hands-on exams, the newest first</caption>
          <thead>
            <tr>
              <th scope="col">Exam</th>
              <th scope="col">Date</th>
              <th scope="col">Tasks passed</th>
              <th scope="col">Score</th>
              <th scope="col">Outcome</th>
            </tr>
          </thead>
          <tbody>
            {[...handsOn]
              .reverse()
              .map(({ id, title, startedAt, tasksPassed, tasks, percent: score, passed }) => (
                <tr key={id}>
                  <th scope="row">
                    <Link href={`/hands-on/${id}`}>{title}</Link>
                  </th>
                  <td>{day(startedAt)}</td>
                  <td>
                    {tasksPassed} of {tasks}
                  </td>
                  <td>{percent(score)}</td>
                  <td>
                    <Outcome passed={passed} />
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </TableScroll>
    </section>
  )
}
