/** The day of the exam, and what each day until then asks. */
import type { LabSummary, ProgressOverview } from '../../../main/api'
import { useAction, useSettings } from '../../api'
import { Button, count, ProblemPanel, useClock } from '../../components'
import { dueByDay } from '../../path'
import { type Day, daysUntil, planOf } from './plan'

/** Days that are shown. Later ones depend on what is done until then. */
const SHOWN = 7

interface Props {
  readonly labs: readonly LabSummary[]
  readonly overview: ProgressOverview
}

export function ExamDate({ labs, overview }: Props) {
  const { settings, change } = useSettings()
  const { problem, run } = useAction()
  const { examDate } = settings
  const set = (date: string) => run(() => change({ examDate: date === '' ? null : date }))
  return (
    <section className="home-part home-half" aria-labelledby="home-exam">
      <h2 id="home-exam">Your exam</h2>
      <p className="home-date">
        <label>
          <span>Day of the exam</span>{' '}
          <input
            className="control"
            type="date"
            value={examDate ?? ''}
            onChange={({ target }) => set(target.value)}
          />
        </label>
        {examDate && (
          <Button weight="quiet" onPress={() => set('')}>
            No date
          </Button>
        )}
      </p>
      {problem && <ProblemPanel problem={problem} />}
      {examDate && <Plan examDate={examDate} labs={labs} overview={overview} />}
    </section>
  )
}

function Plan({ examDate, labs, overview }: Props & { readonly examDate: string }) {
  const today = useClock().date()
  const left = daysUntil(examDate, today)
  if (left < 0) return <p>That day is over. Set the next one, or take it away.</p>
  if (left === 0) return <p>It is today. Good luck!</p>
  const days = planOf({
    days: left,
    labs: labs.filter(({ completedAt, problem }) => !completedAt && !problem).length,
    due: overview.reviews.due,
    later: dueByDay(overview.reviews.later, today),
  })
  return (
    <>
      <p>{count(left, 'day')} left. What each day asks:</p>
      <ol className="home-days" aria-label="Plan">
        {days.slice(0, SHOWN).map((day, index) => (
          <li key={dateAfter(today, index)}>
            <strong>{index === 0 ? 'Today' : dateAfter(today, index)}</strong>
            <span>{dayWords(day)}</span>
          </li>
        ))}
      </ol>
    </>
  )
}

function dateAfter(today: Date, days: number): string {
  const date = new Date(today.getFullYear(), today.getMonth(), today.getDate() + days)
  return date.toLocaleDateString(undefined, { weekday: 'short', day: 'numeric', month: 'short' })
}

function dayWords({ labs, reviews, mock }: Day): string {
  const parts = [
    reviews === 'due' ? 'the reviews that are due' : reviews > 0 && count(reviews, 'review'),
    labs > 0 && count(labs, 'lab'),
    mock && 'a mock exam',
  ]
  return parts.filter(Boolean).join(', ') || 'nothing: rest'
}
