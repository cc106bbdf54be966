/** An expected score on a scale from 0 to 100: a dot with its interval, and the line of the pass mark. */
import type { EstimateView } from '../../../main/api'
import './track.css'

interface Props {
  readonly estimate: EstimateView
  readonly passMark: number
  /** Draws a thicker track, for the estimate that matters most. */
  readonly large?: boolean
}

/** The words beside the track say the same, so screen readers skip it. */
export function Track({ estimate, passMark, large = false }: Props) {
  const { percent, low, high, items, labs } = estimate
  const middle = large ? 20 : 13
  const half = large ? 6 : 3
  return (
    <svg aria-hidden="true" className="track" data-known={items + labs > 0} width="100%" height={2 * middle}>
      <rect className="track-base" width="100%" y={middle - half} height={2 * half} rx={half} />
      <rect
        className="track-interval"
        x={`${low}%`}
        width={`${high - low}%`}
        y={middle - half}
        height={2 * half}
        rx={half}
      />
      <line className="track-pass" x1={`${passMark}%`} x2={`${passMark}%`} y1="2" y2={2 * middle - 2} />
      <circle
        className="track-dot"
        data-passed={percent >= passMark}
        cx={`${percent}%`}
        cy={middle}
        r={large ? 9 : 5.5}
      />
    </svg>
  )
}

/** The scale above a column of tracks. */
export function Scale({ passMark }: { readonly passMark: number }) {
  const marks = [0, 25, 50, 75, 100].filter((mark) => Math.abs(mark - passMark) > 14)
  return (
    <svg aria-hidden="true" className="scale" width="100%" height="18">
      {marks.map((mark) => (
        <text key={mark} x={`${mark}%`} y="13" textAnchor={anchor(mark)}>
          {mark}
        </text>
      ))}
      <text className="scale-pass" x={`${passMark}%`} y="13" textAnchor="middle">
        pass {passMark}
      </text>
    </svg>
  )
}

function anchor(mark: number): 'start' | 'middle' | 'end' {
  return mark === 0 ? 'start' : mark === 100 ? 'end' : 'middle'
}
