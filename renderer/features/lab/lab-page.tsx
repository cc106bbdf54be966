/** A lab: instructions and checks on one side, terminals and the editor on the other. */
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import type { LabDetail, SessionView } from '../../../main/api'
import { api, asProblem } from '../../api/connection'
import { useAction, useStream } from '../../api/hooks'
import { Button } from '../../components/button'
import { PageTitle } from '../../components/page-title'
import { ProblemPanel } from '../../components/problem'
import { Workbench } from './workbench'

export function LabPage({ labId }: { readonly labId: string }) {
  const [lab, setLab] = useState<LabDetail | null>(null)
  const [problem, setProblem] = useState<ReturnType<typeof asProblem> | null>(null)
  const { value: labs } = useStream('lab.watch', {})
  useEffect(() => {
    api.call('lab.open', { labId }).then(setLab, (error: unknown) => setProblem(asProblem(error)))
  }, [labId])
  if (problem) return <Missing problem={problem} />
  const sessionId = labs?.find(({ id }) => id === labId)?.sessionId
  if (!lab || !labs) return <main id="main" className="page" aria-busy="true" />
  return sessionId ? <OpenLab lab={lab} sessionId={sessionId} /> : <ClosedLab lab={lab} />
}

function Missing({ problem }: { readonly problem: ReturnType<typeof asProblem> }) {
  const [, navigate] = useLocation()
  return (
    <main id="main" className="page lab-closed">
      <PageTitle title="This lab cannot be opened" />
      <ProblemPanel problem={problem} action="To the labs" onAction={() => navigate('/')} />
    </main>
  )
}

/** No session: what the lab is about, and a way in. */
function ClosedLab({ lab }: { readonly lab: LabDetail }) {
  const { busy, problem, run } = useAction()
  const start = () => run(() => api.call('session.start', { labId: lab.id }))
  return (
    <main id="main" className="page lab-closed">
      <PageTitle title={lab.title} />
      <p>{lab.summary}</p>
      <ol>
        {lab.steps.map(({ id, title }) => (
          <li key={id}>{title}</li>
        ))}
      </ol>
      {problem && <ProblemPanel problem={problem} />}
      <Button weight="primary" isDisabled={busy} onPress={start}>
        Start the lab
      </Button>
    </main>
  )
}

function OpenLab({ lab, sessionId }: { readonly lab: LabDetail; readonly sessionId: string }) {
  const { value: session, problem } = useStream('session.watch', { sessionId })
  if (problem) return <Missing problem={problem} />
  if (!session) return <main id="main" className="page" aria-busy="true" />
  if (session.state === 'broken') return <BrokenLab lab={lab} session={session} />
  return <Workbench lab={lab} session={session} />
}

function BrokenLab({ lab, session }: { readonly lab: LabDetail; readonly session: SessionView }) {
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
