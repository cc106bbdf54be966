/** A running hands-on exam: its tasks, and the nodes of the task that is shown. */
import { useRef, useState } from 'react'
import type { HandsOnView, SessionView } from '../../../main/api'
import { type Action, useAction, useClient, useStream } from '../../api'
import { ProblemPanel } from '../../components'
import { type TerminalsHandle, useIsNarrow, WorkPanes } from '../../workbench'
import { ExamHeader } from './exam-header'
import { NoNodes } from './no-nodes'
import { TaskText } from './task-text'

export function TaskBench({ attempt }: { readonly attempt: HandsOnView }) {
  const [chosen, setChosen] = useState(attempt.current ?? 0)
  const task = attempt.tasks[chosen]
  // There is no session to watch before the task has nodes, and after it is handed in.
  return task?.sessionId ? (
    <WithSession attempt={attempt} chosen={chosen} onChoose={setChosen} sessionId={task.sessionId} />
  ) : (
    <Bench attempt={attempt} chosen={chosen} onChoose={setChosen} session={null} />
  )
}

interface Props {
  readonly attempt: HandsOnView
  /** Index of the task that is shown. */
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

function Bench(props: BenchProps) {
  const { attempt, chosen, session } = props
  const terminals = useRef<TerminalsHandle>(null)
  const action = useAction()
  const isNarrow = useIsNarrow()
  const task = attempt.tasks[chosen]
  if (!task) return null
  const part = { ...props, task, action }
  return (
    <main id="main" className="bench">
      <ExamHeader
        attempt={attempt}
        session={session}
        action={action}
        onPreview={(node, port) => terminals.current?.preview(node, port)}
      />
      {action.problem && <ProblemPanel problem={action.problem} onClose={action.forget} />}
      <WorkPanes
        isNarrow={isNarrow}
        session={session}
        terminals={terminals}
        text={<Text {...part} />}
        instead={<Instead {...part} />}
      />
    </main>
  )
}

interface PartProps extends BenchProps {
  readonly task: HandsOnView['tasks'][number]
  readonly action: Action
}

function Text({ attempt, chosen, onChoose, session, action }: PartProps) {
  const api = useClient()
  const reset = (sessionId: string) => action.run(() => api.call('session.reset', { sessionId }))
  return (
    <TaskText
      attempt={attempt}
      chosen={chosen}
      busy={action.busy}
      onChoose={onChoose}
      onHandIn={() => action.run(() => api.call('handsOn.handIn', { attemptId: attempt.id, task: chosen }))}
      onStartOver={session?.state === 'running' ? () => reset(session.id) : null}
      notice={session?.notice ?? null}
    />
  )
}

function Instead({ attempt, chosen, onChoose, session, action, task }: PartProps) {
  const api = useClient()
  const next = nextOf(attempt, chosen)
  return (
    <NoNodes
      task={task}
      session={session}
      busy={action.busy}
      onNext={next < 0 ? null : () => onChoose(next)}
      onBegin={() => action.run(() => api.call('handsOn.open', { attemptId: attempt.id, task: chosen }))}
      onReset={(sessionId) => action.run(() => api.call('session.reset', { sessionId }))}
    />
  )
}

/** The next task that is not handed in, in a circle. The result is -1 when all are handed in. */
function nextOf({ tasks }: HandsOnView, chosen: number): number {
  const isLeft = (index: number) => tasks[index]?.state !== 'handed-in'
  const after = tasks.findIndex((_task, index) => index > chosen && isLeft(index))
  return after < 0 ? tasks.findIndex((_task, index) => isLeft(index)) : after
}
