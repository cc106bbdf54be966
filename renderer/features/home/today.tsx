/** What was done today, and how much of it the student wants to do each day. */
import type { ProgressOverview } from '../../../main/api'
import { useAction, useSettings } from '../../api'
import { count, ProblemPanel } from '../../components'

const GOALS = [5, 10, 20, 30, 50]

export function Today({ today: { items, labs } }: Pick<ProgressOverview, 'today'>) {
  const { settings, change } = useSettings()
  const { problem, run } = useAction()
  const { dailyGoal: goal } = settings
  const choose = (value: string) => run(() => change({ dailyGoal: value === '' ? null : Number(value) }))
  return (
    <section className="home-part" aria-labelledby="home-today">
      <h2 id="home-today">Today</h2>
      <p>
        {count(items, 'question')} answered, {count(labs, 'lab')} completed. {goal && goalWords(items, goal)}
      </p>
      {goal && (
        <progress className="home-goal" value={Math.min(items, goal)} max={goal} aria-label="Daily goal" />
      )}
      {problem && <ProblemPanel problem={problem} />}
      <p className="home-date">
        <label>
          <span>Questions a day</span>{' '}
          <select className="control" value={goal ?? ''} onChange={({ target }) => choose(target.value)}>
            <option value="">No goal</option>
            {GOALS.map((questions) => (
              <option key={questions} value={questions}>
                {questions}
              </option>
            ))}
          </select>
        </label>
      </p>
    </section>
  )
}

function goalWords(items: number, goal: number): string {
  const left = goal - items
  return left > 0 ? `${count(left, 'question')} to your goal.` : 'Your goal for today is reached.'
}
