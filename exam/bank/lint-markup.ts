/** Checks of the Markdown of an item: a page shows no HTML, so text in "<" and ">" would vanish. */
import type { Item } from '../format'
import type { Report } from './report'
import { placesOf, withoutCode } from './texts'

/** A tag, unless a backslash takes the meaning from it. An address in "<" and ">" is shown. */
const TAG = /(?<!\\)<\/?(?!https?:)[a-z][^<>\n]*>/i

export function lintMarkup(item: Item, report: Report): void {
  for (const { key, text } of placesOf(item)) {
    const found = TAG.exec(withoutCode(text))?.[0]
    if (found)
      report(item, key, {
        message: `A page does not show "${found.slice(0, 40)}".`,
        help: 'Put it into code, or write a backslash before "<".',
      })
  }
}
