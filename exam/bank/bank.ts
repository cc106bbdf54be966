/** All questions in one place, found by id. */
import type { FileProblem } from '../../source'
import { type Item, type ParsedTemplate, parseQuestions, type QuestionText } from '../format'

export interface Bank {
  /** Written out, in the order of the files. */
  readonly items: readonly Item[]
  readonly templates: readonly ParsedTemplate[]
  readonly problems: readonly FileProblem[]
}

/** Reads every file; problems of one never hide the others. */
export function buildBank(files: readonly QuestionText[]): Bank {
  const parsed = files.map(parseQuestions)
  return {
    items: parsed.flatMap(({ items }) => items),
    templates: parsed.flatMap(({ templates }) => templates),
    problems: parsed.flatMap(({ problems }) => problems),
  }
}
