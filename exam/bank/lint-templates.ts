/** Checks of templates, over all of their combinations. */
import type { Item, ParsedTemplate } from '../format'
import type { Report } from './report'

/** A name in braces that nothing filled. `{{.Name}}`, `${NAME}` and `{json .}` belong to other languages. */
const UNFILLED = /(?<![{$])\{([a-z]\w*)\}(?!\})/i

/** Reports names that nothing fills, and combinations that have the same id. */
export function lintTemplate({ id, items }: ParsedTemplate, report: Report): void {
  const [first] = items
  if (!first) return
  const unfilled = items.flatMap((item) => UNFILLED.exec(textOf(item))?.[1] ?? [])
  if (unfilled[0] !== undefined)
    report(first, [], {
      message: `Nothing fills {${unfilled[0]}} in "${id}".`,
      help: 'Name a parameter or something computed.',
    })
  const ids = new Set(items.map((item) => item.id))
  if (ids.size < items.length)
    report(first, ['parameters'], {
      message: `${items.length - ids.size} combinations of "${id}" have the id of another.`,
      help: 'Let their parameters differ in letters or digits.',
    })
}

function textOf({ stem, exhibits, options, explanation }: Item): string {
  const shown = exhibits.flatMap((exhibit) => ('text' in exhibit ? exhibit.text : []))
  return [stem, ...shown, explanation, ...options.flatMap(({ text, why }) => [text, why ?? ''])].join('\n')
}
