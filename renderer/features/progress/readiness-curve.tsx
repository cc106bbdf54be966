/** How readiness has changed, as a line with its interval, or as a table. */
import type { CurvePointView } from '../../../main/api'
import { useAnswer } from '../../api'
import { day, dayOfYear, interval, percent } from '../../components'
import { Figure } from './figure'
import { CHART, ScoreScale, yOf } from './score-scale'
import { TableScroll } from './table-scroll'
import { basis } from './words'
import './history-chart.css'
import './readiness-curve.css'

interface Props {
  readonly passMark: number
}

/** Nothing before there are two days to compare. */
export function ReadinessCurve({ passMark }: Props) {
  const { value: points } = useAnswer('progress.curve', {})
  if (!points || points.length < 2) return null
  return (
    <Figure
      title="Readiness over time"
      lead="The expected score and where it likely lies, after each day on which you answered or did something. The more it rests on, the narrower it gets."
      chart={<Chart points={points} passMark={passMark} />}
      table={<CurveTable points={points} />}
    />
  )
}

interface ChartProps extends Props {
  readonly points: readonly CurvePointView[]
}

interface Place {
  readonly point: CurvePointView
  /** Per cent of the width: days are as far apart as in the calendar. */
  readonly x: number
}

function placed(points: readonly CurvePointView[]): Place[] {
  const times = points.map(({ at }) => new Date(at).getTime())
  const [first = 0, last = 0] = [times[0], times.at(-1)]
  return points.map((point, index) => ({
    point,
    x: (100 * ((times[index] ?? first) - first)) / Math.max(1, last - first),
  }))
}

function Chart({ points, passMark }: ChartProps) {
  const places = placed(points)
  return (
    <svg
      className="history"
      width="100%"
      height={CHART.height}
      role="img"
      aria-label={summary(points, passMark)}
    >
      <Band places={places} />
      <ScoreScale passMark={passMark} />
      {places.map(({ point, x }) => (
        <g key={point.at} className="curve-point">
          <title>{`${day(point.at)}: ${percent(point.percent)} (${interval(point)})`}</title>
          <circle cx={`${x}%`} cy={yOf(point.percent)} r={4} />
        </g>
      ))}
      <Ends points={points} />
    </svg>
  )
}

/** The interval and the line, in a drawing of its own whose width is 100: shapes take no per cent. */
function Band({ places }: { readonly places: readonly Place[] }) {
  const at = (x: number, score: number) => `${x},${100 - score}`
  const above = places.map(({ point, x }) => at(x, point.high))
  const below = places.map(({ point, x }) => at(x, point.low)).reverse()
  return (
    <svg
      aria-hidden="true"
      y={CHART.top}
      width="100%"
      height={CHART.bottom - CHART.top}
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
    >
      <polygon className="curve-band" points={[...above, ...below].join(' ')} />
      <polyline
        className="curve-line"
        points={places.map(({ point, x }) => at(x, point.percent)).join(' ')}
      />
    </svg>
  )
}

/** The first and the last day. */
function Ends({ points }: Pick<ChartProps, 'points'>) {
  const [first, last] = [points[0], points.at(-1)]
  return (
    <>
      <text x="0%" y={CHART.bottom + 22}>
        {first && dayOfYear(first.at)}
      </text>
      <text x="100%" y={CHART.bottom + 22} textAnchor="end">
        {last && dayOfYear(last.at)}
      </text>
    </>
  )
}

function CurveTable({ points }: Pick<ChartProps, 'points'>) {
  return (
    <TableScroll label="Readiness over time as a table">
      <table className="table progress-table">
        <caption className="visually-hidden">Readiness over time, the newest day first</caption>
        <thead>
          <tr>
            <th scope="col">Until</th>
            <th scope="col">Expected</th>
            <th scope="col">Interval, 90 %</th>
            <th scope="col">Rests on</th>
          </tr>
        </thead>
        <tbody>
          {[...points].reverse().map((point) => (
            <tr key={point.at}>
              <th scope="row">{day(point.at)}</th>
              <td>{percent(point.percent)}</td>
              <td>{interval(point)}</td>
              <td>{basis(point)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  )
}

function summary(points: readonly CurvePointView[], passMark: number): string {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return ''
  return `Expected score from ${percent(first.percent)} (${interval(first)}) to ${percent(last.percent)} (${interval(last)}); the pass mark is ${percent(passMark)}.`
}
