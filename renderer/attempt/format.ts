/** Times, shares and dates of attempts as people read them: pure. */
import type { AttemptSummary } from '../../main/api'

/** "1 h 12 min", "3 min 20 s", "45 s". @param ms milliseconds */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`
  if (minutes > 0) return rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`
  return `${rest} s`
}

/** "73 %", with a space that does not break. */
export function percent(share: number): string {
  return `${Math.round(share)}\u00a0%`
}

/** "62 to 82 %": where the share would lie on many such items. */
export function interval({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${Math.round(low)} to ${percent(high)}`
}

/** "12 May 2026, 14:05", in the reader's own manner. @param iso an ISO 8601 time */
export function moment(iso: string): string {
  return new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}

const MODES: Readonly<Record<AttemptSummary['mode'], string>> = {
  real: 'Mock exam',
  practice: 'Practice',
  drill: 'Drill',
}

export function modeName(mode: AttemptSummary['mode']): string {
  return MODES[mode]
}
