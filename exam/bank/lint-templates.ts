/** Templates: what each of their combinations must keep. */
import type { Item, ParsedTemplate } from '../format'
import type { Say } from './say'

/** A name in braces that nothing filled; `{{.Name}}`, `${NAME}` and `{json .}` are other languages. */
const UNFILLED = /(?<![{$])\{([a-z]\w*)\}(?!\})/i

/** Names that nothing fills, and combinations that cannot be told apart. */
export function lintTemplate({ id, items }: ParsedTemplate, say: Say): void {
  const [first] = items
  if (!first) return
  const unfilled = items.flatMap((item) => UNFILLED.exec(textOf(item))?.[1] ?? [])
  if (unfilled[0] !== undefined)
    say(first, [], {
      message: `Nothing fills {${unfilled[0]}} in "${id}".`,
      help: 'Name a parameter or something computed.',
    })
  const ids = new Set(items.map((item) => item.id))
  if (ids.size < items.length)
    say(first, ['parameters'], {
      message: `${items.length - ids.size} combinations of "${id}" have the id of another.`,
      help: 'Let their parameters differ in letters or digits.',
    })
}

function textOf({ stem, exhibits, options, explanation }: Item): string {
  const shown = exhibits.flatMap((exhibit) => ('text' in exhibit ? exhibit.text : []))
  return [stem, ...shown, explanation, ...options.flatMap(({ text, why }) => [text, why ?? ''])].join('\n')
}
