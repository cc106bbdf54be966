/** A button that shows the student round in a lab. One that is not open is started for it. */
import { useLocation } from 'wouter'
import type { LabSummary } from '../../main/api'
import { useAction, useSettings } from '../api'
import { Button, ProblemPanel } from '../components'
import { useStartLab } from '../consent'
import { beginTour } from './tour-state'

interface Props {
  readonly lab: LabSummary
  /** Called when the tour has begun. */
  readonly onBegun?: () => void
}

export function TakeTour({ lab, onBegun }: Props) {
  const [, navigate] = useLocation()
  const { settings } = useSettings()
  const action = useAction()
  const begin = () => {
    onBegun?.()
    beginTour()
    navigate(`/labs/${lab.id}`)
  }
  const { start, dialog } = useStartLab(lab, action, { onStarted: begin })
  return (
    <>
      {action.problem && <ProblemPanel problem={action.problem} onClose={action.forget} />}
      <Button isDisabled={action.busy} onPress={lab.sessionId ? begin : start}>
        {settings.tourSeen ? 'Take the tour again' : 'Take the tour'}
      </Button>
      {dialog}
    </>
  )
}
