/** An objective: what it asks, its commands, its labs, a drill, and what the student has shown. */
import { Check } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import type { ObjectiveProgress, ObjectiveView } from '../../../main/api'
import { useAction, useAnswer, useClient } from '../../api'
import { useTakeStance } from '../../attempt'
import { Button, count, InlineCode, interval, PageTitle, ProblemPanel, percent } from '../../components'
import { CommandList } from '../../path'
import './objective.css'

const LENGTH = 10
/** Fewer answers and labs than this say nothing about an objective. */
const ENOUGH = 3

export function ObjectivePage({ objectiveId }: { readonly objectiveId: string }) {
  const { value, problem } = useAnswer('objective.open', { objectiveId })
  useTakeStance({ place: '/progress', exam: null })
  if (problem)
    return (
      <main id="main" className="page">
        <PageTitle title="This objective cannot be shown" />
        <ProblemPanel problem={problem} />
      </main>
    )
  if (!value) return <main id="main" className="page" aria-busy="true" />
  return (
    <main id="main" className="page objective-page">
      <div>
        <Link href="/progress" className="back-link">
          All objectives
        </Link>
        <PageTitle title={`${value.title} (${value.id})`}>
          <InlineCode text={value.title} /> <code>{value.id}</code>
        </PageTitle>
      </div>
      <p className="objective-domain">{value.domain}</p>
      {value.asks && <p className="objective-asks">{value.asks}</p>}
      <Evidence objective={value} />
      <section aria-labelledby="objective-labs">
        <h2 id="objective-labs">Labs</h2>
        <Labs labs={value.labs} />
      </section>
      {value.commands.length > 0 && (
        <section aria-labelledby="objective-commands">
          <h2 id="objective-commands">Cheat sheet</h2>
          <CommandList commands={value.commands} label="Commands of this objective" />
        </section>
      )}
    </main>
  )
}

function Labs({ labs }: Pick<ObjectiveView, 'labs'>) {
  if (labs.length === 0) return <p className="objective-soft">No lab is about it yet.</p>
  return (
    <ul className="objective-lab-list">
      {labs.map(({ id, title, minutes, done }) => (
        <li key={id}>
          <Link href={`/labs/${id}`}>{title}</Link> <span className="objective-soft">{minutes} min</span>
          {done && <Check role="img" aria-label="completed" />}
        </li>
      ))}
    </ul>
  )
}

/** What was answered, with a drill. It comes later than the words: it needs every attempt. */
function Evidence({ objective }: { readonly objective: ObjectiveView }) {
  const { value } = useAnswer('progress.overview', {})
  const api = useClient()
  const [, navigate] = useLocation()
  const { busy, problem, run } = useAction()
  const mine = value?.domains.flatMap(({ objectives }) => objectives).find(({ id }) => id === objective.id)
  const drill = async () => {
    const wish = { objectives: [objective.id], length: LENGTH }
    const { attemptId } = await api.call('progress.drill', wish)
    navigate(`/exam/${attemptId}`)
  }
  return (
    <section aria-labelledby="objective-shown">
      <h2 id="objective-shown">What you have shown</h2>
      {mine && <p>{shownWords(mine)}</p>}
      {problem && <ProblemPanel problem={problem} />}
      <Button isDisabled={busy || mine?.inBank === 0} onPress={() => run(drill)}>
        {mine ? `Drill ${count(Math.min(LENGTH, mine.inBank), 'question')}` : 'Drill it'}
      </Button>
    </section>
  )
}

function shownWords(mine: ObjectiveProgress): string {
  const basis = `${count(mine.items, 'question')} answered, ${count(mine.labs, 'lab')} done.`
  if (mine.items + mine.labs < ENOUGH) return `${basis} Too few answers to say how ready you are.`
  return `${basis} You would most likely score ${percent(mine.percent)} on it (${interval(mine)}).`
}
