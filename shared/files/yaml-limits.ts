/**
 * What a YAML file may have, checked on its tokens. The parser would need its stack, or the whole memory, for a small
 * file that is nothing but brackets.
 */
import { Lexer } from 'yaml'

export const YAML_LIMITS = {
  /** Characters: more than twenty times the largest file of questions. */
  size: 512 * 1024,
  /** Collections in collections. */
  depth: 40,
  tokens: 100_000,
  /** Of anchors, and of aliases. */
  aliases: 50,
} as const

/** Bytes of UTF-8 that are more characters than `size` in any case: one takes three bytes at most. */
export const ENOUGH_TO_REFUSE = 3 * YAML_LIMITS.size + 1

export interface Refusal {
  /** The first place that is refused. */
  readonly offset: number
  readonly message: string
  readonly help: string
}

const WRITE_OUT = 'Write the values out instead of using so many aliases.'
const REMOVE = 'Remove it.'
const DIVIDE = 'Divide it into several files.'

/** The marks that the lexer puts between tokens: they are no part of the text. A scalar follows the last one. */
const MARKS = ['\u0002', '\u0018', '\u001f']
const SCALAR = '\u001f'

/** The reason why a text is not read at all, or null. It looks no further than the first place that is refused. */
export function refusalOf(text: string): Refusal | null {
  if (text.length > YAML_LIMITS.size)
    return { offset: 0, message: 'This file is larger than 512 KB.', help: DIVIDE }
  const count = new Count()
  let offset = 0
  let isScalar = false
  for (const token of new Lexer().lex(text)) {
    if (!MARKS.includes(token)) {
      const refused = count.add(token, isScalar)
      if (refused) return { offset, ...refused }
      offset += token.length
    }
    isScalar = token === SCALAR
  }
  return null
}

class Count {
  readonly #depth = new Depth()
  #tokens = 0
  #anchors = 0
  #aliases = 0

  /** Takes the next token. @returns what is wrong with it */
  add(token: string, isScalar: boolean): Omit<Refusal, 'offset'> | null {
    const first = isScalar ? '' : token.charAt(0)
    if (++this.#tokens > YAML_LIMITS.tokens)
      return { message: 'This file has too many values.', help: DIVIDE }
    if (first === '%') return { message: 'Directives are not used here.', help: REMOVE }
    if (first === '!') return { message: 'Tags, such as !!set, are not used here.', help: REMOVE }
    if (first === '&' && ++this.#anchors > YAML_LIMITS.aliases)
      return { message: `This file has more than ${YAML_LIMITS.aliases} anchors.`, help: WRITE_OUT }
    if (first === '*' && ++this.#aliases > YAML_LIMITS.aliases)
      return { message: `This file has more than ${YAML_LIMITS.aliases} aliases.`, help: WRITE_OUT }
    if (this.#depth.after(token, first) > YAML_LIMITS.depth)
      return {
        message: `This value is inside more than ${YAML_LIMITS.depth} others.`,
        help: 'Write it flatter.',
      }
    return null
  }
}

/** Follows how deep a text is nested: in brackets, and in lines and dashes that begin further and further right. */
class Depth {
  #brackets = 0
  readonly #columns: number[] = []
  #column = 0
  #isFirstInLine = true

  /** @param first the token's first character; empty for a scalar */
  after(token: string, first: string): number {
    if (first === '[' || first === '{') this.#brackets++
    else if (first === ']' || first === '}') this.#brackets = Math.max(0, this.#brackets - 1)
    else if (this.#brackets === 0) this.#begin(first)
    this.#move(token, first)
    return this.#brackets + this.#columns.length
  }

  #begin(first: string): void {
    const isBlank = /^[\s#]$/.test(first)
    if (isBlank || !(this.#isFirstInLine || first === '-' || first === '?')) return
    while ((this.#columns.at(-1) ?? -1) >= this.#column) this.#columns.pop()
    this.#columns.push(this.#column)
  }

  #move(token: string, first: string): void {
    const end = token.lastIndexOf('\n')
    this.#column = end < 0 ? this.#column + token.length : token.length - end - 1
    if (end >= 0) this.#isFirstInLine = true
    else if (!/^\s$/.test(first)) this.#isFirstInLine = false
  }
}
