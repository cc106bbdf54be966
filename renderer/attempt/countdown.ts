/** The time left, from what the host said and how long ago: pure. */

export interface Told {
  /** Milliseconds that were left when the host spoke. */
  readonly left: number
  /** When that arrived, by the page's monotonic clock, in milliseconds. */
  readonly at: number
}

/** Milliseconds left now; never below zero, and never more than was told. */
export function leftNow({ left, at }: Told, now: number): number {
  return Math.max(0, left - Math.max(0, now - at))
}

/** Below this the seconds are shown, in milliseconds. */
const SECONDS_BELOW_MS = 5 * 60_000

/** Whole minutes while there is much, so that nothing ticks at the edge of the eye; seconds when they count. */
export function timeText(left: number): string {
  if (left > SECONDS_BELOW_MS) return `${Math.ceil(left / 60_000)} min`
  const seconds = Math.ceil(left / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Milliseconds until the text changes, at least one. */
export function untilChange(left: number): number {
  const step = left > SECONDS_BELOW_MS ? 60_000 : 1000
  const boundary = Math.max(
    left > SECONDS_BELOW_MS ? SECONDS_BELOW_MS : 0,
    (Math.ceil(left / step) - 1) * step,
  )
  return Math.max(1, left - boundary)
}

const WARNINGS_MIN = [1, 5, 10, 30]

/** The warning that is due between two moments, in minutes; the most urgent where several are; null for none. */
export function warningBetween(before: number, now: number): number | null {
  return WARNINGS_MIN.find((minutes) => now <= minutes * 60_000 && before > minutes * 60_000) ?? null
}
