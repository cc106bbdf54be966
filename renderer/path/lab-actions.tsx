/** What can be done with a lab now: start it, continue it, stop it. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { LabSummary } from '../../main/api'
import { type Action, useClient } from '../api'
import { Button, ConfirmDialog } from '../components'
import { useStartLab } from '../consent'
import { statusOf, wordsOf } from './status'
import './lab-actions.css'

interface Props {
  readonly lab: LabSummary
  readonly action: Action
  /** The lab is the one thing to do on its page. */
  readonly isMain?: boolean
}

export function LabActions({ lab, action, isMain = false }: Props) {
  const [, navigate] = useLocation()
  const { id, title, sessionId } = lab
  const words = wordsOf(lab)
  const open = () => navigate(`/labs/${id}`)
  const { start, dialog } = useStartLab(lab, action, { onStarted: open, stepId: lab.continueAt?.stepId })
  const cannotStart = lab.problem !== null || lab.missing.length > 0
  return (
    <div className="lab-actions">
      <Button
        weight={statusOf(lab) === 'open' || isMain ? 'primary' : 'normal'}
        isDisabled={action.busy || cannotStart}
        onPress={sessionId ? open : start}
        aria-label={`${words}: ${title}`}
      >
        {words}
      </Button>
      {sessionId && <StopButton title={title} sessionId={sessionId} action={action} />}
      {dialog}
    </div>
  )
}

interface StopProps {
  readonly title: string
  readonly sessionId: string
  readonly action: Action
}

/** Asks before nodes are thrown away, as in the lab itself. */
function StopButton({ title, sessionId, action }: StopProps) {
  const api = useClient()
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Button
        weight="quiet"
        isDisabled={action.busy}
        onPress={() => setAsking(true)}
        aria-label={`Stop: ${title}`}
      >
        Stop
      </Button>
      <ConfirmDialog
        title={`Stop “${title}”?`}
        text="Its nodes are removed, and everything in them is lost. Your progress is kept."
        action="Stop"
        danger
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => action.run(() => api.call('session.stop', { sessionId }))}
      />
    </>
  )
}
