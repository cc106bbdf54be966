/** All questions in one place, found by id. */
import type { FileProblem } from '../../shared/files'
import {
  type Item,
  type ItemHead,
  type ParsedQuestions,
  type ParsedTemplate,
  parseQuestions,
  type QuestionText,
} from '../format'

export interface Bank {
  /** Items that are written out, in the order of the files. */
  readonly items: readonly ItemHead[]
  readonly templates: readonly { readonly id: string; readonly items: readonly ItemHead[] }[]
  readonly problems: readonly FileProblem[]
  /** The whole item, from a file or from a template. A bank may read it only now. */
  item(id: string): Item | undefined
}

/** The content of all files of questions. */
export interface ParsedBank {
  readonly items: readonly Item[]
  readonly templates: readonly Pick<ParsedTemplate, 'id' | 'items'>[]
  readonly problems: readonly FileProblem[]
}

/** The content of all files, with the templates as they are written. */
export interface WholeBank extends ParsedBank {
  readonly templates: readonly ParsedTemplate[]
}

/** Reads every file. Problems of one file never hide the others. */
export function buildBank(files: readonly QuestionText[]): Bank {
  return bankOf(merged(files.map(parseQuestions)))
}

/** Joins what was read from several files, in their order. */
export function merged(parsed: readonly Omit<ParsedQuestions, 'source'>[]): WholeBank {
  return {
    items: parsed.flatMap(({ items }) => items),
    templates: parsed.flatMap(({ templates }) => templates),
    problems: parsed.flatMap(({ problems }) => problems),
  }
}

/** A bank whose items are all read already. */
export function bankOf(parsed: ParsedBank): Bank {
  const byId = new Map(everyItem(parsed).map((item) => [item.id, item]))
  return { ...parsed, item: (id) => byId.get(id) }
}

interface Listed<T> {
  readonly items: readonly T[]
  readonly templates: readonly { readonly items: readonly T[] }[]
}

/** Every item that a form can have: those that are written out, then those of the templates. */
export function everyItem<T>({ items, templates }: Listed<T>): T[] {
  return [...items, ...templates.flatMap((template) => template.items)]
}

/** One item for each entry of the files: every item that is written out, and the first of each template. */
export function representatives<T>({ items, templates }: Listed<T>): T[] {
  return [...items, ...templates.flatMap((template) => template.items.slice(0, 1))]
}

/** More combinations than this of one template would take long, and show nothing new. */
const MOST_PROOFS = 12

/** The items that must be proven for one entry of the files: those of a template whose proofs differ. */
export interface Provable {
  /** The name in the file. */
  readonly name: string
  readonly items: readonly Item[]
}

/**
 * What there is to prove. Combinations with the same proof are proven by the first of them. Of more different proofs
 * than can be tried, some are taken that are spread over all.
 */
export function provables(bank: Bank): Provable[] {
  const single = wholeItems(bank, bank.items).map((item) => ({ name: item.id, items: [item] }))
  const ofTemplates = bank.templates.map(({ id, items }) => ({
    name: id,
    items: spread(withDifferentProofs(wholeItems(bank, items)), MOST_PROOFS),
  }))
  return [...single, ...ofTemplates]
}

function withDifferentProofs(items: readonly Item[]): Item[] {
  const first = new Map<string, Item>()
  for (const item of items) {
    const proof = JSON.stringify(item.proof ?? item.command)
    if (!first.has(proof)) first.set(proof, item)
  }
  return [...first.values()]
}

/** So many of the list, with the first and the last. */
function spread<T>(list: readonly T[], most: number): T[] {
  if (list.length <= most) return [...list]
  return Array.from({ length: most }, (_one, at) =>
    Math.round((at * (list.length - 1)) / (most - 1)),
  ).flatMap((index) => list[index] ?? [])
}

/** The whole items of these heads, in their order. */
export function wholeItems(bank: Bank, heads: readonly ItemHead[]): Item[] {
  return heads.flatMap(({ id }) => bank.item(id) ?? [])
}

/** Whether something was run that shows the answer. The answer to a command item is run, so it is its proof. */
export function isProven({ proof, command }: Pick<Item, 'proof' | 'command'>): boolean {
  return proof !== undefined || command !== null
}

/** The name in the file: for an item of a template it is the template's. */
export function nameInFile({ id, template }: Pick<ItemHead, 'id' | 'template'>): string {
  return template?.id ?? id
}
