/** An item as the rest of the exam layer sees it. */
import type { Exhibit, ItemCommand, ItemKind } from './schema'

export type Difficulty = 'easy' | 'medium' | 'hard'

export interface ItemOption {
  /** Made from its text, see `optionId`. */
  readonly id: number
  readonly text: string
  readonly right: boolean
  readonly why: string | null
}

/** What is asked on the left of a matching. */
export interface ItemPrompt {
  readonly text: string
  /** Id of the option that belongs to it. */
  readonly option: number
  readonly why: string | null
}

/** The part of an item that decides which forms it may be in. */
export interface ItemHead {
  readonly id: string
  /** The template that it was made from; null for an item that is written out. */
  readonly template: { readonly id: string } | null
  readonly domain: string
  readonly kind: ItemKind
  readonly objectives: readonly string[]
  readonly difficulty: Difficulty
  /** Names, in their files, of items that must not be in one form with this one. */
  readonly enemies: readonly string[]
}

export interface Item extends ItemHead {
  /** The template that it was made from, and with which parameters. */
  readonly template: { readonly id: string; readonly parameters: Parameters } | null
  readonly stem: string
  readonly exhibits: readonly Exhibit[]
  /** Those of an ordering are in their right order, and all right. Those of a matching are right or extra. */
  readonly options: readonly ItemOption[]
  /** Only a matching has any. */
  readonly prompts: readonly ItemPrompt[]
  /** Only a command item has one. */
  readonly command: ItemCommand | null
  readonly explanation: string
  readonly source: string
  /** Names, in their files, of items that look alike and were found to ask something else. */
  readonly distinct: readonly string[]
  readonly versions: string | null
  /** The author's own words, which other programs have. */
  readonly tags: readonly string[]
  /** The author's own place for it in other programs, such as "Docker/Networks". */
  readonly category: string | null
  readonly proof: unknown
  readonly unprovable: string | null
  readonly place: ItemPlace
}

/** Whether a mock exam may have the item. The real exam has only choices, whole or option by option. */
export function isOfExam({ kind }: Pick<ItemHead, 'kind'>): boolean {
  return kind === 'choice' || kind === 'multiple'
}

export type Parameters = Readonly<Record<string, string | number>>

/** The place of an item in the files, for problems. */
export interface ItemPlace {
  readonly file: string
  /** Index in the file's list. */
  readonly index: number
}

/**
 * Makes an option's id from its text, and not from its place, for two reasons. A bank whose options were put in another
 * order still fits earlier attempts. And authors tend to write the key first, so a place would tell the page which
 * option is right. The hash is Fowler, Noll & Vo's FNV-1a in 32 bits, over UTF-16 units instead of bytes.
 */
export function optionId(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  // Zero stands for no option, in the answer to a matching.
  return hash >>> 0 || 1
}
