/** What attempts say: reviews that are due, readiness by domain, the placement, and the days until the exam. */
import { Link, useLocation } from 'wouter'
import type { LabSummary, ProgressOverview } from '../../../main/api'
import { useAction, useAnswer, useClient } from '../../api'
import { Button, count, interval, ProblemPanel, percent } from '../../components'
import { dueWords, MOST_REVIEWS, ReviewDays } from '../../path'
import { ExamDate } from './exam-date'
import { Placement } from './placement'
import { Today } from './today'

/** Fewer answers and labs than this say nothing about a domain. */
const ENOUGH = 3

export function Evidence({ labs }: { readonly labs: readonly LabSummary[] }) {
  const { value: overview } = useAnswer('progress.overview', {})
  const { value: placed } = useAnswer('path.placement', {})
  if (!overview) return null
  return (
    <>
      {overview.total.items + overview.total.labs > 0 && <Today today={overview.today} />}
      <Reviews reviews={overview.reviews} />
      {placed?.placement?.ended && <Placement placement={placed.placement} />}
      <ExamDate labs={labs} overview={overview} />
      {overview.total.items + overview.total.labs > 0 && <Domains overview={overview} />}
    </>
  )
}

function Reviews({ reviews }: Pick<ProgressOverview, 'reviews'>) {
  const api = useClient()
  const [, navigate] = useLocation()
  const { busy, problem, run } = useAction()
  if (reviews.due === 0 && reviews.later.length === 0) return null
  const most = Math.min(reviews.due, MOST_REVIEWS)
  const review = async () => {
    const { attemptId } = await api.call('progress.review', { most })
    navigate(`/exam/${attemptId}`)
  }
  return (
    <section className="home-part home-half" aria-labelledby="home-reviews">
      <h2 id="home-reviews">Daily review</h2>
      {reviews.due === 0 && <p>Nothing is due now. Questions that you missed come back on these days:</p>}
      {reviews.due > 0 && (
        <>
          <p>{dueWords(reviews.due)}</p>
          {problem && <ProblemPanel problem={problem} />}
          <Button isDisabled={busy} onPress={() => run(review)}>
            {`Review ${count(most, 'question')} now`}
          </Button>
        </>
      )}
      <ReviewDays later={reviews.later} />
    </section>
  )
}

function Domains({ overview }: { readonly overview: ProgressOverview }) {
  return (
    <section className="home-part" aria-labelledby="home-ready">
      <h2 id="home-ready">How ready you are</h2>
      <ul className="home-domains home-readiness" aria-label="Readiness by domain">
        {overview.domains.map((domain) => (
          <li key={domain.id}>
            <strong>{domain.title}</strong>
            <i aria-hidden="true" className="home-bar">
              {isKnown(domain) && <i style={{ width: `${domain.percent}%` }} />}
            </i>
            <span>
              {isKnown(domain)
                ? `${percent(domain.percent)} expected (${interval(domain)})`
                : 'too few answers'}
            </span>
            <span>
              {domain.labsAll > 0 ? `${domain.labsDone} of ${count(domain.labsAll, 'lab')}` : 'no labs yet'}
            </span>
          </li>
        ))}
      </ul>
      <p className="home-more">
        <Link href="/progress">All about your progress</Link>
      </p>
    </section>
  )
}

function isKnown({ items, labs }: ProgressOverview['domains'][number]): boolean {
  return items + labs >= ENOUGH
}
