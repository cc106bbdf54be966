/** Checks of sources: a page must say what the item claims. */
import type { Item } from '../format'
import type { Report } from './report'

/** A root page leads to whatever release is current. Nobody can check a claim with it. */
const ROOT =
  /^(?:https?:\/\/)?(?:docs\.mirantis\.com(?:\/[\w.-]+)?|docs\.docker\.com|kubernetes\.io(?:\/docs)?)\/?$/i

export function lintSource(item: Item, report: Report): void {
  const root = item.source.split(/[\s,;]+/).find((part) => ROOT.test(part))
  if (root !== undefined)
    report(item, ['source'], {
      message: `"${root}" is a root page.`,
      help: 'Name the page and the release that say it.',
      severity: 'warning',
    })
}
