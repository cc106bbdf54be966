/** The texts of an item as the linter compares them: its code, its words, and what a candidate reads. */
import type { Item } from '../format'

/** Code in a text: what stands in backticks, or in a block of code. */
const CODE = /```[^\n]*\n([\s\S]*?)```|`([^`]+)`/g

/** The pieces of code in a text, with single blanks. */
export function codeIn(text: string): string[] {
  return [...text.matchAll(CODE)].map(([, block, span]) => (block ?? span ?? '').replace(/\s+/g, ' ').trim())
}

/** The text with a blank for each piece of code, so that rules about words leave code alone. */
export function withoutCode(text: string): string {
  return text.replace(CODE, ' ')
}

/** The code of an option that is nothing but code. */
export function wholeCode(text: string): string | null {
  const [code] = codeIn(text)
  return code !== undefined && withoutCode(text).trim().replace(/\.$/, '') === '' ? code : null
}

/** The long words of a text without their endings, so that "services" and "service" are one. */
export function longWords(text: string, letters: number): string[] {
  const words =
    withoutCode(text)
      .toLowerCase()
      .match(/[a-z]+/g) ?? []
  return words
    .map((word) => word.replace(/(ing|ed|es|e|s)$/, ''))
    .filter(({ length }) => length >= letters - 1)
}

export function rightOf({ options }: Pick<Item, 'options'>): string[] {
  return options.filter(({ right }) => right).map(({ text }) => text)
}

export function wrongOf({ options }: Pick<Item, 'options'>): string[] {
  return options.filter(({ right }) => !right).map(({ text }) => text)
}

/** What the exhibits show, each with its title. */
export function exhibitTexts({ exhibits }: Pick<Item, 'exhibits'>): string[] {
  return exhibits.map((exhibit) => {
    const shown =
      'text' in exhibit
        ? exhibit.text
        : [...exhibit.nodes, ...exhibit.links].map(({ label }) => label ?? '').join(' ')
    return `${exhibit.title ?? ''}\n${shown}`
  })
}

export interface Place {
  /** Where the text is in its file. */
  readonly key: readonly PropertyKey[]
  readonly text: string
}

/** Every text of an item that a candidate reads, now or in the result, without the exhibits. */
export function placesOf({ stem, options, explanation }: Item): Place[] {
  return [
    { key: ['stem'], text: stem },
    ...options.flatMap(({ text, why }, index) => [
      { key: ['options', index, 'text'], text },
      ...(why === null ? [] : [{ key: ['options', index, 'why'], text: why }]),
    ]),
    { key: ['explanation'], text: explanation },
  ]
}
