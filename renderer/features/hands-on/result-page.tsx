/** The result of a hands-on exam: by domain, and by task with what every check found and what would have done it. */
import { Check, ChevronDown, Shield, X } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import type { HandsOnResultView } from '../../../main/api'
import { useAnswer } from '../../api/hooks'
import { Outcome } from '../../attempt/outcome'
import { Button } from '../../components/button'
import { count, moment, percent } from '../../components/format'
import { CodeBlock, Markdown } from '../../components/markdown'
import { PageTitle } from '../../components/page-title'
import { ProblemPanel } from '../../components/problem'
import './task.css'
import './result-page.css'
import './result-task.css'
import './result-checks.css'

type Task = HandsOnResultView['tasks'][number]

export function ResultPage({ attemptId }: { readonly attemptId: string }) {
  const { value: result, problem, again } = useAnswer('handsOn.result', { attemptId })
  const [, navigate] = useLocation()
  if (problem) {
    return (
      <main id="main" className="page hands-on-alone">
        <PageTitle title="The result cannot be shown" />
        <ProblemPanel problem={problem} onAction={again} />
      </main>
    )
  }
  if (!result) return <main id="main" className="page" aria-busy="true" />
  return (
    <main id="main" className="page hands-on-result">
      <PageTitle title={`Result: ${result.title}`} />
      <Total result={result} />
      <section aria-labelledby="hands-on-domains" className="hands-on-result-section">
        <h2 id="hands-on-domains">By domain</h2>
        <ul className="hands-on-result-domains">
          {result.domains.map(({ id, title, percent: score, share, passed }) => (
            <li key={id}>
              <span>{title}</span>
              <small>{percent(share)} of the exam</small>
              <Bar score={score} passMark={result.passMark} passed={passed} />
              <strong>{percent(score)}</strong>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="result-tasks" className="hands-on-result-section">
        <h2 id="result-tasks">By task</h2>
        {result.tasks.map((task, index) => (
          <TaskResult key={task.id} task={task} number={index + 1} />
        ))}
      </section>
      <Button onPress={() => navigate('/hands-on')}>To the hands-on exams</Button>
    </main>
  )
}

function Total({
  result: { percent: score, passMark, passed, startedAt },
}: {
  readonly result: HandsOnResultView
}) {
  return (
    <div className="hands-on-result-total" data-passed={passed}>
      <strong>{percent(score)}</strong>
      <div>
        <Outcome passed={passed} />
        <p>
          {percent(passMark)} pass · <time dateTime={startedAt}>{moment(startedAt)}</time>
        </p>
      </div>
      <Bar score={score} passMark={passMark} passed={passed} />
    </div>
  )
}

interface BarProps {
  /** Per cent, as the pass mark is. */
  readonly score: number
  readonly passMark: number
  readonly passed: boolean
}

/** The number stands beside it; the bar is for the eye. */
function Bar({ score, passMark, passed }: BarProps) {
  return (
    <div className="hands-on-result-bar" data-passed={passed} aria-hidden="true">
      <i style={{ width: `${score}%` }} />
      <b style={{ left: `${passMark}%` }} />
    </div>
  )
}

function TaskResult({ task, number }: { readonly task: Task; readonly number: number }) {
  const {
    title,
    domain,
    share,
    points,
    of,
    percent: score,
    passed,
    opened,
    checks,
    solution,
    labs,
    markdown,
  } = task
  return (
    <details className="hands-on-result-task" open={!passed}>
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
      <p className="task-facts">
        {domain} · {percent(share)} of the exam{!opened && ' · you did not begin this task'}
      </p>
      <ul className="hands-on-result-checks" aria-label={`Checks of ${title}`}>
        {checks.map((check) => (
          <CheckRow key={check.name} check={check} opened={opened} />
        ))}
      </ul>
      <details className="hands-on-result-more">
        <summary>The task</summary>
        <Markdown text={markdown} />
      </details>
      {solution !== '' && (
        <details className="hands-on-result-more">
          <summary>One way to do it</summary>
          <CodeBlock fence={{ language: 'sh', runs: false, node: null }} source={solution} />
        </details>
      )}
      {labs.length > 0 && (
        <p className="hands-on-result-labs">
          Practise it:{' '}
          {labs.map(({ id, title: name }) => (
            <Link key={id} href={`/labs/${id}`}>
              {name}
            </Link>
          ))}
        </p>
      )}
    </details>
  )
}

interface CheckProps {
  readonly check: Task['checks'][number]
  /** Of a task without nodes there is nothing to explain. */
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
          {guard && <Shield role="img" aria-label="must stay green" />}
          <span className="visually-hidden">: {green ? 'green' : 'red'}</span>
        </p>
        {!green && opened && <p className="hands-on-result-check-why">{explanation}</p>}
        {!green && (expected || found) && (
          <dl className="hands-on-result-check-facts">
            <dt>Expected</dt>
            <dd>{expected}</dd>
            <dt>Found on {node}</dt>
            <dd>{found}</dd>
          </dl>
        )}
      </div>
      <span className="hands-on-result-check-points">
        {opened || !guard ? pointsText({ guard, green, points }) : '–'}
      </span>
    </li>
  )
}

/** A guard gives nothing; a broken one takes its points off. */
function pointsText({ guard, green, points }: { guard: boolean; green: boolean; points: number }): string {
  if (guard) return green ? 'kept' : `−${points}`
  return `${green ? points : 0} / ${points}`
}
