/** Stands in place of the terminals while a task has no nodes: before it is begun, while its nodes start, and after it is handed in. */
import { ArrowRight, Check, Play, RotateCcw } from 'lucide-react'
import type { HandsOnView, SessionView } from '../../../main/api'
import { Button, count, ProblemPanel } from '../../components'
import { Waiting } from '../../workbench'
import './no-nodes.css'

interface Props {
  readonly task: HandsOnView['tasks'][number]
  readonly session: SessionView | null
  readonly busy: boolean
  readonly onBegin: () => void
  /** Goes to a task that is not handed in. Null when there is none. */
  readonly onNext: (() => void) | null
  readonly onReset: (sessionId: string) => void
}

export function NoNodes({ task, session, busy, onBegin, onNext, onReset }: Props) {
  if (task.state === 'handed-in') {
    return (
      <div className="hands-on-empty">
        <Check aria-hidden="true" />
        <h2>This task is handed in</h2>
        <p>Its result comes when the exam is over.</p>
        {onNext && (
          <Button icon={<ArrowRight aria-hidden="true" />} onPress={onNext}>
            Next task
          </Button>
        )}
      </div>
    )
  }
  if (session?.state === 'broken') {
    return (
      <div className="hands-on-empty">
        {session.problem && <ProblemPanel problem={session.problem} />}
        <Button icon={<RotateCcw aria-hidden="true" />} isDisabled={busy} onPress={() => onReset(session.id)}>
          Begin this task again, with new nodes
        </Button>
      </div>
    )
  }
  if (session || task.sessionId) return <Waiting activity={session?.activity ?? null} />
  const isNew = task.state === 'new'
  return (
    <div className="hands-on-empty">
      <h2>
        {isNew
          ? `This task has ${count(task.nodes.length, 'node')} of its own`
          : 'The nodes of this task are gone'}
      </h2>
      <p>
        {isNew
          ? 'Made when you begin, and yours until you hand the task in.'
          : 'You can begin again with new ones.'}
      </p>
      <Button weight="primary" icon={<Play aria-hidden="true" />} isDisabled={busy} onPress={onBegin}>
        {isNew ? 'Begin this task' : 'Get new nodes'}
      </Button>
    </div>
  )
}
