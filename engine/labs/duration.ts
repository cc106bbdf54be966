/** Durations as labs write them: "500ms", "30s", "2m". */

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 }

/** Milliseconds, or null for text that is no duration. */
export function parseDuration(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text)
  return match?.[1] && match[2] ? Number(match[1]) * (UNITS[match[2]] ?? 1) : null
}
