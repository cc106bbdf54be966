/** What a newcomer can do beside the first lab: be placed, and be shown round. */
import { Link } from 'wouter'
import type { LabSummary } from '../../../main/api'
import { useSettings } from '../../api'
import { statusOf, TakeTour, tourLab } from '../../path'
import { PlacementWay } from './placement'

interface Props {
  readonly first: LabSummary | null
  /** The page is there, and attempts may be read. */
  readonly isIdle: boolean
}

/** The tour comes first until it was seen. */
export function FirstVisit({ first, isIdle }: Props) {
  const { settings } = useSettings()
  const tour = first && <TourWay key="tour" lab={first} />
  const placement = <PlacementWay key="placement" isIdle={isIdle} />
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
