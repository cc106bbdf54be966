/** The progress page: how ready the learner is, what to do next, and the history. */
import { ChartNoAxesCombined } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { ProgressOverview } from '../../../main/api'
import { useAction, useClient } from '../../api'
import { Button, Loading, PageTitle, ProblemPanel } from '../../components'
import { MOST_REVIEWS } from '../../path'
import { DomainChart } from './domain-chart'
import { ExportButtons } from './export-buttons'
import { HandsOnTable } from './hands-on-table'
import { HistoryChart } from './history-chart'
import { NextCard } from './next-card'
import { ReadinessCard } from './readiness-card'
import { ReadinessCurve } from './readiness-curve'
import { Transfer } from './transfer'
import './progress.css'

export function ProgressPage() {
  const api = useClient()
  const [overview, setOverview] = useState<ProgressOverview | null>(null)
  const { busy, problem, run } = useAction()
  const load = useCallback(
    () => run(async () => setOverview(await api.call('progress.overview', {}))),
    [api, run],
  )
  useEffect(load, [load])
  return (
    <main id="main" className="page progress" aria-busy={!overview && !problem}>
      <div className="progress-head">
        <div>
          <PageTitle title="Progress" />
          <p className="progress-soft">What you know, what to look at again, and how sure that is.</p>
        </div>
        {overview && <ExportButtons run={run} />}
      </div>
      {problem && <ProblemPanel problem={problem} onAction={load} />}
      {!overview && !problem && <Loading what="your attempts" />}
      {overview && isKnown(overview) && <Known overview={overview} busy={busy} run={run} />}
      {overview && !isKnown(overview) && <Empty busy={busy} run={run} />}
      {overview && <Transfer isEmpty={!isKnown(overview)} onChanged={load} />}
    </main>
  )
}

/** True when there is an attempt or a lab, even one without answers. */
function isKnown({ total, history, handsOn }: ProgressOverview): boolean {
  return total.items + total.labs + history.length + handsOn.length > 0
}

interface PartProps {
  readonly busy: boolean
  readonly run: (work: () => Promise<unknown>) => void
}

/** Starts an attempt, and goes to its page. */
function useBegin(run: PartProps['run']) {
  const [, navigate] = useLocation()
  return (begin: () => Promise<{ attemptId: string }>) =>
    run(async () => navigate(`/exam/${(await begin()).attemptId}`))
}

function Known({ overview, busy, run }: PartProps & { readonly overview: ProgressOverview }) {
  const api = useClient()
  const begin = useBegin(run)
  const { domains, passMark, history, handsOn, total } = overview
  const review = () => begin(() => api.call('progress.review', { most: MOST_REVIEWS }))
  const drill = (objectives: readonly string[]) =>
    begin(() => api.call('progress.drill', { objectives: [...objectives] }))
  return (
    <>
      <div className="progress-top">
        <ReadinessCard total={total} passMark={passMark} />
        <NextCard overview={overview} busy={busy} onReview={review} onDrill={drill} />
      </div>
      <DomainChart domains={domains} passMark={passMark} busy={busy} onDrill={drill} />
      <ReadinessCurve passMark={passMark} />
      {history.length > 0 && <HistoryChart history={history} passMark={passMark} />}
      {handsOn.length > 0 && <HandsOnTable handsOn={handsOn} />}
      <p className="progress-foot">
        Teaching with Capstan? <Link href="/progress/items">See how each item does</Link>.
      </p>
    </>
  )
}

function Empty({ busy, run }: PartProps) {
  const api = useClient()
  const begin = useBegin(run)
  const practise = () => begin(() => api.call('exam.start', { mode: 'practice', length: 15 }))
  return (
    <div className="progress-empty">
      <ChartNoAxesCombined aria-hidden="true" />
      <h2>Nothing to show yet</h2>
      <p className="progress-soft">
        Answer 15 items from all domains. After that you see here how ready you are, and with every attempt
        and every lab it gets more certain.
      </p>
      <Button weight="primary" isDisabled={busy} onPress={practise}>
        Begin a short practice
      </Button>
      <Link href="/labs">Or begin with a lab</Link>
    </div>
  )
}
