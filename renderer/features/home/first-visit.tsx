/** What a newcomer can do beside the first lab: be placed, and be shown round. */
import { useLocation } from 'wouter'
import type { LabSummary } from '../../../main/api'
import { useAction, useClient, useSettings } from '../../api'
import { Button, ProblemPanel } from '../../components'
import { useStartLab } from '../../consent'
import { beginTour } from '../../path'

export function FirstVisit({ first }: { readonly first: LabSummary | null }) {
  return (
    <section className="home-part" aria-labelledby="home-new">
      <h2 id="home-new">New here?</h2>
      <ul className="home-ways">
        {first && (
          <li>
            <h3>A tour of two minutes</h3>
            <p>The first lab, with a word on each part: text, terminal, checks, hints.</p>
            <TourButton lab={first} />
          </li>
        )}
        <li>
          <h3>You know some Docker already</h3>
          <p>Twenty questions over all domains. The result says where to begin in each.</p>
          <PlaceButton />
        </li>
      </ul>
    </section>
  )
}

function TourButton({ lab }: { readonly lab: LabSummary }) {
  const [, navigate] = useLocation()
  const action = useAction()
  const onStarted = () => {
    beginTour()
    navigate(`/labs/${lab.id}`)
  }
  const { start, dialog } = useStartLab(lab, action, { onStarted })
  return (
    <>
      {action.problem && <ProblemPanel problem={action.problem} action="Close" onAction={action.forget} />}
      <Button isDisabled={action.busy} onPress={start}>
        Take the tour
      </Button>
      {dialog}
    </>
  )
}

export function PlaceButton() {
  const api = useClient()
  const { settings, change } = useSettings()
  const [, navigate] = useLocation()
  const { busy, problem, run } = useAction()
  const place = async () => {
    const { attemptId } = await api.call('path.place', {})
    // The host keeps it too. The page's own copy of the settings must know it at once.
    await change({ placement: attemptId })
    navigate(`/exam/${attemptId}`)
  }
  return (
    <>
      {problem && <ProblemPanel problem={problem} />}
      <Button isDisabled={busy} onPress={() => run(place)}>
        {settings.placement ? 'Take the placement test again' : 'Take the placement test'}
      </Button>
    </>
  )
}
