/** A lab: instructions and checks on one side, terminals and the editor on the other. */
import { useLocation } from 'wouter'
import type { LabDetail, Problem, SessionView } from '../../../main/api'
import { useAction, useAnswer, useClient, useStream } from '../../api'
import { Button, PageTitle, ProblemPanel } from '../../components'
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

function BrokenLab({ lab, session }: { readonly lab: LabDetail; readonly session: SessionView }) {
  const api = useClient()
  const { busy, problem, run } = useAction()
  const ref = { sessionId: session.id }
  return (
    <main id="main" className="page lab-closed">
      <PageTitle title={lab.title} />
      {session.problem && <ProblemPanel problem={session.problem} />}
      {problem && <ProblemPanel problem={problem} />}
      <p>
        A reset gives you new nodes and starts the lab again. The steps you have completed stay in your
        progress.
      </p>
      <div className="row">
        <Button weight="primary" isDisabled={busy} onPress={() => run(() => api.call('session.reset', ref))}>
          Reset the lab
        </Button>
        <Button isDisabled={busy} onPress={() => run(() => api.call('session.stop', ref))}>
          Stop the lab
        </Button>
      </div>
    </main>
  )
}
