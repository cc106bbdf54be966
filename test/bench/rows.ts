/** The figures of the bench. Each has a value, a target and, where there is one, a baseline of the same run. */

export interface Row {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly baseline: number | null
  readonly ratio: number | null
  readonly target: string
  readonly ok: boolean
}

export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly baseline?: number
  /** The limits: the value at most or at least this, the ratio at most this. */
  readonly atMost?: number
  readonly atLeast?: number
  readonly ratioAtMost?: number
  readonly ratioAtLeast?: number
}

export function row({ name, value, unit, baseline, atMost, atLeast, ...limits }: Figure): Row {
  const ratio = baseline === undefined ? null : round(value / baseline)
  const { ratioAtMost, ratioAtLeast } = limits
  const goals = [
    atMost !== undefined && { text: `≤ ${atMost} ${unit}`, ok: value <= atMost },
    atLeast !== undefined && { text: `≥ ${atLeast} ${unit}`, ok: value >= atLeast },
    ratioAtMost !== undefined &&
      ratio !== null && { text: `≤ ${ratioAtMost} × baseline`, ok: ratio <= ratioAtMost },
    ratioAtLeast !== undefined &&
      ratio !== null && { text: `≥ ${ratioAtLeast} × baseline`, ok: ratio >= ratioAtLeast },
  ].filter((goal) => goal !== false)
  return {
    name,
    value: round(value),
    unit,
    baseline: baseline === undefined ? null : round(baseline),
    ratio,
    target: goals.map(({ text }) => text).join(', '),
    ok: goals.every(({ ok }) => ok),
  }
}

/** A figure whose baseline cannot be measured here. */
export function skipped(figure: Figure, why: string): Row {
  return { ...row(figure), target: `skipped: ${why}` }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** @param share 0 to 1 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Measures the milliseconds that the work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

export function table(rows: readonly Row[]): string {
  const cells = rows.map(({ name, value, unit, baseline, ratio, target, ok }) => [
    ok ? '✓' : '✗',
    name,
    `${value} ${unit}`,
    baseline === null ? '' : `${baseline} ${unit}`,
    ratio === null ? '' : String(ratio),
    target,
  ])
  const all = [['', 'what', 'value', 'baseline', 'ratio', 'target'], ...cells]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? []
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
