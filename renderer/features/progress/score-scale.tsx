/** The scale of scores from 0 to 100 per cent behind a chart, with the line of the pass mark. */

/** Pixels of a chart of scores: all of it, and the places of 100 and of 0 per cent. */
export const CHART = { height: 230, top: 12, bottom: 200 } as const

/** @param score per cent @returns pixels from the top */
export function yOf(score: number): number {
  return CHART.bottom - (score / 100) * (CHART.bottom - CHART.top)
}

/** Horizontal lines at round scores and at the pass mark. A round score too close to the pass mark is left out. */
export function ScoreScale({ passMark }: { readonly passMark: number }) {
  const marks = [0, 25, 50, 75, 100].filter((mark) => Math.abs(mark - passMark) > 6)
  return (
    <>
      {marks.map((mark) => (
        <g key={mark}>
          <line className="history-grid" x1="0%" x2="100%" y1={yOf(mark)} y2={yOf(mark)} />
          <text x="-10" y={yOf(mark) + 4} textAnchor="end">
            {mark}
          </text>
        </g>
      ))}
      <line className="track-pass" x1="0%" x2="100%" y1={yOf(passMark)} y2={yOf(passMark)} />
      <text className="scale-pass" x="-10" y={yOf(passMark) + 4} textAnchor="end">
        {passMark}
      </text>
    </>
  )
}
