/** Finds a circle in what waits for what: pure. */

/** The circle that the name is part of, beginning with it; null when it is in none. */
export function cycleIn(name: string, waitsFor: ReadonlyMap<string, readonly string[]>): string[] | null {
  const seen = new Set<string>()
  const search = (at: string, way: readonly string[]): string[] | null => {
    for (const next of waitsFor.get(at) ?? []) {
      if (next === name) return [...way, next]
      if (seen.has(next)) continue
      seen.add(next)
      const found = search(next, [...way, next])
      if (found) return found
    }
    return null
  }
  return search(name, [name])
}
