/** A lab: instructions and checks on one side, terminals and the editor on the other. */
import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import type { LabDetail, Problem } from '../../../main/api'
import { useAnswer, useStream } from '../../api'
import { PageTitle, ProblemPanel } from '../../components'
import { BrokenLab } from './broken-lab'
import { ClosedLab } from './closed-lab'
import { LabOpen } from './lab-open'

export function LabPage({ labId }: { readonly labId: string }) {
  const { value: lab, problem, again } = useAnswer('lab.open', { labId })
  const { value: labs } = useStream('lab.watch', {})
  const now = labs?.find(({ id }) => id === labId)
  useAtTheEnd(now?.sessionId ?? null, again)
  if (problem) return <Missing problem={problem} />
  if (!lab || !labs) return <main id="main" className="page" aria-busy="true" />
  if (now?.sessionId) return <WithSession lab={lab} sessionId={now.sessionId} />
  return <ClosedLab lab={{ ...lab, ...now }} />
}

/** What was done in a session is known when the session has ended. */
function useAtTheEnd(sessionId: string | null, onEnd: () => void) {
  const last = useRef<string | null>(null)
  useEffect(() => {
    if (last.current !== null && sessionId === null) onEnd()
    last.current = sessionId
  }, [sessionId, onEnd])
}

function Missing({ problem }: { readonly problem: Problem }) {
  const [, navigate] = useLocation()
  return (
    <main id="main" className="page lab-closed">
      <PageTitle title="This lab cannot be opened" />
      <ProblemPanel problem={problem} action="To the labs" onAction={() => navigate('/labs')} />
    </main>
  )
}

function WithSession({ lab, sessionId }: { readonly lab: LabDetail; readonly sessionId: string }) {
  const { value: session, problem } = useStream('session.watch', { sessionId })
  if (problem) return <Missing problem={problem} />
  if (!session) return <main id="main" className="page" aria-busy="true" />
  if (session.state === 'broken') return <BrokenLab lab={lab} session={session} />
  return <LabOpen lab={lab} session={session} />
}
