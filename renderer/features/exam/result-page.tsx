/** The result of an attempt: score, domains, and every item with its explanation. */
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { ResultView } from '../../../main/api'
import { useAnswer } from '../../api'
import { Outcome, placeOf, useAttemptName, useTakeStance } from '../../attempt'
import {
  Button,
  count,
  day,
  duration,
  InlineCode,
  interval,
  moment,
  PageTitle,
  ProblemPanel,
  percent,
} from '../../components'
import { PlacementNote } from '../../path'
import { DomainScores, ShareBar } from './domain-scores'
import { NextSteps } from './next-steps'
import { PrintChoice, type Printed } from './print-choice'
import { ReviewedItems } from './reviewed-items'
import './exam.css'
import './result-page.css'

export function ResultPage({ attemptId }: { readonly attemptId: string }) {
  const { value: result, problem } = useAnswer('exam.result', { attemptId })
  const [, navigate] = useLocation()
  const [printed, setPrinted] = useState<Printed>('all')
  useTakeStance({ place: result ? placeOf(result.mode) : null, exam: null })
  if (problem) {
    const runs = problem.code === 'session-state'
    return (
      <main id="main" className="page exam">
        <PageTitle title="There is no result" />
        <ProblemPanel
          problem={problem}
          action={runs ? 'Continue' : 'To the exams'}
          onAction={() => navigate(runs ? `/exam/${attemptId}` : '/exam')}
        />
      </main>
    )
  }
  if (!result) return <main id="main" className="page" aria-busy="true" />
  return (
    <main id="main" className="page exam result">
      <Head result={result} printed={printed} onPrinted={setPrinted} />
      <PlacementNote attemptId={attemptId} />
      <NextSteps result={result} />
      <DomainScores domains={result.domains} passMark={result.mode === 'real' ? result.passMark : null} />
      <ReviewedItems items={result.items} domains={result.domains} printed={printed} />
    </main>
  )
}

interface HeadProps {
  readonly result: ResultView
  readonly printed: Printed
  readonly onPrinted: (printed: Printed) => void
}

function Head({ result, printed, onPrinted }: HeadProps) {
  const { mode, startedAt, about, total, passed, passMark } = result
  const [, navigate] = useLocation()
  const name = useAttemptName()(result)
  const isReal = mode === 'real'
  return (
    <section className="result-head" aria-label="Score">
      <div className="result-title">
        <PageTitle title={`Result of the ${name.toLowerCase()}`} />
        <p>
          {about && (
            <>
              <InlineCode text={about} /> ·{' '}
            </>
          )}
          {moment(startedAt)}
        </p>
      </div>
      {total && (
        <div className="result-score">
          <p className="result-percent">{percent(total.percent)}</p>
          <div>
            {isReal && passed !== null && <Outcome passed={passed} />}
            <p>
              {total.right} of {total.of} items right
              {isReal && `, ${percent(passMark)} needed`}
            </p>
          </div>
        </div>
      )}
      {total && <ShareBar share={total} passMark={isReal ? passMark : null} />}
      {total && (
        <p className="result-uncertainty">
          {count(total.of, 'item')} say only so much: on many such forms you would get {interval(total)} (90 %
          interval).
        </p>
      )}
      {total && <Comparison before={result.before} percentNow={total.percent} />}
      <Facts result={result} />
      <div className="result-actions">
        <Button onPress={() => navigate(isReal ? '/exam' : '/practice')}>
          {isReal ? 'To the exams' : 'Practise more'}
        </Button>
        <PrintChoice value={printed} onChange={onPrinted} />
      </div>
    </section>
  )
}

function Facts({
  result: { mode, items, limit, extraTime, endedBy, formNumber },
}: {
  readonly result: ResultView
}) {
  const isReal = mode === 'real'
  const used = items.reduce((sum, { time }) => sum + time, 0)
  const answered = items.filter((item) => item.answered)
  const unanswered = items.length - answered.length
  const unseen = items.filter(({ reached }) => !reached).length
  const perAnswer = answered.reduce((sum, { time }) => sum + time, 0) / answered.length
  return (
    <ul className="result-facts">
      <li>
        Time used: {duration(used)}
        {limit !== null && ` of ${duration(limit)}`}
      </li>
      {extraTime > 1 && <li>With extra time: {extraTime} times the usual time</li>}
      {answered.length > 0 && <li>{duration(perAnswer)} per answered item</li>}
      {unanswered > 0 && (
        <li>
          {unanswered} not answered
          {isReal && unseen > 0 && `, of which ${unseen} ${unseen === 1 ? 'was' : 'were'} not reached`}
        </li>
      )}
      {formNumber !== null && <li>Form {formNumber}</li>}
      {endedBy === 'time' && <li>Ended by the clock</li>}
    </ul>
  )
}

interface ComparisonProps {
  readonly before: ResultView['before']
  readonly percentNow: number
}

/** The mock exam before this one. Small differences are chance, so none is praised. */
function Comparison({ before, percentNow }: ComparisonProps) {
  if (!before) return null
  const points = Math.round(percentNow) - Math.round(before.percent)
  return (
    <p>
      <Link href={`/exam/${before.id}/result`}>The mock exam before, on {day(before.startedAt)}</Link>:{' '}
      {percent(before.percent)}
      {points === 0
        ? ', the same.'
        : `. This one has ${count(Math.abs(points), 'point')} ${points > 0 ? 'more' : 'less'}.`}
    </p>
  )
}
