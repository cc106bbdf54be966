/** On which days questions in review come back. The functions are pure. */

const DAY_MS = 86_400_000

/** How many come back on each day, by the number of days from today. Days without any are left out. */
export function dueByDay(due: readonly string[], today: Date): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const at of [...due].sort()) {
    const days = Math.max(0, daysFrom(today, new Date(at)))
    counts.set(days, (counts.get(days) ?? 0) + 1)
  }
  return counts
}

/** "Later today", "Tomorrow", "Fri 4 Dec". */
export function dueDayName(days: number, today: Date): string {
  if (days === 0) return 'Later today'
  if (days === 1) return 'Tomorrow'
  const date = new Date(today.getFullYear(), today.getMonth(), today.getDate() + days)
  return date.toLocaleDateString(undefined, { weekday: 'short', day: 'numeric', month: 'short' })
}

/** Midnights between two moments, as the calendar here has them. */
function daysFrom(today: Date, other: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
  return Math.round((midnight(other) - midnight(today)) / DAY_MS)
}
