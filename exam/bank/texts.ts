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
export function placesOf(item: Item): Place[] {
  return [
    { key: ['stem'], text: item.stem },
    ...answerPlaces(item),
    ...whyPlaces(item),
    { key: ['explanation'], text: item.explanation },
  ]
}

function answerPlaces(item: Item): Place[] {
  const prompts = item.prompts.map(({ text }, index) => ({ key: ['pairs', index, 'left'], text }))
  const options = item.options.map(({ text }, index) => ({ key: textPlace(item, index), text }))
  return [...prompts, ...options]
}

/** The reasons in an item: of its options, of its pairs, or of the mistakes of a command. */
export function whyPlaces(item: Item): Place[] {
  const ofPrompts = item.prompts.map(({ why }, index) => ({ key: ['pairs', index, 'why'], text: why }))
  const ofOptions = item.options.map(({ why }, index) => ({
    key: [...optionPlace(item, index), 'why'],
    text: why,
  }))
  const ofMistakes = (item.command?.mistakes ?? []).map(({ why }, index) => ({
    key: ['command', 'mistakes', index, 'why'],
    text: why,
  }))
  return [...ofPrompts, ...ofOptions, ...ofMistakes].flatMap(({ key, text }) =>
    text === null ? [] : { key, text },
  )
}

/** Where an option is in its file, by its place among the options of the item. */
export function optionPlace({ kind, options, prompts }: Item, index: number): PropertyKey[] {
  if (kind === 'ordering') return ['sequence', index]
  if (kind !== 'matching') return ['options', index]
  const pair = prompts.findIndex(({ option }) => option === options[index]?.id)
  if (pair >= 0) return ['pairs', pair]
  return ['extras', index - options.filter(({ right }) => right).length]
}

function textPlace(item: Item, index: number): PropertyKey[] {
  const place = optionPlace(item, index)
  return [...place, place[0] === 'pairs' ? 'right' : 'text']
}
