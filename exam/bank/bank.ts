/** All questions in one place, found by id. */
import type { FileProblem } from '../../shared/files'
import {
  type Item,
  type ParsedQuestions,
  type ParsedTemplate,
  parseQuestions,
  type QuestionText,
} from '../format'

export interface Bank {
  /** Written out, in the order of the files. */
  readonly items: readonly Item[]
  readonly templates: readonly ParsedTemplate[]
  readonly problems: readonly FileProblem[]
}

/** Reads every file; problems of one never hide the others. */
export function buildBank(files: readonly QuestionText[]): Bank {
  return bankOf(files.map(parseQuestions))
}

/** All of what was read, in the order of the files. */
export function bankOf(parsed: readonly ParsedQuestions[]): Bank {
  return {
    items: parsed.flatMap(({ items }) => items),
    templates: parsed.flatMap(({ templates }) => templates),
    problems: parsed.flatMap(({ problems }) => problems),
  }
}

/** Every item that a form can have, those of templates too, by id. */
export function itemsById({ items, templates }: Bank): ReadonlyMap<string, Item> {
  const all = [...items, ...templates.flatMap((template) => template.items)]
  return new Map(all.map((item) => [item.id, item]))
}

/** Every item that is written out, and the first of each template: what stands for the whole bank. */
export function representatives({ items, templates }: Pick<Bank, 'items' | 'templates'>): Item[] {
  return [...items, ...templates.flatMap((template) => template.items.slice(0, 1))]
}

/** As it stands in the file: a template's name, not that of one of its items. */
export function nameInFile({ id, template }: Item): string {
  return template?.id ?? id
}
