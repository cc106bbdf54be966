/** What can be done with a lab now: start it, continue it, stop it. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { LabSummary } from '../../main/api'
import { type Action, useClient } from '../api'
import { Button, ConfirmDialog } from '../components'
import { useStartLab } from '../consent'
import { type Status, statusOf } from './status'
import './lab-actions.css'

const LABELS: Readonly<Record<Status, string>> = {
  open: 'Continue',
  done: 'Do it again',
  begun: 'Start again',
  new: 'Start',
}

interface Props {
  readonly lab: LabSummary
  readonly action: Action
  /** The lab is the one thing to do on its page. */
  readonly isMain?: boolean
}

export function LabActions({ lab, action, isMain = false }: Props) {
  const [, navigate] = useLocation()
  const { id, title, sessionId } = lab
  const status = statusOf(lab)
  const open = () => navigate(`/labs/${id}`)
  const { start, dialog } = useStartLab(lab, action, { onStarted: open })
  const cannotStart = lab.problem !== null || lab.missing.length > 0
  return (
    <div className="lab-actions">
      <Button
        weight={status === 'open' || isMain ? 'primary' : 'normal'}
        isDisabled={action.busy || cannotStart}
        onPress={sessionId ? open : start}
        aria-label={`${LABELS[status]}: ${title}`}
      >
        {LABELS[status]}
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
