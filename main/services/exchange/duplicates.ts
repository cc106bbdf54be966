/** Finds questions that ask the same with the same options, whatever their markup, the order of their options and their ids. */
import { type Item, pairsOf } from '../../../exam'

type Asked = Pick<Item, 'stem' | 'exhibits' | 'options' | 'prompts'>

/** Two questions with the same print are one, unless they show other pictures. */
function printOf(item: Asked): string {
  const { stem, exhibits, options } = item
  const pairs = pairsOf(item).pairs.map(({ left, right }) => [plain(left), plain(right)])
  return JSON.stringify([
    plain(stem),
    exhibits.map(shown),
    options.map(({ text }) => plain(text)).sort(),
    pairs,
  ])
}

/** What an exhibit shows, as far as every format keeps it. */
function shown(exhibit: Item['exhibits'][number]): string {
  return 'text' in exhibit ? plain(exhibit.text) : exhibit.nodes.map(({ id }) => id).join(' ')
}

/** The text without the marks of Markdown. Small and capital letters differ, as they do in commands. */
function plain(text: string): string {
  return text
    .replace(/\]\(pictures\/[^)]*\)/g, ']')
    .replace(/[`*\\]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

export class KnownPrints {
  readonly #places: ReadonlyMap<string, string>

  /** @param groups items with the words for where they are */
  constructor(groups: readonly { readonly where: string; readonly items: readonly Item[] }[]) {
    this.#places = new Map(
      groups.flatMap(({ where, items }) =>
        items.map((item): [string, string] => [printOf(item), `${where} as “${item.id}”`]),
      ),
    )
  }

  /**
   * For each item, where the same question is already; null for a new one.
   * @param picturesOf tells the pictures of two items of the file apart: often only they differ
   */
  placesOf(items: readonly Item[], picturesOf: (item: Item) => string): (string | null)[] {
    const here = new Map<string, string>()
    return items.map((item) => {
      const print = printOf(item)
      const whole = `${print} ${picturesOf(item)}`
      const place = this.#places.get(print) ?? here.get(whole) ?? null
      if (!here.has(whole)) here.set(whole, `earlier in this file as “${item.id}”`)
      return place
    })
  }
}
