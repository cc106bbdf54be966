/** The placement test: its ways in, and where to begin when it is over. */
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { LabSummary, PlacementView } from '../../../main/api'
import { useAction, useAnswer, useClient, useSettings } from '../../api'
import { Button, ProblemPanel } from '../../components'
import { statusOf } from '../../path'

interface Props {
  /** The page is there, and attempts may be read. */
  readonly isIdle: boolean
}

/** For a newcomer, beside the tour. */
export function PlacementWay({ isIdle }: Props) {
  return (
    <Unplaced isIdle={isIdle}>
      {(words) => (
        <li>
          <h3>You know some Docker already</h3>
          <p>Twenty questions over all domains. The result says where to begin in each.</p>
          <PlaceButton words={words} />
        </li>
      )}
    </Unplaced>
  )
}

/** For a student who has begun without it. */
export function PlacementLater({ labs, isIdle }: Props & { readonly labs: readonly LabSummary[] }) {
  if (labs.every((lab) => statusOf(lab) === 'new')) return null
  return (
    <Unplaced isIdle={isIdle}>
      {(words) => (
        <section className="home-part" aria-labelledby="home-placement">
          <h2 id="home-placement">Where to begin</h2>
          <p>Twenty questions over all domains. The result says where to begin in each.</p>
          <PlaceButton words={words} />
        </section>
      )}
    </Unplaced>
  )
}

interface UnplacedProps extends Props {
  /** @param words those of the button */
  readonly children: (words: string) => ReactNode
}

/** Shown until a test is over: its conclusions then lead to the next one. Without any, the host need not be asked. */
function Unplaced({ isIdle, children }: UnplacedProps) {
  const { placement } = useSettings().settings
  if (placement === null) return children('Take the placement test')
  return isIdle && <UnlessEnded>{children}</UnlessEnded>
}

function UnlessEnded({ children }: Pick<UnplacedProps, 'children'>) {
  const { value } = useAnswer('path.placement', {})
  if (!value || value.placement?.ended) return null
  return children(value.placement ? 'Continue the placement test' : 'Take the placement test')
}

/** What a test that is over says. */
export function Placement({ placement }: { readonly placement: PlacementView }) {
  return (
    <section className="home-part" aria-labelledby="home-placement">
      <h2 id="home-placement">Where to begin</h2>
      <ul className="home-domains" aria-label="Where to begin in each domain">
        {placement.domains.map(({ id, title, right, of, known, lab }) => (
          <li key={id}>
            <strong>{title}</strong>
            <span>
              {of === 0 ? 'no answers' : `${right} of ${of} right`}:{' '}
              {known ? 'you know much of it' : 'begin at the start'}
            </span>
            {lab ? (
              <Link href={`/labs/${lab.id}`}>{lab.title}</Link>
            ) : (
              <Link href={`/practice/${id}`}>{`Practise ${title}`}</Link>
            )}
          </li>
        ))}
      </ul>
      <PlaceButton words="Take the placement test again" />
    </section>
  )
}

/** Starts the placement test, or continues the one that is not over. */
function PlaceButton({ words }: { readonly words: string }) {
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
