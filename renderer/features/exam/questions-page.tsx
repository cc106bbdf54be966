/** The questions that were seen: search in them and in their explanations, filters, and a sheet for paper. */
import { Dumbbell, Printer } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import { z } from 'zod'
import type { QuestionFilter, SeenQuestion } from '../../../main/api'
import { useAction, useAnswer, useClient } from '../../api'
import { useTakeStance } from '../../attempt'
import { Button, count, Loading, PageTitle, ProblemPanel, Segments, useKeptState } from '../../components'
import { matches } from './question-search'
import { ReviewedItem, usePrinting } from './reviewed-items'
import './exam.css'
import './questions-page.css'

const Filter = z.enum(['all', 'missed', 'bookmarked', 'noted'])
type Filter = z.infer<typeof Filter>

const FITS: Readonly<Record<Filter, (question: SeenQuestion) => boolean>> = {
  all: () => true,
  missed: ({ missed }) => missed > 0,
  bookmarked: ({ mark }) => mark.bookmarked,
  noted: ({ mark }) => mark.note !== '',
}
const NAMES: Readonly<Record<Filter, string>> = {
  all: 'Seen',
  missed: 'Missed',
  bookmarked: 'Bookmarked',
  noted: 'With a note',
}

interface PageProps {
  /** The question that the reader came for. */
  readonly itemId?: string | undefined
}

export function QuestionsPage({ itemId }: PageProps) {
  useTakeStance({ place: '/practice', exam: null })
  const { value: questions, problem, again } = useAnswer('marks.questions', {})
  const { value: blueprint } = useAnswer('exam.blueprint', {})
  const titles = new Map(blueprint?.domains.map(({ id, title }) => [id, title]))
  return (
    <main id="main" className="page exam questions" aria-busy={!questions && !problem}>
      <div>
        <PageTitle title="Questions" />
        <p className="exam-lead">
          The questions that you have answered, with your bookmarks and notes. Those that you have not seen
          stay unseen.
        </p>
      </div>
      {problem && <ProblemPanel problem={problem} onAction={again} />}
      {!questions && !problem && <Loading what="your questions" />}
      {questions?.length === 0 && <NoneYet />}
      {questions && questions.length > 0 && (
        <Questions questions={questions} titles={titles} wantedId={itemId} />
      )}
    </main>
  )
}

function NoneYet() {
  return (
    <p role="status" className="questions-count">
      You have answered no question yet. Begin in <Link href="/practice">practice</Link>: each question is
      here as soon as you have seen its answer.
    </p>
  )
}

interface Props {
  readonly questions: readonly SeenQuestion[]
  readonly titles: ReadonlyMap<string, string>
  readonly wantedId: string | undefined
}

function Questions({ questions, titles, wantedId }: Props) {
  const [filter, setFilter] = useKeptState<Filter>('filter', 'all', Filter)
  const [wanted, setWanted] = useKeptState('words', '', z.string())
  const isPrinting = usePrinting()
  const shown = questions.filter((one) => FITS[filter](one) && matches(one, wanted))
  return (
    <section className="reviewed" aria-labelledby="questions-title">
      <h2 id="questions-title" className="visually-hidden">
        Questions that you have seen
      </h2>
      <div className="questions-tools">
        <Segments
          label="Show"
          value={filter}
          onChange={setFilter}
          segments={(Object.keys(FITS) as Filter[]).map((id) => ({
            id,
            label: `${NAMES[id]} ${questions.filter(FITS[id]).length}`,
          }))}
        />
        <input
          type="search"
          className="control"
          aria-label="Search questions and explanations"
          placeholder="Search questions and explanations"
          value={wanted}
          onChange={({ target }) => setWanted(target.value)}
        />
        <div className="questions-actions">
          {filter !== 'all' && <Practise filter={filter} />}
          <Button
            icon={<Printer aria-hidden="true" />}
            isDisabled={shown.length === 0}
            onPress={() => window.print()}
          >
            Print as a sheet
          </Button>
        </div>
      </div>
      {wantedId && !questions.some(({ id }) => id === wantedId) && (
        <p role="status">The question “{wantedId}” is not among those that you have seen.</p>
      )}
      <p role="status" className="questions-count">
        {shown.length === 0 ? 'No question fits.' : count(shown.length, 'question')}
      </p>
      <ol className="reviewed-items">
        {shown.map((question, index) => (
          <ReviewedItem
            key={question.id}
            item={question}
            number={index + 1}
            domain={titles.get(question.domain) ?? question.domain}
            isPrinting={isPrinting}
            isWanted={question.id === wantedId}
          />
        ))}
      </ol>
    </section>
  )
}

function Practise({ filter }: { readonly filter: QuestionFilter }) {
  const api = useClient()
  const { busy, problem, run } = useAction()
  const [, navigate] = useLocation()
  const start = () =>
    run(async () => navigate(`/exam/${(await api.call('marks.practise', { filter, length: 20 })).attemptId}`))
  return (
    <>
      <Button icon={<Dumbbell aria-hidden="true" />} isDisabled={busy} onPress={start}>
        Practise these
      </Button>
      {problem && <ProblemPanel problem={problem} />}
    </>
  )
}
