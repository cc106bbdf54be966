/** Checks for items that ask the same as another one. */
import type { Item } from '../format'
import { nameInFile } from './bank'
import { areJudged } from './judged'
import type { Report } from './report'
import { alikePairs, vectorsOf } from './vectors'

/** Items whose weighted words are this alike ask the same. Two or three changed words leave a stem this alike. */
const NEAR = 0.8
/** Items that are this alike have the same subject. In one form, one of them may give the other away. */
const RELATED = 0.6
/** Reports ids that are taken, and items that are nearly the same as an earlier one. */
export function lintDoubles(items: readonly Item[], pairs: readonly Alike[], report: Report): void {
  const seen = new Set<string>()
  for (const item of items) {
    const id = nameInFile(item)
    if (seen.has(id))
      report(item, ['id'], { message: `The id "${id}" is taken.`, help: 'Give each its own.' })
    seen.add(id)
  }
  for (const { item, other, likeness } of pairs) {
    const name = nameInFile(other)
    if (likeness >= NEAR)
      report(item, ['stem'], {
        message: `This asks nearly the same as "${name}".`,
        help: 'Ask something else, or make them one.',
        severity: 'warning',
      })
    else if (!areJudged(item, other))
      report(item, ['stem'], {
        message: `This is so like "${name}" that one may give the other away.`,
        help: 'Name it in enemies, so that no form holds both; or in distinct, when neither answers the other.',
        severity: 'warning',
      })
  }
}

export interface Alike {
  readonly item: Item
  /** The earlier item. */
  readonly other: Item
  /** 0 to 1. */
  readonly likeness: number
}

/** Pairs whose words, weighted by how rare they are in the bank, point the same way. */
export function alike(items: readonly Item[]): Alike[] {
  return alikePairs(vectorsOf(items.map(wordsOf)), RELATED).flatMap(({ index, earlier, likeness }) => {
    const [item, other] = [items[index], items[earlier]]
    return item && other ? [{ item, other, likeness }] : []
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
