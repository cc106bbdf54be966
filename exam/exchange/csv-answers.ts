/** What a column of answers names: options by their texts, or by letters and numbers. The whole column decides. */
import { Refused } from './key'

export interface Said {
  /** The cell of the answer. */
  readonly answer: string
  /** The texts of the options; empty for one that is not there. */
  readonly options: readonly string[]
}

const HELP = 'Name letters, numbers, or the text of an option.'
const DIVIDED = /\s*(?:[,;|&/\n]|\band\b)\s*|\s+/i
const LETTERS = /^[A-J]{2,}$/
const PLACE = /^(?:(?:option|answer|choice)\s*)?\(?(?:([a-j])|(\d{1,2}))[.):]*$/i
/** "B) this", where the answer has both. */
const WITH_TEXT = /^\(?([A-J])[).:]\s+\S/

/** The answers of a table, which are all of one kind: "2" is a number in one table, and a text in another. */
export class Answers {
  readonly #areTexts: boolean
  /** Some programs count from 0. */
  readonly #first: number
  /** What a person must look at; null when nothing is doubtful. */
  readonly doubt: string | null

  constructor(all: readonly Said[]) {
    const given = all.filter(({ answer }) => answer.trim() !== '')
    const numbers = given.flatMap(numbersOf)
    const first = numbers.some(({ number }) => number === 0) ? 0 : 1
    const texts = given.filter((said) => byText(said) !== null).length
    const places = given.filter((said) => byPlace(said, first) !== null).length
    this.#areTexts = texts > 0 && texts >= places
    this.#first = first
    this.doubt = this.#areTexts ? null : this.#doubtIn(numbers)
  }

  #doubtIn(numbers: readonly Numbered[]): string | null {
    if (numbers.length === 0) return null
    if (this.#first === 0) return 'An answer is 0, so the options are counted from 0.'
    const isLastNamed = numbers.some(({ number, count }) => number >= count)
    return isLastNamed ? null : 'No answer is the number of a last option: they may be counted from 0.'
  }

  /** The places of the options that an answer names. @throws Refused for one that names none */
  placesOf(said: Said): ReadonlySet<number> {
    const found = this.#areTexts
      ? (byText(said) ?? byLetter(said))
      : (byPlace(said, this.#first) ?? byLetter(said) ?? byText(said))
    if (found) return found
    throw new Refused(`The answer "${said.answer.trim().slice(0, 40)}" names no option.`, HELP)
  }
}

interface Numbered {
  readonly number: number
  /** How many options there are. */
  readonly count: number
}

function numbersOf({ answer, options }: Said): Numbered[] {
  const count = options.filter((text) => text !== '').length
  return wordsOf(answer).flatMap((word) => {
    const number = PLACE.exec(word)?.[2]
    return number === undefined ? [] : [{ number: Number(number), count }]
  })
}

function wordsOf(answer: string): string[] {
  const said = answer.trim()
  if (LETTERS.test(said)) return [...said]
  return said.split(DIVIDED).filter((word) => word !== '' && !/^(?:option|answer|choice)$/i.test(word))
}

/** The place that a letter or a number names; -1 for none. */
function placeOf(word: string, first: number): number {
  const [, letter, number] = PLACE.exec(word) ?? []
  if (letter) return letter.toLowerCase().charCodeAt(0) - 'a'.charCodeAt(0)
  return number === undefined ? -1 : Number(number) - first
}

/** @param first the number of the first option */
function byPlace({ answer, options }: Said, first: number): ReadonlySet<number> | null {
  return whole(
    wordsOf(answer).map((word) => placeOf(word, first)),
    options,
  )
}

function byLetter({ answer, options }: Said): ReadonlySet<number> | null {
  const [, letter] = WITH_TEXT.exec(answer.trim()) ?? []
  const words = letter === undefined ? wordsOf(answer) : [letter]
  return whole(
    words.map((word) => (/\d/.test(word) ? -1 : placeOf(word, 1))),
    options,
  )
}

/** The options that have the text; null when a part of the answer has none. */
function byText({ answer, options }: Said): ReadonlySet<number> | null {
  const texts = options.map(plain)
  const said = plain(answer)
  if (said === '') return null
  // Two options may differ only in their case.
  const exact = options.indexOf(answer.trim())
  const same = exact >= 0 ? exact : texts.indexOf(said)
  if (same >= 0) return new Set([same])
  const parts = answer.split(/\s*[|;\n]\s*/).filter((part) => part.trim() !== '')
  return parts.length < 2
    ? null
    : whole(
        parts.map((part) => texts.indexOf(plain(part))),
        options,
      )
}

function plain(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase()
}

/** Null unless every place is that of an option. */
function whole(places: readonly number[], options: readonly string[]): ReadonlySet<number> | null {
  const isWhole = places.length > 0 && places.every((place) => (options[place] ?? '') !== '')
  return isWhole ? new Set(places) : null
}
