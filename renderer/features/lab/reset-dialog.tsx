/** Asks before the nodes are thrown away, and where the student wants to begin on the new ones. */
import { useState } from 'react'
import type { LabDetail, SessionView } from '../../../main/api'
import { Button, Dialog } from '../../components'
import { StepChoice } from './step-choice'

interface Props {
  readonly lab: LabDetail
  readonly session: SessionView
  readonly isOpen: boolean
  readonly onClose: () => void
  /** @param stepId the step at which the student begins */
  readonly onReset: (stepId: string) => void
}

export function ResetDialog({ lab, session, isOpen, onClose, onReset }: Props) {
  return (
    <Dialog title="Reset this lab?" isOpen={isOpen} onClose={onClose}>
      <Choice lab={lab} current={session.currentStep ?? ''} onClose={onClose} onReset={onReset} />
    </Dialog>
  )
}

interface ChoiceProps extends Pick<Props, 'lab' | 'onClose' | 'onReset'> {
  readonly current: string
}

function Choice({ lab, current, onClose, onReset }: ChoiceProps) {
  const [stepId, choose] = useState(current)
  const reset = () => {
    onClose()
    onReset(stepId)
  }
  return (
    <>
      <p className="dialog-text">You get new nodes. Everything in the nodes now is lost.</p>
      <StepChoice lab={lab} stepId={stepId} onChoose={choose} />
      <div className="dialog-actions">
        <Button onPress={onClose}>Cancel</Button>
        <Button weight="danger" onPress={reset} autoFocus>
          Reset
        </Button>
      </div>
    </>
  )
}
