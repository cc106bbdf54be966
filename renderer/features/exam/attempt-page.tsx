/** One attempt while it runs. When it is over, the page goes to its result. */
import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { useStream } from '../../api'
import { modeName, placeOf, useTakeStance } from '../../attempt'
import { PageTitle, ProblemPanel } from '../../components'
import { Delivery } from './delivery'
import './exam.css'

export function AttemptPage({ attemptId }: { readonly attemptId: string }) {
  const { value: view, problem } = useStream('exam.watch', { attemptId })
  const [, navigate] = useLocation()
  const isOver = view?.state === 'ended'
  // A practice without an answer has no result.
  const isEmpty = view?.mode !== 'real' && !view?.items.some(({ answered, closed }) => answered || closed)
  const isSitting = view?.mode === 'real' && !isOver
  useTakeStance({ place: view ? placeOf(view.mode) : null, exam: isSitting ? modeName('real') : null })
  useEffect(() => {
    if (isOver) navigate(isEmpty ? '/practice' : `/exam/${attemptId}/result`, { replace: true })
  }, [isOver, isEmpty, attemptId, navigate])
  if (problem)
    return (
      <main id="main" className="page exam">
        <PageTitle title="This attempt cannot be opened" />
        <ProblemPanel problem={problem} action="To the exams" onAction={() => navigate('/exam')} />
      </main>
    )
  if (!view || isOver) return <main id="main" className="page" aria-busy="true" />
  return <Delivery view={view} />
}
