/** Durations as labs write them: "500ms", "30s", "2m". */
import { z } from 'zod'

/** Longest duration that a file may ask for, in milliseconds. */
const LONGEST_MS = 300_000
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 }

/** Milliseconds, or null for a text that is not a duration. */
export function parseDuration(text: string): number | null {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? []
  return number === undefined ? null : Number(number) * (UNITS[unit] ?? 1)
}

/** A duration in a file, as milliseconds. */
export const Duration = z.string().transform((text, context) => {
  const ms = parseDuration(text)
  if (ms !== null && ms <= LONGEST_MS) return ms
  context.addIssue({ code: 'custom', message: 'write a time such as "500ms", "30s" or "2m", at most 5m' })
  return z.NEVER
})
