/** One playground: its nodes, its terminals, and what can be done with all of it. */
import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { PlacedCompose, SessionView } from '../../../main/api'
import { useAction, useClient, useStream } from '../../api'
import { Button, PageTitle, ProblemPanel } from '../../components'
import { BenchHeader, type TerminalsHandle, WorkPanes } from '../../workbench'
import { BenchButtons, type Question } from './bench-buttons'
import { ComposeDialog } from './compose-dialog'
import { NodesDialog } from './nodes-dialog'
import { composeFor, forgetCompose } from './pending-compose'
import { DeleteDialog } from './playground-list'
import './playground.css'

export function PlaygroundBenchPage({ sessionId }: { readonly sessionId: string }) {
  const { value: session, problem } = useStream('session.watch', { sessionId })
  const [, navigate] = useLocation()
  const isGone = problem !== null || session?.state === 'stopped' || (session && !session.playground)
  if (isGone) {
    return (
      <main id="main" className="page playground-alone">
        <PageTitle title="This playground is not there" />
        <p>It was deleted, or it belongs to another data folder.</p>
        <Button onPress={() => navigate('/playground')}>To the playgrounds</Button>
      </main>
    )
  }
  if (!session) return <main id="main" className="page" aria-busy="true" />
  return session.state === 'saved' ? <Saved session={session} /> : <Bench session={session} />
}

interface Props {
  readonly session: SessionView
}

/** The nodes are off until the person wants them. */
function Saved({ session }: Props) {
  const api = useClient()
  const { busy, problem, run } = useAction()
  return (
    <main id="main" className="page playground-alone">
      <PageTitle title={session.playground?.name ?? ''} />
      <p>This playground is saved: its nodes are off, and keep everything that is in them.</p>
      {problem && <ProblemPanel problem={problem} />}
      <Button
        weight="primary"
        isDisabled={busy}
        onPress={() => run(() => api.call('playground.continue', { sessionId: session.id }))}
      >
        Continue
      </Button>
    </main>
  )
}

function Bench({ session }: Props) {
  const terminals = useRef<TerminalsHandle>(null)
  const action = useAction()
  const [question, setQuestion] = useState<Question | null>(null)
  return (
    <main id="main" className="bench">
      <BenchHeader
        title={session.playground?.name ?? ''}
        session={session}
        action={action}
        onPreview={(node, port) => terminals.current?.preview(node, port)}
      >
        <BenchButtons session={session} action={action} onAsk={setQuestion} />
      </BenchHeader>
      {session.activity && session.state === 'running' && (
        <p className="playground-activity" role="status">
          {session.activity}…
        </p>
      )}
      {action.problem && <ProblemPanel problem={action.problem} onClose={action.forget} />}
      {session.notice && <p className="bench-notice">{session.notice}</p>}
      {session.problem && <ProblemPanel problem={session.problem} />}
      <WorkPanes session={session} terminals={terminals} />
      <Questions
        session={session}
        action={action}
        question={question}
        onAsk={setQuestion}
        onPlaced={({ command, node }) => terminals.current?.run(`${command}\n`, node)}
      />
    </main>
  )
}

interface QuestionsProps extends Props {
  readonly action: ReturnType<typeof useAction>
  readonly question: Question | null
  readonly onAsk: (question: Question | null) => void
  readonly onPlaced: (placed: PlacedCompose) => void
}

function Questions({ session, action, question, onAsk, onPlaced }: QuestionsProps) {
  const [compose, setCompose] = useState(() => composeFor(session.id))
  // A file that came with a link is shown as soon as the nodes run, and deployed only by the person.
  const [isBrought, setIsBrought] = useState(compose !== '')
  const close = () => onAsk(null)
  const closeCompose = () => {
    forgetCompose(session.id)
    setIsBrought(false)
    close()
  }
  return (
    <>
      <NodesDialog session={session} action={action} isOpen={question === 'nodes'} onClose={close} />
      <ComposeDialog
        session={session}
        text={compose}
        onText={setCompose}
        isOpen={question === 'compose' || (isBrought && session.state === 'running')}
        onClose={closeCompose}
        onPlaced={onPlaced}
      />
      <DeleteDialog
        session={session}
        isOpen={question === 'delete'}
        onClose={close}
        run={action.run}
        leaveFor="/playground"
      />
    </>
  )
}
