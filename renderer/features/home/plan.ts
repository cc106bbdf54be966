/** Spreads what is left over the days until the exam. The functions are pure. */

export interface Day {
  readonly labs: number
  /** 'due' on a later day for which none is known yet. */
  readonly reviews: number | 'due'
  readonly mock: boolean
}

export interface Left {
  /** Whole days until the exam; at least one. */
  readonly days: number
  /** Labs that are not completed. */
  readonly labs: number
  /** Reviews that are due now. */
  readonly due: number
  /** Reviews that will be due, by the number of days from today. */
  readonly later: ReadonlyMap<number, number>
}

/** The last days are for mock exams and reviews. */
const FREE_OF_LABS = 3
const DAY_MS = 86_400_000

/** Whole days from today to a day of the calendar; negative when it is over. @param day as 2026-05-30 */
export function daysUntil(day: string, today: Date): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const midnight = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate())
  return Math.round((Date.UTC(year, month - 1, date) - midnight) / DAY_MS)
}

/**
 * One entry for each day before the exam, today first. Labs are spread evenly and end some days before it. A mock exam
 * comes once a week, and on the third and the second day before the exam; the last day has reviews only.
 */
export function planOf({ days, labs, due, later }: Left): Day[] {
  const labDays = Math.max(1, days - FREE_OF_LABS)
  const until = (day: number) => Math.ceil((labs * Math.min(day, labDays)) / labDays)
  return Array.from({ length: days }, (_one, index) => ({
    labs: until(index + 1) - until(index),
    reviews: index === 0 ? due + (later.get(0) ?? 0) : (later.get(index) ?? 'due'),
    mock: isMockDay(days - index, index),
  }))
}

function isMockDay(daysLeft: number, index: number): boolean {
  if (daysLeft <= FREE_OF_LABS) return daysLeft > 1
  return index % 7 === 6
}
