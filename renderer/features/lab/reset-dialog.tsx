/** Asks before the nodes are thrown away: for the beginning of the current step, or for that of the lab or of any step. */
import { useState } from 'react'
import type { LabDetail, SessionView } from '../../../main/api'
import { Button, ConfirmDialog, Dialog } from '../../components'
import { StepChoice } from './step-choice'

interface Props {
  readonly lab: LabDetail
  readonly isOpen: boolean
  readonly onClose: () => void
  /** @param stepId the step at which the student begins */
  readonly onReset: (stepId: string) => void
}

/** The lab begins once more, unless the student chooses a later step. */
export function ResetDialog({ lab, isOpen, onClose, onReset }: Props) {
  return (
    <Dialog title="Reset this lab?" isOpen={isOpen} onClose={onClose}>
      <Choice lab={lab} onClose={onClose} onReset={onReset} />
    </Dialog>
  )
}

function Choice({ lab, onClose, onReset }: Pick<Props, 'lab' | 'onClose' | 'onReset'>) {
  const [stepId, choose] = useState(lab.steps[0]?.id ?? '')
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

interface StepProps extends Props {
  readonly session: Pick<SessionView, 'currentStep'>
}

/** The current step begins once more, on nodes on which the steps before it are done. */
export function ResetStepDialog({ lab, session, isOpen, onClose, onReset }: StepProps) {
  const before = lab.steps.findIndex(({ id }) => id === session.currentStep)
  const step = lab.steps[before]
  if (!step) return null
  return (
    <ConfirmDialog
      title={`Reset step ${before + 1}?`}
      text={wordsFor(before, step.title)}
      action="Reset the step"
      danger
      isOpen={isOpen}
      onClose={onClose}
      onConfirm={() => onReset(step.id)}
    />
  )
}

const LOST = 'Everything in the nodes now is lost: containers, images, files and shells.'

function wordsFor(before: number, title: string): string {
  if (before === 0) return `You get new nodes, and the lab begins once more. ${LOST}`
  const steps = before === 1 ? 'step 1' : `steps 1 to ${before}`
  return `You get new nodes. Capstan does ${steps} for you, and “${title}” begins once more. ${LOST} What you have done in ${steps} stays done.`
}
