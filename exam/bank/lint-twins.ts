/** Checks for items of two domains that ask for the same fact in other words. */
import type { Item } from '../format'
import { nameInFile } from './bank'
import { areJudged } from './judged'
import type { Report } from './report'
import { rightOf } from './texts'
import { alikePairs, type Vector, vectorsOf } from './vectors'

/**
 * Items of two domains that are this alike often ask for the same fact. The limit and the weights below were chosen on
 * the pairs that readers of our bank had listed: 36 of 54 are this alike, among 99 pairs in all. Nobody has read the
 * others of the 99, so some of them are twins too. Another bank may need another limit.
 */
const TWINS = 0.32
/** Each new item makes the words of all others rarer or less rare, so a pair at the limit comes and goes. */
const NEAR = 0.75 * TWINS

/**
 * The ways in which two items are compared, with their weights. Exhibits are left out, because a long one hides what
 * is asked. The explanation is included, because it says the fact, whatever the question looks like.
 */
const READINGS: readonly { readonly weight: number; readonly of: (item: Item) => readonly string[] }[] = [
  { weight: 1, of: (item) => [item.stem, ...rightOf(item)] },
  { weight: 0.3, of: rightOf },
  {
    weight: 1,
    of: ({ stem, options, explanation }) => [stem, ...options.map(({ text }) => text), explanation],
  },
  { weight: 0.5, of: (item) => [...rightOf(item), item.explanation] },
]

export interface Twins {
  readonly item: Item
  /** The earlier item. */
  readonly other: Item
  /** 0 to 1. */
  readonly likeness: number
}

/** Warns of twins that nobody has compared yet. */
export function lintTwins(twins: readonly Twins[], report: Report): void {
  for (const { item, other } of twins.filter((pair) => !areJudged(pair.item, pair.other)))
    report(item, ['stem'], {
      message: `This may ask for the same fact as "${nameInFile(other)}".`,
      help: 'Compare them. Remove one, name it in enemies, or name it in distinct when it asks something else.',
      severity: 'warning',
    })
}

/** Every pair of items of two domains that may ask for the same fact, also those that somebody has compared. */
export function twinPairs(items: readonly Item[]): Twins[] {
  return nearPairs(items).filter(areTwins)
}

export function areTwins({ likeness }: Twins): boolean {
  return likeness >= TWINS
}

/** The twins, and the pairs that were twins or may be when some more items are in the bank. */
export function nearPairs(items: readonly Item[]): Twins[] {
  return alikePairs(readings(items), NEAR).flatMap(({ index, earlier, likeness }) => {
    const [item, other] = [items[index], items[earlier]]
    return item && other && item.domain !== other.domain ? [{ item, other, likeness }] : []
  })
}

/** One unit vector for each item, in which each reading has words of its own. */
function readings(items: readonly Item[]): Vector[] {
  const total = READINGS.reduce((sum, { weight }) => sum + weight, 0)
  const parts = READINGS.map(({ weight, of }, at) => {
    const share = Math.sqrt(weight / total)
    const vectors = vectorsOf(items.map((item) => wordsOf(of(item).join(' '))))
    return vectors.map((vector) =>
      [...vector].map(([word, value]): [string, number] => [`${at} ${word}`, value * share]),
    )
  })
  return items.map((_item, index) => new Map(parts.flatMap((part) => part[index] ?? [])))
}

/** Words, flags without their dashes, paths and numbers. Endings are dropped, so that "nodes" and "node" are one. */
function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[a-z0-9_.:/-]*[a-z0-9_/-]/g) ?? [])
    .map((word) => word.replace(/^-+/, '').replace(/(?<=[a-z]{3})(ing|ed|es|e|s)$/, ''))
    .filter(({ length }) => length > 1)
}
