/** A lab: instructions and checks on one side, terminals and the editor on the other. */
import { useLocation } from 'wouter'
import type { LabDetail, Problem } from '../../../main/api'
import { useAnswer, useStream } from '../../api'
import { PageTitle, ProblemPanel } from '../../components'
import { BrokenLab } from './broken-lab'
import { ClosedLab } from './closed-lab'
import { LabOpen } from './lab-open'

export function LabPage({ labId }: { readonly labId: string }) {
  const { value: lab, problem } = useAnswer('lab.open', { labId })
  const { value: labs } = useStream('lab.watch', {})
  if (problem) return <Missing problem={problem} />
  const now = labs?.find(({ id }) => id === labId)
  if (!lab || !labs) return <main id="main" className="page" aria-busy="true" />
  if (now?.sessionId) return <WithSession lab={lab} sessionId={now.sessionId} />
  return <ClosedLab lab={{ ...lab, consent: now ? now.consent : lab.consent }} />
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
