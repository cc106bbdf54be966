/** The running exam: the clock, the tasks, and the nodes of the one that is worked on. */
import { FileCode2, Flag } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { HandsOnView, SessionView } from '../../../main/api'
import { api } from '../../api/connection'
import { useAction, useStream } from '../../api/hooks'
import { Timer } from '../../attempt/timer'
import { Button } from '../../components/button'
import { ConfirmDialog } from '../../components/dialog'
import { count } from '../../components/format'
import { PageTitle } from '../../components/page-title'
import { ProblemPanel } from '../../components/problem'
import { Nodes, type TerminalsHandle, useEditor, WorkPanes } from '../../workbench'
import { NoNodes } from './no-nodes'
import { TaskText } from './task-text'

/** Below this width panes lie one above the other. */
const NARROW = '(max-width: 760px)'

export function TaskBench({ attempt }: { readonly attempt: HandsOnView }) {
  const [chosen, setChosen] = useState(attempt.current ?? 0)
  const task = attempt.tasks[chosen]
  // A watch of a session that is gone would only fail.
  return task?.sessionId ? (
    <WithSession attempt={attempt} chosen={chosen} onChoose={setChosen} sessionId={task.sessionId} />
  ) : (
    <Bench attempt={attempt} chosen={chosen} onChoose={setChosen} session={null} />
  )
}

interface Props {
  readonly attempt: HandsOnView
  /** Index of the task that is looked at. */
  readonly chosen: number
  readonly onChoose: (task: number) => void
}

function WithSession({ sessionId, ...props }: Props & { readonly sessionId: string }) {
  const { value: session } = useStream('session.watch', { sessionId })
  return <Bench {...props} session={session?.id === sessionId ? session : null} />
}

interface BenchProps extends Props {
  readonly session: SessionView | null
}

function Bench({ attempt, chosen, onChoose, session }: BenchProps) {
  const terminals = useRef<TerminalsHandle>(null)
  const action = useAction()
  const isNarrow = useIsNarrow()
  const task = attempt.tasks[chosen]
  const ref = { attemptId: attempt.id, task: chosen }
  const reset = (sessionId: string) => action.run(() => api.call('session.reset', { sessionId }))
  if (!task) return null
  const next = nextOf(attempt, chosen)
  return (
    <main id="main" className="lab">
      <Header
        attempt={attempt}
        session={session}
        action={action}
        onPreview={(node, port) => terminals.current?.preview(node, port)}
      />
      {action.problem && (
        <ProblemPanel problem={action.problem} action="All right" onAction={action.forget} />
      )}
      <WorkPanes
        isNarrow={isNarrow}
        session={session}
        terminals={terminals}
        text={
          <TaskText
            attempt={attempt}
            chosen={chosen}
            busy={action.busy}
            onChoose={onChoose}
            onHandIn={() => action.run(() => api.call('handsOn.handIn', ref))}
            onStartOver={session?.state === 'running' ? () => reset(session.id) : null}
            notice={session?.notice ?? null}
          />
        }
        instead={
          <NoNodes
            task={task}
            session={session}
            busy={action.busy}
            onNext={next < 0 ? null : () => onChoose(next)}
            onBegin={() => action.run(() => api.call('handsOn.open', ref))}
            onReset={reset}
          />
        }
      />
    </main>
  )
}

/** The next task that is not handed in, around the end; -1 when there is none. */
function nextOf({ tasks }: HandsOnView, chosen: number): number {
  const isLeft = (index: number) => tasks[index]?.state !== 'handed-in'
  const after = tasks.findIndex((_task, index) => index > chosen && isLeft(index))
  return after < 0 ? tasks.findIndex((_task, index) => isLeft(index)) : after
}

interface HeaderProps {
  readonly attempt: HandsOnView
  readonly session: SessionView | null
  readonly action: ReturnType<typeof useAction>
  readonly onPreview: (node: string, port: number) => void
}

function Header({ attempt, session, action, onPreview }: HeaderProps) {
  const [isAsked, setIsAsked] = useState(false)
  const [timeIsShown, setTimeIsShown] = useState(true)
  const editor = useEditor()
  const left = attempt.tasks.filter(({ state }) => state !== 'handed-in').length
  return (
    <div className="bench-header hands-on-header">
      <PageTitle title={attempt.title} />
      {session && <Nodes session={session} action={action} onPreview={onPreview} />}
      <div className="row">
        <Button
          weight="quiet"
          small
          isDisabled={session?.state !== 'running'}
          aria-pressed={editor.isOpen}
          icon={<FileCode2 aria-hidden="true" />}
          onPress={editor.toggle}
        >
          {editor.isOpen ? 'Hide editor' : 'Editor'}
        </Button>
        <Timer
          told={attempt}
          left={attempt.timeLeft}
          isShown={timeIsShown}
          onToggle={() => setTimeIsShown((shown) => !shown)}
        />
        <Button
          small
          weight={left === 0 ? 'primary' : 'normal'}
          isDisabled={action.busy}
          icon={<Flag aria-hidden="true" />}
          onPress={() => setIsAsked(true)}
        >
          End exam
        </Button>
      </div>
      <ConfirmDialog
        title="End the exam?"
        text={
          left === 0
            ? 'All tasks are handed in. You get your result.'
            : `${count(left, 'task')} not handed in yet: they are graded as their nodes are now. You cannot go back.`
        }
        action="End the exam"
        danger={left > 0}
        isOpen={isAsked}
        onClose={() => setIsAsked(false)}
        onConfirm={() => action.run(() => api.call('handsOn.end', { attemptId: attempt.id }))}
      />
    </div>
  )
}

function useIsNarrow(): boolean {
  const [isNarrow, setIsNarrow] = useState(() => window.matchMedia(NARROW).matches)
  useEffect(() => {
    const query = window.matchMedia(NARROW)
    const change = () => setIsNarrow(query.matches)
    query.addEventListener('change', change)
    return () => query.removeEventListener('change', change)
  }, [])
  return isNarrow
}
