/** The result of one task: its points, what every check found, and a way to do it. */
import { Check, ChevronDown, X } from 'lucide-react'
import { Link } from 'wouter'
import type { HandsOnResultView } from '../../../main/api'
import {
  CheckFacts,
  count,
  GuardMark,
  InlineCode,
  Markdown,
  moment,
  percent,
  Solution,
} from '../../components'
import './result-task.css'
import './result-checks.css'

type Task = HandsOnResultView['tasks'][number]

export function TaskResult({ task, number }: { readonly task: Task; readonly number: number }) {
  const { title, domain, share, passed, opened, judgedAt, checks } = task
  return (
    <details className="hands-on-result-task" open={!passed}>
      <Summary task={task} number={number} />
      <p className="task-facts">
        {domain} · {percent(share)} of the exam{!opened && ' · you did not begin this task'}
        {judgedAt !== null && ` · judged as it was at ${moment(judgedAt)}`}
      </p>
      <ul className="hands-on-result-checks" aria-label={`Checks of ${title}`}>
        {checks.map((check) => (
          <CheckRow key={check.name} check={check} opened={opened} />
        ))}
      </ul>
      <Learn task={task} />
    </details>
  )
}

function Summary({ task, number }: { readonly task: Task; readonly number: number }) {
  const { title, points, of, percent: score, passed } = task
  return (
    <summary>
      <span className="task-number" data-passed={passed} aria-hidden="true">
        {number}
      </span>
      <h3>{title}</h3>
      <span className="hands-on-result-task-points">
        {points} of {count(of, 'point')}
      </span>
      <strong>{percent(score)}</strong>
      <ChevronDown aria-hidden="true" />
    </summary>
  )
}

/** The text of the task, one solution, and the labs that teach it. */
function Learn({ task: { markdown, nodes, solution, labs } }: { readonly task: Task }) {
  return (
    <>
      <details className="hands-on-result-more">
        <summary>The task</summary>
        <Markdown text={markdown} />
      </details>
      {solution.length > 0 && (
        <details className="hands-on-result-more">
          <summary>One way to do it</summary>
          <Solution parts={solution} nodes={nodes} />
        </details>
      )}
      {labs.length > 0 && (
        <p className="hands-on-result-labs">
          Practise it:{' '}
          {labs.map(({ id, title }) => (
            <Link key={id} href={`/labs/${id}`}>
              {title}
            </Link>
          ))}
        </p>
      )}
    </>
  )
}

interface CheckProps {
  readonly check: Task['checks'][number]
  /** Whether the task had nodes. Without nodes there is nothing to explain. */
  readonly opened: boolean
}

function CheckRow({ check, opened }: CheckProps) {
  const { name, node, guard, points, green, expected, found, explanation } = check
  return (
    <li className="hands-on-result-check" data-green={green}>
      {green ? <Check aria-hidden="true" /> : <X aria-hidden="true" />}
      <div>
        <p className="hands-on-result-check-name">
          {name}
          {guard && <GuardMark />}
          <span className="visually-hidden">: {green ? 'green' : 'red'}</span>
        </p>
        {!green && opened && (
          <p className="hands-on-result-check-why">
            <InlineCode text={explanation} />
          </p>
        )}
        {!green && (
          <CheckFacts explanation={opened ? explanation : ''} expected={expected} found={found} node={node} />
        )}
      </div>
      <span className="hands-on-result-check-points">
        {opened || !guard ? pointsText({ guard, green, points }) : '–'}
      </span>
    </li>
  )
}

/** A guard gives no points. A broken guard takes its points off. */
function pointsText({ guard, green, points }: { guard: boolean; green: boolean; points: number }): string {
  if (guard) return green ? 'kept' : `−${points}`
  return `${green ? points : 0} / ${points}`
}
