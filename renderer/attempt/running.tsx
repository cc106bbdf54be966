/** The exam that runs, in the header of every other page, and as the reason why no second one starts. */
import { Clock } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { RunningExam } from '../../main/api'
import { useClient, useStream } from '../api'
import { useClock } from '../components'
import { timeText } from './countdown'
import { outboxOf } from './outbox'
import { useTimeLeft } from './timer'
import './running.css'

/** The exam whose clock runs. Null while there is none, or while nobody knows yet. */
export function useRunningExam(): RunningExam | null {
  return useStream('running.watch', {}).value?.exam ?? null
}

export function addressOf({ kind, id }: RunningExam): string {
  return kind === 'mock' ? `/exam/${id}` : `/hands-on/${id}`
}

/** Leads back to the exam that runs, with its time left. The first page is not made to wait for it. */
export function RunningBadge() {
  const [isIdle, setIsIdle] = useState(false)
  useEffect(() => {
    const waiting = requestIdleCallback(() => setIsIdle(true))
    return () => cancelIdleCallback(waiting)
  }, [])
  return isIdle ? <Badge /> : null
}

function Badge() {
  const exam = useRunningExam()
  return exam && <TimeOf exam={exam} />
}

function TimeOf({ exam }: { readonly exam: RunningExam }) {
  const left = useTimeLeft(exam, exam.timeLeft)
  const api = useClient()
  const clock = useClock()
  useEffect(() => {
    // Answers that a reload has kept back are sent, whichever page is open.
    if (exam.kind === 'mock') outboxOf(exam.id, api, clock)
  }, [exam, api, clock])
  return (
    <Link href={addressOf(exam)} className="running-badge" data-short={left <= 5 * 60_000}>
      <Clock aria-hidden="true" />
      <span>
        <span className="running-title">{exam.title} · </span>
        {left > 0 ? timeText(left) : 'time is up'}
      </span>
    </Link>
  )
}

/** Says why no other exam can be started now, and leads to the one that runs. */
export function OtherRuns({ exam }: { readonly exam: RunningExam }) {
  return (
    <p className="other-runs">
      <Clock aria-hidden="true" />
      <span>
        {exam.kind === 'mock' ? 'A mock exam' : `“${exam.title}”`} is running, and one exam runs at a time.{' '}
        <Link href={addressOf(exam)}>Continue with it</Link>, or end it first.
      </span>
    </p>
  )
}
