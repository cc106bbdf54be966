/** The start page of the hands-on exams: those to take, the one that runs, and those that are over. */
import { ArrowRight, Clock, Server, Target, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { HandsOnExamView, HandsOnSummary } from '../../../main/api'
import { useAction, useAnswer, useClient } from '../../api'
import { OtherRuns, useRunningExam } from '../../attempt'
import { Button, count, duration, Loading, PageTitle, ProblemPanel, percent } from '../../components'
import { History } from './history'
import { StartDialog } from './start-dialog'
import './hands-on-page.css'
import './task.css'

export function HandsOnPage() {
  const { value, problem, again } = useAnswer('handsOn.list', {})
  const other = useRunningExam()
  const running = value?.attempts.find(({ state }) => state !== 'ended')
  const past = value?.attempts.filter(({ state }) => state === 'ended') ?? []
  return (
    <main id="main" className="page" aria-busy={!value && !problem}>
      <PageTitle title="Hands-on exams" />
      <p className="hands-on-lead">
        Tasks on real nodes, against the clock. You are told what to reach, not how; your nodes are graded as
        you leave them.
      </p>
      {problem && <ProblemPanel problem={problem} />}
      {!value && !problem && <Loading what="the exams" />}
      {running && <Running attempt={running} />}
      {other?.kind === 'mock' && <OtherRuns exam={other} />}
      {value && (
        <ul className="hands-on-exams" aria-label="Hands-on exams">
          {value.exams.map((exam) => (
            <ExamCard key={exam.id} exam={exam} isOtherRunning={running !== undefined || other !== null} />
          ))}
        </ul>
      )}
      {value?.exams.length === 0 && <p className="hands-on-none">There are no hands-on exams here yet.</p>}
      {past.length > 0 && <History attempts={past} onRemoved={again} />}
    </main>
  )
}

function Running({ attempt: { id, title, state, timeLeft } }: { readonly attempt: HandsOnSummary }) {
  return (
    <section className="hands-on-running" aria-label="Running">
      <div>
        <h2>{title}</h2>
        <p>
          {state === 'running'
            ? `It is running, and so is its clock: ${duration(Math.ceil((timeLeft ?? 0) / 60_000) * 60_000)} left.`
            : 'It is over. Your nodes are being graded.'}
        </p>
      </div>
      <Link href={`/hands-on/${id}`} className="button button-primary">
        <span>{state === 'running' ? 'Continue' : 'See the result'}</span>
        <ArrowRight aria-hidden="true" />
      </Link>
    </section>
  )
}

interface CardProps {
  readonly exam: HandsOnExamView
  readonly isOtherRunning: boolean
}

function ExamCard({ exam, isOtherRunning }: CardProps) {
  const api = useClient()
  const [isAsked, setIsAsked] = useState(false)
  const { busy, problem, run, forget } = useAction()
  const [, navigate] = useLocation()
  const start = (extraTime: number) =>
    run(async () => {
      const { attemptId } = await api.call('handsOn.start', { examId: exam.id, extraTime })
      navigate(`/hands-on/${attemptId}`)
    })
  const cannot = exam.problem !== null || exam.missing.length > 0 || isOtherRunning
  return (
    <li className="hands-on-card">
      <h2>{exam.title}</h2>
      <p className="hands-on-card-summary">{exam.summary}</p>
      <Facts exam={exam} />
      <Tasks tasks={exam.tasks} />
      {exam.problem && <ProblemPanel problem={{ code: 'lab-invalid', message: exam.problem, help: null }} />}
      {exam.missing.length > 0 && (
        <p className="hands-on-missing">
          <TriangleAlert aria-hidden="true" /> Needs {exam.missing.join(', ')}, which this engine does not
          have.
        </p>
      )}
      {problem && <ProblemPanel problem={problem} onClose={forget} />}
      <Button
        weight={isOtherRunning ? 'normal' : 'primary'}
        isDisabled={busy || cannot}
        onPress={() => setIsAsked(true)}
        aria-label={`Start: ${exam.title}`}
      >
        Start
      </Button>
      <StartDialog exam={exam} isOpen={isAsked} onClose={() => setIsAsked(false)} onStart={start} />
    </li>
  )
}

function Tasks({ tasks }: Pick<HandsOnExamView, 'tasks'>) {
  return (
    <ol className="hands-on-card-tasks">
      {tasks.map(({ title, domain, share }) => (
        <li key={title}>
          <div>
            <span>{title}</span>
            <small>{domain}</small>
          </div>
          <span className="hands-on-share">{percent(share)}</span>
          <i style={{ width: `${share}%` }} />
        </li>
      ))}
    </ol>
  )
}

function Facts({ exam: { minutes, tasks, passMark } }: { readonly exam: HandsOnExamView }) {
  const nodes = tasks.reduce((sum, task) => sum + task.nodes.length, 0)
  return (
    <ul className="facts">
      <li>
        <Clock aria-hidden="true" /> {minutes} min
      </li>
      <li>
        <Server aria-hidden="true" /> up to {count(nodes, 'node')}
      </li>
      <li>
        <Target aria-hidden="true" /> {percent(passMark)} to pass
      </li>
    </ul>
  )
}
