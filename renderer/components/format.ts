/** Numbers, times and dates as people read them: pure. */

/** `1 node`, `3 nodes`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`
}

/** "1 h 12 min", "3 min 20 s", "45 s". @param ms milliseconds */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`
  if (minutes > 0) return rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`
  return `${rest} s`
}

/** "73 %", with a space that does not break. @param value per cent */
export function percent(value: number): string {
  return `${Math.round(value)}\u00a0%`
}

/** "62–82 %". @param low per cent @param high per cent */
export function interval({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${Math.round(low)}–${percent(high)}`
}

/** "12 May 2026, 14:05", in the format of the reader's language. @param iso an ISO 8601 time */
export function moment(iso: string): string {
  return new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}

/** "12 May 2026", in the format of the reader's language. @param iso an ISO 8601 time */
export function day(iso: string): string {
  return new Date(iso).toLocaleDateString(undefined, { dateStyle: 'medium' })
}

/** "12 May", in the format of the reader's language. @param iso an ISO 8601 time */
export function dayOfYear(iso: string): string {
  return new Date(iso).toLocaleDateString(undefined, { day: 'numeric', month: 'short' })
}

/** "21:43", or with the day in front when that is another one. @param iso an ISO 8601 time */
export function timeOfDay(iso: string, now = new Date()): string {
  const date = new Date(iso)
  if (date.toDateString() !== now.toDateString()) return moment(iso)
  return date.toLocaleTimeString(undefined, { timeStyle: 'short' })
}
