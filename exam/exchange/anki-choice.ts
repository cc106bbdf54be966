/** Notes of the type "AllInOne (kprim, mc, sc)", which people add to Anki for questions with options. */
import { Refused } from './key'

export interface ChoiceNote {
  readonly stem: string
  readonly title: string
  readonly options: readonly string[]
  readonly right: readonly boolean[]
  readonly source: string
  readonly explanation: string
}

/** The fields before the options: question, title, and kind. */
const BEFORE = 3
/** 0 for statements that are true or false, 1 for several right options, 2 for one. */
const KIND = /^[012]$/
const ANSWERS = /^[01](?: [01])+$/

/** Null for fields that are none of such a note. @throws Refused for answers that do not fit the options */
export function choiceNote(fields: readonly string[]): ChoiceNote | null {
  const [stem = '', title = '', kind = ''] = fields
  const at = fields.findIndex((field, index) => index > BEFORE && ANSWERS.test(field.trim()))
  if (at < 0 || !KIND.test(kind.trim())) return null
  const options = fields.slice(BEFORE, at).filter((field) => field.trim() !== '')
  const right = (fields[at] ?? '')
    .trim()
    .split(' ')
    .map((digit) => digit === '1')
  const beyond = right.slice(options.length)
  if (right.length < options.length || beyond.includes(true))
    throw new Refused('The answers are not as many as the options.', 'Write 1 or 0 for each option.')
  if (kind.trim() === '2' && right.filter(Boolean).length !== 1)
    throw new Refused('A note with one right option has several, or none.', 'Write one 1 in its answers.')
  return { stem, title, options, right, source: fields[at + 1] ?? '', explanation: fields[at + 2] ?? '' }
}
