/** Numbers as they are said on these pages. */

/** `1 node`, `3 nodes`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`
}

export function percentText(percent: number): string {
  return `${Math.round(percent)} %`
}

/** Milliseconds as `1:02:03`, or `2:03` below an hour; what is begun counts as a whole second. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** What is read out when so much is left; null when nothing is to be said. */
export function timeWarning(ms: number): string | null {
  const minutes = ms / 60_000
  if (minutes <= 0) return 'The time is up.'
  if (minutes <= 1) return 'Less than one minute left.'
  if (minutes <= 5) return 'Less than five minutes left.'
  return minutes <= 10 ? 'Less than ten minutes left.' : null
}
