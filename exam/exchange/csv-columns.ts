/** The columns of a table of questions, by the names that people give them. */
import type { TextFormat } from './texts'

export const KEYS = [
  'id',
  'objectives',
  'kind',
  'difficulty',
  'stem',
  'explanation',
  'source',
  'versions',
  'enemies',
  'tags',
  'category',
] as const
export type Key = (typeof KEYS)[number]

export interface OptionColumns {
  readonly text: number
  /** A column that says whether the option is right. */
  readonly right: number | null
  readonly why: number | null
}

export interface Columns {
  readonly places: ReadonlyMap<Key, number>
  /** In the order of their names. */
  readonly options: readonly OptionColumns[]
  /** A column that names what is right, by letter, number or text. */
  readonly answer: number | null
  /** What Capstan writes is Markdown. All others write text. */
  readonly format: TextFormat
  /** Names of columns that are not read. */
  readonly unknown: readonly string[]
}

const ALIASES: Readonly<Record<string, Key>> = {
  question: 'stem',
  'question text': 'stem',
  'question stem': 'stem',
  prompt: 'stem',
  text: 'stem',
  feedback: 'explanation',
  rationale: 'explanation',
  reason: 'explanation',
  comment: 'explanation',
  level: 'difficulty',
  'question id': 'id',
  name: 'id',
  topic: 'category',
  subject: 'category',
  domain: 'category',
  chapter: 'category',
  section: 'category',
  tag: 'tags',
  reference: 'source',
  link: 'source',
  url: 'source',
}
const ANSWER =
  /^(correct|right|key|answer key|answers?|(correct|right) (answers?|options?|choices?)|solution)$/
const OPTION = /^(?:(?:answer|option|choice|response|distractor)s? ?([a-j]|[1-9]\d?)|([a-j]))$/
const PART = /^(right|why|correct|feedback)([1-9]\d?)$/
/** Our own columns, which have texts in Markdown. */
const OURS = ['objectives', 'kind', 'difficulty', 'stem', 'explanation', 'source', 'option1', 'right1']

/** Null for a first line that names no question or no option. */
export function columnsOf(header: readonly string[]): Columns | null {
  const names = header.map((cell) =>
    cell
      .trim()
      .toLowerCase()
      .replace(/[_\s-]+/g, ' '),
  )
  const places = new Map<Key, number>()
  const options = new Map<number, number>()
  const parts = new Map<string, number>()
  const unknown: string[] = []
  let answer: number | null = null
  for (const [at, name] of names.entries()) {
    const key = KEYS.find((one) => one === name) ?? ALIASES[name]
    const [, numbered, letter] = OPTION.exec(name) ?? []
    const [part] = PART.exec(name) ?? []
    if (numbered ?? letter) options.set(numberOf(numbered ?? letter ?? ''), at)
    else if (part) parts.set(part.replace('correct', 'right').replace('feedback', 'why'), at)
    else if (ANSWER.test(name) && answer === null) answer = at
    else if (key && !places.has(key)) places.set(key, at)
    else if (name !== '') unknown.push(header[at]?.trim() ?? '')
  }
  if (!places.has('stem') || options.size === 0) return null
  return {
    places,
    answer,
    unknown,
    options: [...options]
      .sort(([a], [b]) => a - b)
      .map(([number, text]) => ({
        text,
        right: parts.get(`right${number}`) ?? null,
        why: parts.get(`why${number}`) ?? null,
      })),
    format: OURS.every((name) => names.includes(name)) ? 'markdown' : 'plain',
  }
}

function numberOf(name: string): number {
  return /\d/.test(name) ? Number(name) : name.charCodeAt(0) - 'a'.charCodeAt(0) + 1
}
