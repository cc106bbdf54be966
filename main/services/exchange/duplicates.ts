/** Finds questions that ask the same with the same options, whatever their markup, their order and their ids. */
import type { Item } from '../../../exam'

type Asked = Pick<Item, 'stem' | 'options'>

/** Two questions with the same print are one. */
export function printOf({ stem, options }: Asked): string {
  return JSON.stringify([plain(stem), ...options.map(({ text }) => plain(text)).sort()])
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

  /** For each item, where the same question is already; null for a new one. */
  placesOf(items: readonly Item[]): (string | null)[] {
    const here = new Map<string, string>()
    return items.map((item) => {
      const print = printOf(item)
      const place = this.#places.get(print) ?? here.get(print) ?? null
      if (!here.has(print)) here.set(print, `earlier in this file as “${item.id}”`)
      return place
    })
  }
}
