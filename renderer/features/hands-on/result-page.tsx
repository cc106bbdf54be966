/** The result of a hands-on exam: in all, by domain, and by task. */
import { useLocation } from 'wouter'
import type { HandsOnResultView } from '../../../main/api'
import { useAnswer } from '../../api'
import { Outcome } from '../../attempt'
import { Button, moment, PageTitle, ProblemPanel, percent } from '../../components'
import { TaskResult } from './task-result'
import './task.css'
import './result-page.css'

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
      <Domains result={result} />
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

interface Props {
  readonly result: HandsOnResultView
}

function Domains({ result: { domains, passMark } }: Props) {
  return (
    <section aria-labelledby="hands-on-domains" className="hands-on-result-section">
      <h2 id="hands-on-domains">By domain</h2>
      <ul className="hands-on-result-domains">
        {domains.map(({ id, title, percent: score, share, passed }) => (
          <li key={id}>
            <span>{title}</span>
            <small>{percent(share)} of the exam</small>
            <Bar score={score} passMark={passMark} passed={passed} />
            <strong>{percent(score)}</strong>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Total({ result: { percent: score, passMark, passed, extraTime, startedAt } }: Props) {
  return (
    <div className="hands-on-result-total" data-passed={passed}>
      <strong>{percent(score)}</strong>
      <div>
        <Outcome passed={passed} />
        <p>
          {percent(passMark)} needed · <time dateTime={startedAt}>{moment(startedAt)}</time>
        </p>
        {extraTime > 1 && <p>With extra time: {extraTime} times the usual time</p>}
      </div>
      <Bar score={score} passMark={passMark} passed={passed} />
    </div>
  )
}

interface BarProps {
  /** Per cent, like the pass mark. */
  readonly score: number
  readonly passMark: number
  readonly passed: boolean
}

/** The number stands beside the bar, so screen readers skip the bar. */
function Bar({ score, passMark, passed }: BarProps) {
  return (
    <div className="hands-on-result-bar" data-passed={passed} aria-hidden="true">
      <i style={{ width: `${score}%` }} />
      <b style={{ left: `${passMark}%` }} />
    </div>
  )
}
