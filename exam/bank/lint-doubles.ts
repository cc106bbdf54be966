/** Checks for items that ask the same as another one. */
import type { Item } from '../format'
import { nameInFile } from './bank'
import type { Report } from './report'

/** Items whose weighted words are this alike ask the same. Two or three changed words leave a stem this alike. */
const NEAR = 0.8
/** Items that are this alike have the same subject. In one form, one of them may give the other away. */
const RELATED = 0.6
/** Words that more than this share of the items have do not show what one of them asks. */
const COMMON = 0.2

/** Reports ids that are taken, and items that are nearly the same as an earlier one. */
export function lintDoubles(items: readonly Item[], report: Report): void {
  const seen = new Set<string>()
  for (const item of items) {
    const id = nameInFile(item)
    if (seen.has(id))
      report(item, ['id'], { message: `The id "${id}" is taken.`, help: 'Give each its own.' })
    seen.add(id)
  }
  for (const { item, other, likeness } of alike(items)) {
    const name = nameInFile(other)
    if (likeness >= NEAR)
      report(item, ['stem'], {
        message: `This asks nearly the same as "${name}".`,
        help: 'Ask something else, or make them one.',
        severity: 'warning',
      })
    else if (!areEnemies(item, other))
      report(item, ['stem'], {
        message: `This is so like "${name}" that one may give the other away.`,
        help: 'Name it in enemies, so that no form holds both.',
        severity: 'warning',
      })
  }
}

function areEnemies(a: Item, b: Item): boolean {
  return a.enemies.includes(nameInFile(b)) || b.enemies.includes(nameInFile(a))
}

interface Alike {
  readonly item: Item
  /** The earlier item. */
  readonly other: Item
  /** 0 to 1. */
  readonly likeness: number
}

/**
 * Pairs whose words, weighted by how rare they are in the bank, point the same way (TF-IDF and cosine; Salton & Buckley
 * 1988, "Term-weighting approaches in automatic text retrieval"). Only items that share a telling word are compared.
 */
function alike(items: readonly Item[]): Alike[] {
  const vectors = weighted(items.map(wordsOf))
  const holders = new Map<string, number[]>()
  return items.flatMap((item, index) => {
    const products = new Map<number, number>()
    for (const [word, weight] of vectors[index] ?? []) {
      const before = holders.get(word) ?? []
      for (const earlier of before)
        products.set(earlier, (products.get(earlier) ?? 0) + weight * (vectors[earlier]?.get(word) ?? 0))
      before.push(index)
      holders.set(word, before)
    }
    return [...products].flatMap(([earlier, likeness]) => {
      const other = items[earlier]
      return other && likeness >= RELATED ? [{ item, other, likeness }] : []
    })
  })
}

/** Unit vectors of the words of each item. */
function weighted(words: readonly (readonly string[])[]): Map<string, number>[] {
  const holders = new Map<string, number>()
  for (const list of words) for (const word of new Set(list)) holders.set(word, (holders.get(word) ?? 0) + 1)
  // In a handful of items every word is common.
  const most = Math.max(10, words.length * COMMON)
  const rarity = (word: string) => Math.log(1 + words.length / (holders.get(word) ?? 1))
  return words.map((list) => {
    const counts = new Map<string, number>()
    for (const word of list)
      if ((holders.get(word) ?? 0) <= most) counts.set(word, (counts.get(word) ?? 0) + rarity(word))
    const length = Math.hypot(...counts.values())
    return new Map([...counts].map(([word, weight]) => [word, weight / length]))
  })
}

/**
 * The words of the stem, of the exhibits, and of the key. The exhibits and the key are included because two items may
 * share a stem and still ask about different things.
 */
function wordsOf({ stem, exhibits, options }: Item): string[] {
  const shown = exhibits.map((exhibit) => ('text' in exhibit ? exhibit.text : JSON.stringify(exhibit.links)))
  const key = options.filter(({ right }) => right).map(({ text }) => text)
  return (
    [stem, ...shown, ...key]
      .join(' ')
      .toLowerCase()
      .match(/[a-z0-9_.:/-]*[a-z0-9_/-]/g) ?? []
  )
}
