/** Divides a whole number by weights, into whole numbers. */

/**
 * The largest-remainder method: each weight gets the whole part of its share, and the rest goes to the largest
 * fractions, the first of equals first. The counts add up to the total exactly.
 */
export function apportion(weights: readonly number[], total: number): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  if (sum <= 0) return weights.map(() => 0)
  const shares = weights.map((weight) => (weight / sum) * total)
  const counts = shares.map(Math.floor)
  const left = total - counts.reduce((all, count) => all + count, 0)
  const byFraction = shares
    .map((share, index) => ({ index, fraction: share - Math.floor(share) }))
    .sort((a, b) => b.fraction - a.fraction || a.index - b.index)
  for (const { index } of byFraction.slice(0, left)) counts[index] = (counts[index] ?? 0) + 1
  return counts
}
