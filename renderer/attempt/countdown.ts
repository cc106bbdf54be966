/** The time left, from the host's last reading and its age. The functions are pure. */

export interface Reading {
  /** Milliseconds that were left when the host read its clock. */
  readonly left: number
  /** The moment when the reading arrived, by the page's monotonic clock, in milliseconds. */
  readonly at: number
}

/** Milliseconds left now. The result is never below zero, and never more than the reading. */
export function leftNow({ left, at }: Reading, now: number): number {
  return Math.max(0, left - Math.max(0, now - at))
}

/** Below this the seconds are shown, in milliseconds. */
const SECONDS_BELOW_MS = 5 * 60_000

/** Shows whole minutes while there is much time, so that nothing ticks at the edge of the eye, and seconds later. */
export function timeText(left: number): string {
  if (left > SECONDS_BELOW_MS) return `${Math.ceil(left / 60_000)} min`
  const seconds = Math.ceil(left / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Milliseconds until the text changes. The result is at least one. */
export function untilChange(left: number): number {
  const step = left > SECONDS_BELOW_MS ? 60_000 : 1000
  const boundary = Math.max(
    left > SECONDS_BELOW_MS ? SECONDS_BELOW_MS : 0,
    (Math.ceil(left / step) - 1) * step,
  )
  return Math.max(1, left - boundary)
}

const WARNINGS_MIN = [1, 5, 10, 30]

/** The most urgent warning that is due between two moments, in minutes. Null when none is due. */
export function warningBetween(before: number, now: number): number | null {
  return WARNINGS_MIN.find((minutes) => now <= minutes * 60_000 && before > minutes * 60_000) ?? null
}
