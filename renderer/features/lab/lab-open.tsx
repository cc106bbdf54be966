/** An open lab: its header, its instructions, and the place to work in. */
import { RotateCcw, Square } from 'lucide-react'
import { useRef, useState } from 'react'
import type { LabDetail, SessionView } from '../../../main/api'
import { useAction, useClient } from '../../api'
import { Button, ConfirmDialog, ProblemPanel } from '../../components'
import {
  BenchHeader,
  MenuButton,
  type TerminalsHandle,
  useIsNarrow,
  useLeave,
  WorkPanes,
} from '../../workbench'
import { canBeginAt } from './can-begin-at'
import { Instructions } from './instructions'
import { Preparing } from './preparing'
import { ResetDialog, ResetStepDialog } from './reset-dialog'

interface Props {
  readonly lab: LabDetail
  readonly session: SessionView
}

export function LabOpen({ lab, session }: Props) {
  const terminals = useRef<TerminalsHandle>(null)
  const isNarrow = useIsNarrow()
  return (
    <main id="main" className="bench">
      <LabHeader
        lab={lab}
        session={session}
        onPreview={(node, port) => terminals.current?.preview(node, port)}
      />
      <WorkPanes
        session={session}
        instead={<Preparing session={session} />}
        terminals={terminals}
        isNarrow={isNarrow}
        text={
          <Instructions
            lab={lab}
            session={session}
            onRun={(code, node) => terminals.current?.run(code, node)}
          />
        }
      />
    </main>
  )
}

type Question = 'reset-step' | 'reset' | 'stop'

interface HeaderProps extends Props {
  readonly onPreview: (node: string, port: number) => void
}

function LabHeader({ lab, session, onPreview }: HeaderProps) {
  const [question, setQuestion] = useState<Question | null>(null)
  const action = useAction()
  const { busy, problem, forget } = action
  return (
    <>
      <BenchHeader title={lab.title} session={session} action={action} onPreview={onPreview}>
        <ResetMenu
          lab={lab}
          session={session}
          isDisabled={busy || session.state !== 'running'}
          onAsk={setQuestion}
        />
        <Button
          weight="quiet"
          small
          isDisabled={busy}
          icon={<Square aria-hidden="true" />}
          onPress={() => setQuestion('stop')}
        >
          Stop
        </Button>
      </BenchHeader>
      {problem && <ProblemPanel problem={problem} onClose={forget} />}
      <Questions
        lab={lab}
        session={session}
        question={question}
        run={action.run}
        onClose={() => setQuestion(null)}
      />
    </>
  )
}

interface ResetMenuProps extends Props {
  readonly isDisabled: boolean
  readonly onAsk: (question: Question) => void
}

/** The current step is offered where Capstan can do those before it. */
function ResetMenu({ lab, session, isDisabled, onAsk }: ResetMenuProps) {
  const index = lab.steps.findIndex(({ id }) => id === session.currentStep)
  const step = { id: 'step', text: 'Reset this step', onChoose: () => onAsk('reset-step') }
  const whole = { id: 'lab', text: 'Reset the lab', onChoose: () => onAsk('reset') }
  return (
    <MenuButton label="Reset" choices={canBeginAt(lab, index) ? [step, whole] : [whole]}>
      <Button weight="quiet" small isDisabled={isDisabled} icon={<RotateCcw aria-hidden="true" />}>
        Reset
      </Button>
    </MenuButton>
  )
}

interface QuestionsProps extends Props {
  readonly question: Question | null
  readonly run: (work: () => Promise<unknown>) => void
  readonly onClose: () => void
}

/** Asks before nodes are thrown away. */
function Questions({ lab, session, question, run, onClose }: QuestionsProps) {
  const api = useClient()
  const leave = useLeave()
  const sessionId = session.id
  const stop = () => leave(() => api.call('session.stop', { sessionId }), '/labs')
  const reset = (stepId: string) => run(() => api.call('session.reset', { sessionId, stepId }))
  const dialog = { lab, onClose, onReset: reset }
  return (
    <>
      <ResetStepDialog {...dialog} session={session} isOpen={question === 'reset-step'} />
      <ResetDialog {...dialog} isOpen={question === 'reset'} />
      <ConfirmDialog
        title="Stop this lab?"
        text="Its nodes are removed, and everything in them is lost. Your progress is kept."
        action="Stop"
        danger
        isOpen={question === 'stop'}
        onClose={onClose}
        onConfirm={() => run(stop)}
      />
    </>
  )
}
