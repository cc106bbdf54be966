/** Pairs of items that an author has compared: enemies, and items that are distinct. */
import type { Item } from '../format'
import { nameInFile } from './bank'
import type { Report } from './report'

/** Whether a form never holds both. */
export function areEnemies(a: Item, b: Item): boolean {
  return a.enemies.includes(nameInFile(b)) || b.enemies.includes(nameInFile(a))
}

/** Whether somebody compared the two and said what they are to each other. */
export function areJudged(a: Item, b: Item): boolean {
  return areEnemies(a, b) || a.distinct.includes(nameInFile(b)) || b.distinct.includes(nameInFile(a))
}

export interface Pair {
  readonly item: Item
  readonly other: Item
}

/** Reports names in `distinct` that have nothing to be told apart from any more. Unknown names are reported elsewhere. */
export function lintDistinct(items: readonly Item[], pairs: readonly Pair[], report: Report): void {
  const names = new Set(items.map(nameInFile))
  const both = (a: string, b: string) => [a, b].sort().join(' ')
  const found = new Set(pairs.map(({ item, other }) => both(nameInFile(item), nameInFile(other))))
  for (const item of items)
    item.distinct.forEach((name, index) => {
      if (names.has(name) && !found.has(both(nameInFile(item), name)))
        report(item, ['distinct', index], {
          message: `"${name}" is not like this item any more.`,
          help: 'Remove it from distinct.',
          severity: 'warning',
        })
    })
}
