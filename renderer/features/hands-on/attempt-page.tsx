/** A hands-on exam from its first task to its result. */
import { useLocation } from 'wouter'
import { useStream } from '../../api'
import { useTakeStance } from '../../attempt'
import { PageTitle, ProblemPanel } from '../../components'
import { ResultPage } from './result-page'
import { TaskBench } from './task-bench'
import './attempt-page.css'

export function HandsOnAttemptPage({ attemptId }: { readonly attemptId: string }) {
  const { value: attempt, problem } = useStream('handsOn.watch', { attemptId })
  const [, navigate] = useLocation()
  useTakeStance({ place: '/hands-on', exam: attempt?.state === 'running' ? 'Hands-on exam' : null })
  if (problem) {
    return (
      <main id="main" className="page hands-on-alone">
        <PageTitle title="This exam cannot be opened" />
        <ProblemPanel
          problem={problem}
          action="To the hands-on exams"
          onAction={() => navigate('/hands-on')}
        />
      </main>
    )
  }
  if (!attempt) return <main id="main" className="page" aria-busy="true" />
  if (attempt.state === 'ended') return <ResultPage attemptId={attemptId} />
  if (attempt.state === 'grading') return <Grading title={attempt.title} />
  return <TaskBench attempt={attempt} />
}

function Grading({ title }: { readonly title: string }) {
  return (
    <main id="main" className="page hands-on-alone">
      <PageTitle title={title} />
      <p className="hands-on-grading" role="status">
        <span className="bench-wait-dot" aria-hidden="true" />
        Your nodes are being graded. Checks that are not green yet get some time to become so: this can take a
        minute or two.
      </p>
    </main>
  )
}
