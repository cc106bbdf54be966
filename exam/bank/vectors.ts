/**
 * Texts as vectors of their words, weighted by how rare they are in the bank (TF-IDF; Salton & Buckley 1988,
 * "Term-weighting approaches in automatic text retrieval").
 */

export type Vector = ReadonlyMap<string, number>

/** Words that more than this share of the texts have do not show what one of them asks. */
const COMMON = 0.2

/** Unit vectors of the words of each text. */
export function vectorsOf(texts: readonly (readonly string[])[]): Vector[] {
  const holders = new Map<string, number>()
  for (const list of texts) for (const word of new Set(list)) holders.set(word, (holders.get(word) ?? 0) + 1)
  // In a handful of texts every word is common.
  const most = Math.max(10, texts.length * COMMON)
  const rarity = (word: string) => Math.log(1 + texts.length / (holders.get(word) ?? 1))
  return texts.map((list) => {
    const counts = new Map<string, number>()
    for (const word of list)
      if ((holders.get(word) ?? 0) <= most) counts.set(word, (counts.get(word) ?? 0) + rarity(word))
    const length = Math.hypot(...counts.values())
    return new Map([...counts].map(([word, weight]) => [word, weight / length]))
  })
}

export interface AlikePair {
  readonly index: number
  /** The index of the earlier text. */
  readonly earlier: number
  /** From 0 to 1. */
  readonly likeness: number
}

/** Pairs of vectors that point the same way. Only vectors that share a word are compared. */
export function alikePairs(vectors: readonly Vector[], atLeast: number): AlikePair[] {
  const holders = new Map<string, { readonly at: number; readonly weight: number }[]>()
  return vectors.flatMap((vector, index) => {
    const likeness = new Float64Array(index)
    for (const [word, weight] of vector) {
      const before = holders.get(word) ?? []
      for (const other of before) likeness[other.at] = (likeness[other.at] ?? 0) + weight * other.weight
      before.push({ at: index, weight })
      holders.set(word, before)
    }
    const pairs: AlikePair[] = []
    likeness.forEach((value, earlier) => {
      if (value >= atLeast) pairs.push({ index, earlier, likeness: value })
    })
    return pairs
  })
}
