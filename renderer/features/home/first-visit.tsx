/** What a newcomer can do beside the first lab: be placed, and be shown round. */
import { Link, useLocation } from 'wouter'
import type { LabSummary } from '../../../main/api'
import { useAction, useClient, useSettings } from '../../api'
import { Button, ProblemPanel } from '../../components'
import { statusOf, TakeTour, tourLab } from '../../path'

/** The tour comes first until it was seen. */
export function FirstVisit({ first }: { readonly first: LabSummary | null }) {
  const { settings } = useSettings()
  const tour = first && <TourWay key="tour" lab={first} />
  const placement = <PlacementWay key="placement" />
  return (
    <section className="home-part" aria-labelledby="home-new">
      <h2 id="home-new">New here?</h2>
      <ul className="home-ways">
        {settings.tourSeen ? [placement, tour] : [tour, placement]}
        <FormatWay />
      </ul>
    </section>
  )
}

function TourWay({ lab }: { readonly lab: LabSummary }) {
  return (
    <li>
      <h3>A tour of two minutes</h3>
      <p>The first lab, with a word on each part: text, terminal, checks, hints.</p>
      <TakeTour lab={lab} />
    </li>
  )
}

function PlacementWay() {
  return (
    <li>
      <h3>You know some Docker already</h3>
      <p>Twenty questions over all domains. The result says where to begin in each.</p>
      <PlaceButton words="Take the placement test" />
    </li>
  )
}

function FormatWay() {
  return (
    <li>
      <h3>How the exam asks</h3>
      <p>Two sample items, one option at a time, and how they are scored.</p>
      <Link href="/exam-format">Try the format</Link>
    </li>
  )
}

/** The tour, for a student who has begun. */
export function TourLater({ labs }: { readonly labs: readonly LabSummary[] }) {
  const lab = tourLab(labs, '')
  if (!lab || labs.every((one) => statusOf(one) === 'new')) return null
  return (
    <section className="home-part" aria-labelledby="home-tour">
      <h2 id="home-tour">How a lab works</h2>
      <p>A tour of two minutes: text, terminal, checks, hints.</p>
      <TakeTour lab={lab} />
    </section>
  )
}

/** Starts the placement test, or continues the one that is not over. */
export function PlaceButton({ words }: { readonly words: string }) {
  const api = useClient()
  const { change } = useSettings()
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
        {words}
      </Button>
    </>
  )
}
