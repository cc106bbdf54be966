/** The start page of the mock exam: what to expect, the start, and the attempts that run or are over. */
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { BlueprintView } from '../../../main/api'
import { useAction, useAnswer, useClient } from '../../api'
import { AttemptHistory, OtherRuns, RunningAttempts, useRunningExam } from '../../attempt'
import { Button, Loading, PageTitle, ProblemPanel, percent, Segments } from '../../components'
import './exam.css'

export function ExamPage() {
  const { value: blueprint, problem, again } = useAnswer('exam.blueprint', {})
  const { value: attempts, again: lookAgain } = useAnswer('exam.list', {})
  const exams = attempts?.filter(({ mode }) => mode === 'real') ?? []
  return (
    <main id="main" className="page exam">
      <div>
        <PageTitle title="Mock exam" />
        <p className="exam-lead">The length, the time and the rules of the real one. Questions of our own.</p>
      </div>
      {problem && <ProblemPanel problem={problem} onAction={again} />}
      {!blueprint && !problem && <Loading what="the questions" />}
      <RunningAttempts attempts={exams} />
      {blueprint && (
        <div className="exam-columns">
          <Account blueprint={blueprint} />
          <StartExam minutes={blueprint.minutes} length={blueprint.length} />
        </div>
      )}
      {attempts && (
        <AttemptHistory
          attempts={exams}
          empty="No mock exam yet. Yours will be listed here."
          onRemoved={lookAgain}
        />
      )}
    </main>
  )
}

function Account({ blueprint }: { readonly blueprint: BlueprintView }) {
  const { length, minutes, delivery, passMark } = blueprint
  return (
    <section className="exam-account" aria-label="What to expect">
      <dl className="exam-facts">
        <Fact name="items" value={String(length)} />
        <Fact name="minutes" value={String(minutes)} />
        <Fact name="one option at a time" value={String(delivery.domc)} />
        <Fact name="classic" value={String(delivery.classic)} />
      </dl>
      <ul className="exam-rules">
        <li>
          <strong>One option at a time.</strong> Most items show a single option and ask whether it is right:
          yes or no. The item is over as soon as its result is certain, and there is no way back to it.{' '}
          <Link href="/exam-format">Try the format</Link> with two sample items.
        </li>
        <li>
          <strong>Classic items</strong> show all options. You can flag them and come back, as long as no open
          one-at-a-time item stands in between.
        </li>
        <li>
          <strong>The clock does not stop,</strong> not even when Capstan is closed. At zero the exam ends
          with the answers that are there.
        </li>
        <li>
          <strong>Pass mark {percent(passMark)}.</strong> The real one is not published. Trainers quote 65 %.
        </li>
      </ul>
      <Weights blueprint={blueprint} />
    </section>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Weights({ blueprint: { domains } }: { readonly blueprint: BlueprintView }) {
  const most = Math.max(...domains.map(({ weight }) => weight))
  return (
    <table className="exam-weights">
      <caption className="visually-hidden">Domains and their share of the items</caption>
      <tbody>
        {domains.map(({ id, title, weight }) => (
          <tr key={id}>
            <th scope="row">{title}</th>
            <td>
              <i style={{ width: `${(weight / most) * 100}%` }} />
            </td>
            <td>{percent(weight)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const EXTRA_TIME = ['1', '1.25', '1.5', '2'] as const

function StartExam({ minutes, length }: Pick<BlueprintView, 'minutes' | 'length'>) {
  const [size, setSize] = useState<'full' | 'half'>('full')
  const [form, setForm] = useState('')
  const [extra, setExtra] = useState<(typeof EXTRA_TIME)[number]>('1')
  const api = useClient()
  const { busy, problem, run } = useAction()
  const [, navigate] = useLocation()
  const running = useRunningExam()
  const start = () =>
    run(async () => {
      const { attemptId } = await api.call('exam.start', {
        mode: 'real',
        extraTime: Number(extra),
        ...(size === 'half' && { half: true }),
        ...(form !== '' && { formNumber: Number(form) }),
      })
      navigate(`/exam/${attemptId}`)
    })
  return (
    <section className="exam-start" aria-labelledby="start-title">
      <h2 id="start-title">Start when you have the time</h2>
      <p>Sit it in one go, with nothing else open. Every key is listed under ?, here and during the exam.</p>
      <Segments
        label="Length"
        value={size}
        onChange={setSize}
        segments={[
          { id: 'full', label: 'Full', detail: `${length} items` },
          { id: 'half', label: 'Half', detail: `${Math.floor(length / 2)} items` },
        ]}
      />
      <Segments
        label="Time (more for candidates with a disability)"
        value={extra}
        onChange={setExtra}
        segments={EXTRA_TIME.map((id) => ({
          id,
          label: `${id}×`,
          detail: `${Math.floor((minutes / (size === 'half' ? 2 : 1)) * Number(id))} min`,
        }))}
      />
      <label className="exam-form-number">
        <span>Form number, for a group that sits the same items (optional)</span>
        <input
          className="control"
          inputMode="numeric"
          maxLength={6}
          value={form}
          onChange={({ target }) => setForm(target.value.replace(/\D/g, '').replace(/^0+/, ''))}
        />
      </label>
      {problem && <ProblemPanel problem={problem} />}
      {running && <OtherRuns exam={running} />}
      <div className="exam-start-button">
        <Button weight="primary" isDisabled={busy || running !== null} onPress={start}>
          Start a mock exam
        </Button>
      </div>
      <p className="exam-aside">
        Not yet? <Link href="/practice">Practise</Link> with explanations after every item.
      </p>
    </section>
  )
}
