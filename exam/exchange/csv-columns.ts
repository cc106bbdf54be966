/** The columns of a table of questions, by the names that people give them. */
import { ANSWER, CATEGORY, EXPLANATION, KEY, OPTIONS, optionNamed, plainName, STEM } from './csv-words'
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
  /** A column with all options in one cell. */
  readonly list: number | null
  /** A column that names what is right, by letter, number or text. */
  readonly answer: number | null
  /** The options are the wrong ones, and the answer is one more. */
  readonly areWrong: boolean
  /** What Capstan writes is Markdown. All others write text. */
  readonly format: TextFormat
  /** Names of columns that are not read. */
  readonly unknown: readonly string[]
  /** The name of a column that is there twice; null when none is. */
  readonly twice: string | null
}

const ALIASES: Readonly<Record<string, Key>> = {
  level: 'difficulty',
  'question id': 'id',
  name: 'id',
  tag: 'tags',
  reference: 'source',
  link: 'source',
  url: 'source',
}
const RIGHT = 'right|correct|is correct|is right'
const WHY = 'why|feedback|explanation|rationale'
/** right1, and "option 1 correct". */
const PART = new RegExp(`^(${RIGHT}|${WHY})(?: | ?(?=\\d))([a-j]|[1-9]\\d?)$`)
const PART_BEHIND = new RegExp(`^(?:option|answer|choice) ?([a-j]|[1-9]\\d?) (${RIGHT}|${WHY})$`)
/** Without a number it is said of the option before it. */
const PART_ALONE = /^(?:is (?:correct|right))$/
/** Our own columns, which have texts in Markdown. */
const OURS = ['objectives', 'kind', 'difficulty', 'stem', 'explanation', 'source', 'option1', 'right1']

/** Null for a first line that names no question, or neither options nor answers. */
export function columnsOf(header: readonly string[]): Columns | null {
  const reading = new Header()
  header.forEach((cell, at) => {
    reading.take(cell.trim(), at)
  })
  return reading.columns(header)
}

class Header {
  readonly #places = new Map<Key, number>()
  readonly #options = new Map<number, { readonly at: number; readonly isWrong: boolean }>()
  /** Columns such as right1, by the word and the number. */
  readonly #parts = new Map<string, number>()
  readonly #unknown: string[] = []
  #twice: string | null = null
  /** The number of the option in the columns before. */
  #last: number | null = null
  #key: number | null = null
  #answer: number | null = null
  #list: number | null = null

  take(cell: string, at: number): void {
    const name = plainName(cell)
    const part = partNamed(name, this.#last)
    const option = optionNamed(name)
    const key = keyNamed(name)
    if (part) this.#put(this.#parts, part, at, cell)
    else if (option) {
      this.#last = option.number
      this.#put(this.#options, option.number, { at, isWrong: option.isWrong }, cell)
    } else if (KEY.has(name) && this.#key === null) this.#key = at
    else if (ANSWER.has(name) && this.#answer === null) this.#answer = at
    else if (OPTIONS.has(name) && this.#list === null) this.#list = at
    else if (key && !this.#places.has(key)) this.#places.set(key, at)
    else if (name !== '') this.#unknown.push(cell)
  }

  #put<K, V>(map: Map<K, V>, key: K, value: V, cell: string): void {
    if (map.has(key)) this.#twice ??= cell
    else map.set(key, value)
  }

  columns(header: readonly string[]): Columns | null {
    const names = header.map((cell) => cell.trim().toLowerCase())
    // "Answers" beside the right one, without columns of their own, are all options.
    const isList = this.#key !== null && this.#options.size === 0
    const list = this.#list ?? (isList ? this.#answer : null)
    const answer = this.#key ?? this.#answer
    if (!this.#places.has('stem') || (this.#options.size === 0 && answer === null)) return null
    const options = [...this.#options].sort(([a], [b]) => a - b)
    return {
      places: this.#places,
      list,
      answer,
      options: options.map(([number, { at }]) => ({
        text: at,
        right: this.#parts.get(`right${number}`) ?? null,
        why: this.#parts.get(`why${number}`) ?? null,
      })),
      areWrong: answer !== null && options.length > 0 && options.every(([, { isWrong }]) => isWrong),
      format: OURS.every((name) => names.includes(name)) ? 'markdown' : 'plain',
      unknown: this.#unknown,
      twice: this.#twice,
    }
  }
}

function keyNamed(name: string): Key | undefined {
  if (STEM.has(name)) return 'stem'
  if (EXPLANATION.has(name)) return 'explanation'
  if (CATEGORY.has(name)) return 'category'
  return KEYS.find((one) => one === name) ?? ALIASES[name]
}

/** A name such as "right1"; null for another column. */
function partNamed(name: string, last: number | null): string | null {
  const [, word, number] = PART.exec(name) ?? []
  const [, behind, said] = PART_BEHIND.exec(name) ?? []
  const found = word ?? said ?? (PART_ALONE.test(name) ? name : undefined)
  if (found === undefined) return null
  const place = number ?? behind
  const option = place === undefined ? last : (optionNamed(`option ${place}`)?.number ?? null)
  return option === null ? null : `${new RegExp(`^(${RIGHT})$`).test(found) ? 'right' : 'why'}${option}`
}
