/** The results of a run, as a table and as JSON. */
import type { Verdict } from './prove'

export interface Row extends Verdict {
  /** Version of the control groups. */
  readonly cgroup: 1 | 2
  readonly kind: 'kernel' | 'lab' | 'claim' | 'test'
  readonly id: string
  readonly seconds: number
}

/** Runs a piece of work as one row. A failure of the work itself is a row too, but not the end of the whole run. */
export async function asRow(
  head: Pick<Row, 'cgroup' | 'kind' | 'id'>,
  work: () => Promise<Verdict>,
  signal: AbortSignal,
): Promise<Row> {
  const began = performance.now()
  const verdict = await work().catch((error: unknown): Verdict => {
    signal.throwIfAborted()
    return { state: 'failed', message: error instanceof Error ? error.message : String(error) }
  })
  return { ...head, ...verdict, seconds: Math.round((performance.now() - began) / 1000) }
}

/** What is skipped on a complete kernel is not proven anywhere. */
export function isGood(rows: readonly Row[]): boolean {
  return rows.length > 0 && rows.every(({ state }) => state === 'passed')
}

const MARKS = { passed: '✓', failed: '✗', skipped: '-' } as const

export function table(rows: readonly Row[]): string {
  const widest = Math.max(0, ...rows.map(({ id }) => id.length))
  const lines = rows.flatMap(({ cgroup, kind, id, state, seconds, message }) => [
    `${MARKS[state]} cgroup ${cgroup}  ${kind.padEnd(6)}  ${id.padEnd(widest)}  ${String(seconds).padStart(5)} s`,
    ...(state === 'passed' || !message ? [] : message.split('\n').map((line) => `    ${line}`)),
  ])
  const count = (wanted: Row['state']) => rows.filter(({ state }) => state === wanted).length
  return [...lines, `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`].join(
    '\n',
  )
}
