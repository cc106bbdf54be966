/** The first page: where the student is, and what comes next. */
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { LabSummary, PathView } from '../../../main/api'
import { useAnswer, useSettings, useStream } from '../../api'
import { useRunningExam } from '../../attempt'
import { PageTitle } from '../../components'
import { statusOf } from '../../path'
import { Evidence } from './evidence'
import { FirstVisit, TourLater } from './first-visit'
import { LabRow } from './lab-row'
import { PlacementLater } from './placement'
import { Unfinished } from './unfinished'
import './home.css'

/** The lab that asks for the least, where there is no path. */
const FIRST_LAB = 'container-life'

export function HomePage() {
  const { value: labs } = useStream('lab.watch', {})
  const { value: paths } = useAnswer('path.list', {})
  const { settings } = useSettings()
  const followed = paths?.find(({ id }) => id === settings.followedPath) ?? paths?.find(({ main }) => main)
  const isIdle = useIdle()
  return (
    <main id="main" className="page home" aria-busy={!labs}>
      <PageTitle title="Home" />
      {isIdle && <RunningNow />}
      {labs && <Labs labs={labs} path={followed ?? null} isIdle={isIdle} />}
      {labs && isIdle && <Unfinished />}
      {labs && isIdle && <Evidence labs={labs} />}
      {labs && <PlacementLater labs={labs} isIdle={isIdle} />}
      {labs && <TourLater labs={labs} />}
    </main>
  )
}

/** Attempts are read when the page is there: that takes the host longer than everything above. */
function useIdle(): boolean {
  const [isIdle, setIsIdle] = useState(false)
  useEffect(() => {
    const waiting = requestIdleCallback(() => setIsIdle(true))
    return () => cancelIdleCallback(waiting)
  }, [])
  return isIdle
}

function RunningNow() {
  const exam = useRunningExam()
  if (!exam) return null
  const to = exam.kind === 'mock' ? `/exam/${exam.id}` : `/hands-on/${exam.id}`
  return (
    <section className="home-part home-running" aria-label="Exam that runs">
      <p>
        <strong>{exam.title}</strong> runs: {Math.max(0, Math.ceil(exam.timeLeft / 60_000))} min left.
      </p>
      <Link href={to}>Continue the exam</Link>
    </section>
  )
}

interface LabsProps {
  readonly labs: readonly LabSummary[]
  /** The path that is followed. */
  readonly path: PathView | null
  readonly isIdle: boolean
}

function Labs({ labs, path, isIdle }: LabsProps) {
  const open = labs.filter((lab) => statusOf(lab) === 'open')
  const isFirst = labs.every((lab) => statusOf(lab) === 'new')
  const next = nextLab(labs, path)
  return (
    <>
      {open.length > 0 && (
        <section className="home-part" aria-labelledby="home-open">
          <h2 id="home-open">Open now</h2>
          <ul className="home-labs">
            {open.map((lab) => (
              <LabRow key={lab.id} lab={lab} isMain />
            ))}
          </ul>
        </section>
      )}
      {next && (
        <section className="home-part" aria-labelledby="home-next">
          <h2 id="home-next">{isFirst ? 'Start here' : 'Next on your path'}</h2>
          <ul className="home-labs">
            <LabRow lab={next} isMain={open.length === 0} />
          </ul>
          {path && (
            <p className="home-more">
              Part of <Link href="/paths">{path.title}</Link>
            </p>
          )}
        </section>
      )}
      {isFirst && <FirstVisit first={next} isIdle={isIdle} />}
    </>
  )
}

/** The first lab of the path that is neither completed nor open. Without a path, the easiest one. */
function nextLab(labs: readonly LabSummary[], path: PathView | null): LabSummary | null {
  const toDo = labs.filter(({ completedAt, problem, sessionId }) => !completedAt && !problem && !sessionId)
  const order = path?.steps.filter(({ kind }) => kind === 'lab').map(({ id }) => id) ?? [FIRST_LAB]
  for (const id of order) {
    const lab = toDo.find((one) => one.id === id)
    if (lab) return lab
  }
  return toDo[0] ?? null
}
