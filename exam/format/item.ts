/** An item as the rest of the exam layer sees it. */
import type { Exhibit } from './schema'

export type Difficulty = 'easy' | 'medium' | 'hard'

export interface ItemOption {
  /** Made from its text: see `optionId`. */
  readonly id: number
  readonly text: string
  readonly right: boolean
  readonly why: string | null
}

export interface Item {
  readonly id: string
  /** The template it was made from, and with which parameters; null for one that was written out. */
  readonly template: { readonly id: string; readonly parameters: Parameters } | null
  readonly domain: string
  readonly objectives: readonly string[]
  readonly kind: 'choice' | 'multiple'
  readonly difficulty: Difficulty
  readonly stem: string
  readonly exhibits: readonly Exhibit[]
  readonly options: readonly ItemOption[]
  readonly explanation: string
  readonly source: string
  readonly versions: string | null
  readonly enemies: readonly string[]
  readonly proof: unknown
  readonly unprovable: string | null
  readonly place: ItemPlace
}

export type Parameters = Readonly<Record<string, string | number>>

/** Where it stands, for problems. */
export interface ItemPlace {
  readonly file: string
  /** Index in the file's list. */
  readonly index: number
}

/**
 * An option is known by its text: a bank whose options were put in another order still fits the attempts of before,
 * and, since authors tend to write the key first, an id that were a place would tell the page which one is right.
 * Fowler, Noll & Vo's FNV-1a in 32 bits, over UTF-16 units instead of bytes.
 */
export function optionId(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}
