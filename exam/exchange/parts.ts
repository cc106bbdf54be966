/** Matchings and orderings, as the part of them that foreign formats hold. */
import type { Item } from '../format'
import type { Draft } from './draft'
import { toPlain } from './markdown'

/** What a question asks for, apart from its texts: options, and prompts where it has any. */
export type DraftAnswer = Pick<Draft, 'kind' | 'options' | 'prompts'>

export interface Pair {
  readonly left: string
  readonly right: string
}

/** @param extras options that belong to nothing; those that are a right side already are left out */
export function matchingOf(pairs: readonly Pair[], extras: readonly string[]): DraftAnswer {
  const rights = [...new Set(pairs.map(({ right }) => right))]
  const others = [...new Set(extras)].filter((text) => !rights.includes(text))
  return {
    kind: 'matching',
    options: [
      ...rights.map((text) => ({ text, right: true, why: null })),
      ...others.map((text) => ({ text, right: false, why: null })),
    ],
    prompts: pairs.map(({ left, right }) => ({ text: left, option: right })),
  }
}

/** @param entries in their right order */
export function orderingOf(entries: readonly string[]): DraftAnswer {
  return { kind: 'ordering', options: entries.map((text) => ({ text, right: true, why: null })) }
}

/** The pairs of an item, with the texts of their options, and the options that belong to nothing. */
export function pairsOf({ prompts, options }: Pick<Item, 'prompts' | 'options'>): {
  readonly pairs: readonly Pair[]
  readonly extras: readonly string[]
} {
  const texts = new Map(options.map(({ id, text }) => [id, text]))
  return {
    pairs: prompts.map(({ text, option }) => ({ left: text, right: texts.get(option) ?? '' })),
    extras: options.filter(({ right }) => !right).map(({ text }) => text),
  }
}

/** Right sides are plain text in formats of Moodle, so they lose what Markdown adds. */
export function plainRight(text: string): string {
  return toPlain(text).text.trim().replace(/\s+/g, ' ')
}

/** Whether Markdown adds something to an option. */
export function hasMarkup({ options }: Pick<Item, 'options'>): boolean {
  return options.some(({ text }) => plainRight(text) !== text.trim())
}
