/** Checks of templates, over all of their combinations. */
import type { Item, ParsedTemplate } from '../format'
import type { Report } from './report'

/** A name in braces that nothing filled. `{{.Name}}`, `${NAME}` and `{json .}` belong to other languages. */
const UNFILLED = /(?<![{$])\{([a-z]\w*)\}(?!\})/i

/** Reports names that nothing fills, and combinations that have the same id. */
export function lintTemplate({ id, items, file }: ParsedTemplate, report: Report): void {
  const [first] = items
  if (!first) return
  lintUnused(first, file, report)
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

/** A value that nothing uses was meant for an option that is not there. */
function lintUnused(
  first: Item,
  { compute, when = '', ...texts }: ParsedTemplate['file'],
  report: Report,
): void {
  const written = JSON.stringify(texts)
  for (const name of Object.keys(compute)) {
    const formulas = [
      when,
      ...Object.entries(compute).flatMap(([other, formula]) => (other === name ? [] : formula)),
    ]
    const isComputedWith = formulas.some((formula) => new RegExp(`\\b${name}\\b`).test(formula))
    if (!isComputedWith && !written.includes(`{${name}}`))
      report(first, ['compute', name], {
        message: `Nothing uses "${name}".`,
        help: 'Use it in an option, or remove it.',
        severity: 'warning',
      })
  }
}

function textOf({ stem, exhibits, options, explanation }: Item): string {
  const shown = exhibits.flatMap((exhibit) => ('text' in exhibit ? exhibit.text : []))
  return [stem, ...shown, explanation, ...options.flatMap(({ text, why }) => [text, why ?? ''])].join('\n')
}
