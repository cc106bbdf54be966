/** The start page of practice and drills: the choice of items, and the attempts that run or are over. */
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { z } from 'zod'
import type { BlueprintView, StartExam } from '../../../main/api'
import { useAction, useAnswer, useClient } from '../../api'
import { AttemptHistory, RunningAttempts } from '../../attempt'
import { Button, Loading, PageTitle, ProblemPanel, Segments } from '../../components'
import { DomainChoice, ObjectiveChoice } from './choices'
import { OwnQuestions } from './own-questions'
import './practice.css'

interface PageProps {
  /** The domain that the drill begins with. */
  readonly domainId?: string | undefined
}

export function PracticePage({ domainId }: PageProps) {
  const { value: blueprint, problem, again } = useAnswer('exam.blueprint', {})
  const { value: attempts, again: lookAgain } = useAnswer('exam.list', {})
  const own = attempts?.filter(({ mode }) => mode !== 'real') ?? []
  return (
    <main id="main" className="page practice">
      <div>
        <PageTitle title="Practice" />
        <p className="practice-lead">
          No clock. After each item you see what is right, why, and the lab that teaches it.{' '}
          <Link href="/questions">The questions that you have seen</Link>
        </p>
      </div>
      {problem && <ProblemPanel problem={problem} onAction={again} />}
      {!blueprint && !problem && <Loading what="the questions" />}
      <RunningAttempts attempts={own} />
      {blueprint && (
        <div className="practice-columns">
          <Practice blueprint={blueprint} />
          <Drill blueprint={blueprint} first={domainId} />
        </div>
      )}
      {blueprint && <ByMark />}
      {blueprint && <OwnQuestions />}
      {attempts && (
        <AttemptHistory
          attempts={own}
          empty="No practice yet. What you finish will be listed here."
          onRemoved={lookAgain}
        />
      )}
    </main>
  )
}

type Wish = z.input<typeof StartExam>

/** Starts an attempt, and goes to its page. */
function useStart() {
  const api = useClient()
  const { busy, problem, run } = useAction()
  const [, navigate] = useLocation()
  const start = (wish: Wish) =>
    run(async () => {
      const { attemptId } = await api.call('exam.start', wish)
      navigate(`/exam/${attemptId}`)
    })
  return { busy, problem, start }
}

interface Props {
  readonly blueprint: BlueprintView
}

const LENGTHS = ['5', '10', '20', '40'] as const
type Length = (typeof LENGTHS)[number]

function LengthChoice({ value, onChange }: { value: Length; onChange: (value: Length) => void }) {
  return (
    <Segments
      label="Items"
      value={value}
      onChange={onChange}
      segments={LENGTHS.map((id) => ({ id, label: id }))}
    />
  )
}

const BY_MARK = [
  ['unseen', 'Not seen yet'],
  ['missed', 'Missed the last time'],
  ['bookmarked', 'Bookmarked'],
  ['noted', 'With a note'],
] as const

/** Starts a drill of the questions that the learner's own history and marks choose. */
function ByMark() {
  const api = useClient()
  const { busy, problem, run } = useAction()
  const [, navigate] = useLocation()
  const start = (filter: (typeof BY_MARK)[number][0]) =>
    run(async () => navigate(`/exam/${(await api.call('marks.practise', { filter })).attemptId}`))
  return (
    <section className="practice-card" aria-labelledby="by-mark-title">
      <h2 id="by-mark-title">By your own marks</h2>
      <p>Ten questions of one kind.</p>
      <div className="practice-marks">
        {BY_MARK.map(([filter, name]) => (
          <Button key={filter} isDisabled={busy} onPress={() => start(filter)}>
            {name}
          </Button>
        ))}
      </div>
      {problem && <ProblemPanel problem={problem} />}
    </section>
  )
}

function Practice({ blueprint: { domains } }: Props) {
  const [chosen, setChosen] = useState<readonly string[]>(domains.map(({ id }) => id))
  const [length, setLength] = useState<Length>('10')
  const { busy, problem, start } = useStart()
  return (
    <section className="practice-card" aria-labelledby="practice-title">
      <h2 id="practice-title">Mixed practice</h2>
      <p>Items of the domains that you choose, in the proportions of the exam.</p>
      <DomainChoice domains={domains} value={chosen} onChange={setChosen} />
      <LengthChoice value={length} onChange={setLength} />
      {problem && <ProblemPanel problem={problem} />}
      <Button
        weight="primary"
        isDisabled={busy || chosen.length === 0}
        onPress={() => start({ mode: 'practice', length: Number(length), domains: [...chosen] })}
      >
        Start practice
      </Button>
    </section>
  )
}

function Drill({ blueprint: { domains }, first }: Props & { readonly first: string | undefined }) {
  const [domainId, setDomainId] = useState((domains.find(({ id }) => id === first) ?? domains[0])?.id ?? '')
  const [objectives, setObjectives] = useState<readonly string[]>([])
  const [length, setLength] = useState<Length>('10')
  const { busy, problem, start } = useStart()
  const domain = domains.find(({ id }) => id === domainId)
  const wish: Wish = {
    mode: 'drill',
    length: Number(length),
    domains: [domainId],
    ...(objectives.length > 0 && { objectives: [...objectives] }),
  }
  return (
    <section className="practice-card" aria-labelledby="drill-title">
      <h2 id="drill-title">Drill</h2>
      <p>One domain, or only some of its objectives. A drill is shorter where they have fewer items.</p>
      <label className="practice-field">
        <span>Domain</span>
        <select
          className="control"
          value={domainId}
          onChange={({ target }) => {
            setDomainId(target.value)
            setObjectives([])
          }}
        >
          {domains.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </label>
      {domain && (
        <ObjectiveChoice objectives={domain.objectives} value={objectives} onChange={setObjectives} />
      )}
      <LengthChoice value={length} onChange={setLength} />
      {problem && <ProblemPanel problem={problem} />}
      <Button weight="primary" isDisabled={busy} onPress={() => start(wish)}>
        Start drill
      </Button>
    </section>
  )
}
