/** The header of a running hands-on exam: the clock, and the way to end the exam. */
import { Flag } from 'lucide-react'
import { useState } from 'react'
import type { HandsOnView, SessionView } from '../../../main/api'
import { type Action, useClient } from '../../api'
import { Timer } from '../../attempt'
import { Button, ConfirmDialog, count } from '../../components'
import { BenchHeader } from '../../workbench'

interface Props {
  readonly attempt: HandsOnView
  readonly session: SessionView | null
  readonly action: Action
  readonly onPreview: (node: string, port: number) => void
}

export function ExamHeader({ attempt, session, action, onPreview }: Props) {
  const [timeIsShown, setTimeIsShown] = useState(true)
  return (
    <BenchHeader
      title={attempt.title}
      session={session}
      action={action}
      onPreview={onPreview}
      editorIsDisabled={session?.state !== 'running'}
    >
      <Timer
        source={attempt}
        left={attempt.timeLeft}
        isShown={timeIsShown}
        onToggle={() => setTimeIsShown((shown) => !shown)}
      />
      <EndExam attempt={attempt} action={action} />
    </BenchHeader>
  )
}

function EndExam({ attempt: { id, tasks }, action }: Pick<Props, 'attempt' | 'action'>) {
  const api = useClient()
  const [isAsked, setIsAsked] = useState(false)
  const left = tasks.filter(({ state }) => state !== 'handed-in').length
  return (
    <>
      <Button
        small
        weight={left === 0 ? 'primary' : 'normal'}
        isDisabled={action.busy}
        icon={<Flag aria-hidden="true" />}
        onPress={() => setIsAsked(true)}
      >
        End exam
      </Button>
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
        onConfirm={() => action.run(() => api.call('handsOn.end', { attemptId: id }))}
      />
    </>
  )
}
