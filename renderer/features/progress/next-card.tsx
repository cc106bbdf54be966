/** Says what to do next: review the items that are due, and drill the weakest objectives. */
import { Dumbbell, RotateCcw } from 'lucide-react'
import type { ObjectiveProgress, ProgressOverview } from '../../../main/api'
import { Button, count, InlineCode, percent, useClock } from '../../components'
import { dueWords, MOST_REVIEWS, ReviewDays } from '../../path'
import { ReviewList } from './review-list'
import { until } from './words'
import './next-card.css'

const SHOWN_WEAKEST = 3

interface Props {
  readonly overview: ProgressOverview
  readonly busy: boolean
  readonly onReview: () => void
  readonly onDrill: (objectives: readonly string[]) => void
}

export function NextCard({ overview, busy, onReview, onDrill }: Props) {
  const { reviews, weakest, domains } = overview
  const all = domains.flatMap(({ objectives }) => objectives)
  const weak = weakest
    .flatMap((id) => all.find((one) => one.id === id) ?? [])
    .filter(({ inBank }) => inBank > 0)
    .slice(0, SHOWN_WEAKEST)
  return (
    <section className="next" aria-label="What to do next">
      <Reviews reviews={reviews} busy={busy} onReview={onReview} />
      {weak.length > 0 && <Weakest objectives={weak} busy={busy} onDrill={onDrill} />}
    </section>
  )
}

function Reviews({
  reviews,
  busy,
  onReview,
}: Pick<Props, 'busy' | 'onReview'> & Pick<ProgressOverview, 'reviews'>) {
  const clock = useClock()
  const { due, kept, later } = reviews
  const [next] = later
  const now = Math.min(due, MOST_REVIEWS)
  return (
    <div className="next-part">
      <h2>Reviews</h2>
      <p className="progress-soft">
        {due > 0 && dueWords(due)}
        {due === 0 && kept === 0 && 'Questions that you miss come back here, each time after a longer while.'}
        {due === 0 && kept > 0 && 'Nothing is due now.'}
        {next && ` The next ${due > 0 ? 'after that ' : ''}comes ${until(next, clock.date())}.`}
      </p>
      {due > 0 && (
        <Button weight="primary" icon={<RotateCcw aria-hidden="true" />} isDisabled={busy} onPress={onReview}>
          {`Review ${count(now, 'question')} now`}
        </Button>
      )}
      <ReviewDays later={later} />
      {kept > 0 && <ReviewList kept={kept} />}
    </div>
  )
}

interface WeakestProps extends Pick<Props, 'busy' | 'onDrill'> {
  readonly objectives: readonly ObjectiveProgress[]
}

function Weakest({ objectives, busy, onDrill }: WeakestProps) {
  return (
    <div className="next-part">
      <h2>Weakest objectives</h2>
      <ol className="weakest">
        {objectives.map(({ id, title, percent: value }) => (
          <li key={id}>
            <span>
              <InlineCode text={title} />
            </span>
            <strong>{percent(value)}</strong>
          </li>
        ))}
      </ol>
      <Button
        icon={<Dumbbell aria-hidden="true" />}
        isDisabled={busy}
        onPress={() => onDrill(objectives.map(({ id }) => id))}
      >
        Drill these
      </Button>
    </div>
  )
}
