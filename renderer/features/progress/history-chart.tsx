/** Scores, attempt by attempt, as a chart. */
import type { PastAttemptView, ProgressOverview } from '../../../main/api'
import { modeName } from '../../attempt'
import { count, day, dayOfYear, interval, percent } from '../../components'
import { Figure } from './figure'
import { HistoryTable } from './history-table'
import { CHART, ScoreScale, yOf } from './score-scale'
import './history-chart.css'

type Props = Pick<ProgressOverview, 'history' | 'passMark'>

/** More points would touch each other. The table has them all. */
const MOST_DRAWN = 40

export function HistoryChart({ history, passMark }: Props) {
  const drawn = history.slice(-MOST_DRAWN)
  const left = history.length - drawn.length
  return (
    <Figure
      title="Scores so far"
      lead={`${count(history.length, 'attempt')}, the newest last.${left > 0 ? ` The chart shows the last ${drawn.length}.` : ''}`}
      chart={<Chart history={drawn} passMark={passMark} />}
      table={<HistoryTable history={history} />}
    />
  )
}

function Chart({ history, passMark }: Props) {
  const points = history.map((one, index) => ({ one, x: (100 * (index + 0.5)) / history.length }))
  return (
    <>
      <svg
        className="history"
        width="100%"
        height={CHART.height}
        role="img"
        aria-label={summary(history, passMark)}
      >
        <ScoreScale passMark={passMark} />
        <MockLine points={points.filter(({ one }) => one.mode === 'real')} />
        {points.map(({ one, x }) => (
          <Point key={one.id} attempt={one} x={x} />
        ))}
        <Days points={points} />
      </svg>
      <Legend />
    </>
  )
}

interface Place {
  readonly one: PastAttemptView
  /** Per cent of the width. */
  readonly x: number
}

/** Joins the mock exams alone: a practice of other items and another length is not comparable with them. */
function MockLine({ points }: { readonly points: readonly Place[] }) {
  return points
    .slice(1)
    .map(({ one, x }, index) => (
      <line
        key={one.id}
        className="history-line"
        x1={`${points[index]?.x ?? x}%`}
        y1={yOf(points[index]?.one.percent ?? one.percent)}
        x2={`${x}%`}
        y2={yOf(one.percent)}
      />
    ))
}

/** The days of the first and the last attempt. */
function Days({ points }: { readonly points: readonly Place[] }) {
  const [first, last] = [points[0], points.at(-1)]
  return (
    <>
      {first && (
        <text x={`${first.x}%`} y={CHART.bottom + 22} textAnchor={first === last ? 'middle' : 'start'}>
          {dayOfYear(first.one.startedAt)}
        </text>
      )}
      {last && last !== first && (
        <text x={`${last.x}%`} y={CHART.bottom + 22} textAnchor="end">
          {dayOfYear(last.one.startedAt)}
        </text>
      )}
    </>
  )
}

function Point({ attempt, x }: { readonly attempt: PastAttemptView; readonly x: number }) {
  const { mode, low, high, percent: value } = attempt
  return (
    <g className="history-point" data-mode={mode}>
      <title>{`${modeName(mode)}, ${day(attempt.startedAt)}: ${percent(value)} (${interval(attempt)})`}</title>
      <line className="history-whisker" x1={`${x}%`} x2={`${x}%`} y1={yOf(low)} y2={yOf(high)} />
      <circle cx={`${x}%`} cy={yOf(value)} r={mode === 'real' ? 6 : 4.5} />
    </g>
  )
}

function Legend() {
  return (
    <ul className="legend" aria-hidden="true">
      {(['real', 'practice', 'drill'] as const).map((mode) => (
        <li key={mode}>
          <svg aria-hidden="true" width="14" height="14">
            <g className="history-point" data-mode={mode}>
              <circle cx="7" cy="7" r={mode === 'real' ? 6 : 4.5} />
            </g>
          </svg>
          {modeName(mode)}
        </li>
      ))}
      <li>
        <svg aria-hidden="true" width="22" height="14">
          <line className="track-pass" x1="0" x2="22" y1="7" y2="7" />
        </svg>
        Pass mark
      </li>
    </ul>
  )
}

function summary(history: readonly PastAttemptView[], passMark: number): string {
  const last = history.at(-1)
  const passed = history.filter((one) => one.passed).length
  return `Scores of ${count(history.length, 'attempt')}, ${passed} at or above the pass mark of ${percent(passMark)}; the last is ${percent(last?.percent ?? 0)}.`
}
