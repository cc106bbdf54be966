/** An item as the rest of the exam layer sees it. */
import type { Exhibit } from './schema'

export type Difficulty = 'easy' | 'medium' | 'hard'

export interface ItemOption {
  /** Stable within its item: its place in the file. */
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
