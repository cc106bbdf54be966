/** What to do after an attempt: practise what was missed, the objectives behind it with their labs, and the same form again. */
import { Dumbbell, FlaskConical, RotateCcw } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import type { ResultView } from '../../../main/api'
import { useAction, useClient } from '../../api'
import { Button, count, ProblemPanel, plain } from '../../components'
import { Objective, useObjectives } from '../../path'
import { FEWEST_MISSED, mostMissed } from './most-missed'
import './next-steps.css'

interface Props {
  readonly result: ResultView
}

export function NextSteps({ result }: Props) {
  const { id, items } = result
  const api = useClient()
  const { busy, problem, run } = useAction()
  const [, navigate] = useLocation()
  const begin = (call: () => Promise<{ attemptId: string }>) =>
    run(async () => navigate(`/exam/${(await call()).attemptId}`))
  const retry = (what: 'missed' | 'flagged' | 'form') =>
    begin(() => api.call('exam.retry', { attemptId: id, what }))
  const missed = items.filter(({ reached, right }) => reached && !right).length
  const flagged = items.filter((item) => item.flagged).length
  return (
    <section className="next-steps" aria-labelledby="next-title">
      <h2 id="next-title">Next</h2>
      {problem && <ProblemPanel problem={problem} />}
      <div className="next-steps-actions">
        {missed > 0 && (
          <Button
            weight="primary"
            icon={<Dumbbell aria-hidden="true" />}
            isDisabled={busy}
            onPress={() => retry('missed')}
          >
            {missed === 1 ? 'Practise the one you missed' : `Practise the ${missed} you missed`}
          </Button>
        )}
        {flagged > 0 && (
          <Button icon={<Dumbbell aria-hidden="true" />} isDisabled={busy} onPress={() => retry('flagged')}>
            {`Practise the ${flagged} flagged`}
          </Button>
        )}
        <Button icon={<RotateCcw aria-hidden="true" />} isDisabled={busy} onPress={() => retry('form')}>
          The same items again
        </Button>
      </div>
      <MostMissed
        missed={mostMissed(items)}
        busy={busy}
        onDrill={(objective) => begin(() => api.call('progress.drill', { objectives: [objective] }))}
      />
    </section>
  )
}

interface MissedProps {
  readonly missed: ReturnType<typeof mostMissed>
  readonly busy: boolean
  readonly onDrill: (objective: string) => void
}

function MostMissed({ missed, busy, onDrill }: MissedProps) {
  const titles = useObjectives()
  if (missed.length === 0) return null
  return (
    <>
      <h3>
        {missed.some((one) => one.missed >= FEWEST_MISSED)
          ? 'Objectives that you missed most'
          : 'Objectives of what you missed'}
      </h3>
      <ul className="next-steps-missed">
        {missed.map(({ id, missed: wrong, of, labs }) => (
          <li key={id}>
            <div>
              <Objective id={id} />
              {labs.map((lab) => (
                <span key={lab.id} className="next-steps-lab">
                  <FlaskConical aria-hidden="true" /> <Link href={`/labs/${lab.id}`}>{lab.title}</Link>
                </span>
              ))}
            </div>
            <span className="next-steps-count">{`${wrong} of ${count(of, 'item')} missed`}</span>
            <Button
              small
              isDisabled={busy}
              aria-label={`Drill: ${plain(titles.get(id)?.title ?? id)}`}
              onPress={() => onDrill(id)}
            >
              Drill
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}
