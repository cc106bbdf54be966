/** Aiken: a stem, lettered options, one answer (docs.moodle.org, "Aiken format"). */
import type { Item } from '../format'
import {
  fromTags,
  gathered,
  kindOf,
  leftOut,
  lostOf,
  type ReadQuestion,
  type ReadResult,
  readAlone,
  refusedAt,
  type WriteResult,
} from './draft'
import { stemWithExhibits } from './exhibits'
import { Refused } from './key'
import { toPlain } from './markdown'
import { Texts } from './texts'

/** Moodle wants a space after the letter; where it is missing, a mark or a digit must follow, so that "e.g." is a word. */
const OPTION = /^([A-Z])[.)](?:\s+(.+)|([^\sa-z].*))$/i
/** Whatever it names, this line ends a question. */
const ANSWER = /^ANSWER\s*:(.*)$/i
/** Letters, and after one alone maybe the text of its option. */
const LETTERS = /^([A-Z](?:\s*(?:,|;|&|and)\s*[A-Z])*)(?:[.)].*)?$/i

/** The lines of a question so far. */
interface Begun {
  readonly line: number
  readonly stem: string[]
  readonly options: { readonly letter: string; readonly text: string }[]
}

export function readAiken(text: string, file: string): ReadResult {
  const questions: ReadQuestion[] = []
  let begun: Begun | null = null
  text.split('\n').forEach((raw, index) => {
    const line = raw.trim()
    const [, answer] = ANSWER.exec(line) ?? []
    const [, letter, spaced, close] = OPTION.exec(line) ?? []
    const option = spaced ?? close
    if (answer !== undefined) {
      const ended = begun
      questions.push(...readAlone(file, index + 1, () => [read(ended, answer.trim())]))
      begun = null
    } else if (letter && option && begun) begun.options.push({ letter: letter.toUpperCase(), text: option })
    else if (line) {
      if (begun && begun.options.length > 0) {
        const message = 'This question has no ANSWER line.'
        questions.push(refusedAt(file, begun.line, { message, help: 'Add "ANSWER: A".' }))
        begun = null
      }
      begun ??= { line: index + 1, stem: [], options: [] }
      begun.stem.push(line)
    }
  })
  if (begun) questions.push(incomplete(begun, file))
  return gathered(questions)
}

function incomplete({ line }: Begun, file: string): ReadQuestion {
  const message = 'This question is not complete.'
  return refusedAt(file, line, { message, help: 'It needs options and "ANSWER: A".' })
}

/** @throws Refused when the answer does not name one option */
function read(begun: Begun | null, answer: string): ReadQuestion {
  if (!begun) throw new Refused('An answer without a question.', 'Write the question above it.')
  const { line, stem, options } = begun
  if (options.length < 2)
    throw new Refused('A question needs two options or more.', 'Write each as "A. text".')
  const twice = options.find(({ letter }, index) => options.findIndex((one) => one.letter === letter) < index)
  if (twice) throw new Refused(`Two options have the letter ${twice.letter}.`, 'Give each its own letter.')
  const key = lettersOf(answer)
  const missing = key.find((letter) => !options.some((one) => one.letter === letter))
  if (missing) throw new Refused(`There is no option ${missing}.`, 'Name letters of the options above.')
  const texts = new Texts()
  const made = options.map(({ letter, text }) => ({
    text: texts.take(text, 'plain'),
    right: key.includes(letter),
    why: null,
  }))
  const draft = {
    id: null,
    kind: kindOf(made),
    stem: texts.take(stem.join('\n'), 'plain'),
    explanation: null,
  }
  return {
    draft: { line, ...draft, options: made, ...fromTags([]), category: null, lost: texts.lost },
    problems: [],
  }
}

/** Aiken itself has one right option; people name several. @throws Refused when there is no letter */
function lettersOf(answer: string): string[] {
  const [, letters] = LETTERS.exec(answer) ?? []
  if (letters === undefined)
    throw new Refused(
      'The answer is not a letter.',
      'Name the letters of what is right, such as "ANSWER: A".',
    )
  return [...letters.replace(/and/gi, ',').toUpperCase().matchAll(/[A-Z]/g)].map(([letter]) => letter)
}

export function writeAiken(items: readonly Item[]): WriteResult<string> {
  const faults = items.map((item) => ({ item, fault: faultOf(item) }))
  const fitting = faults.filter(({ fault }) => fault === null).map(({ item }) => item)
  return {
    content: `${fitting.map(question).join('\n\n')}\n`,
    lost: faults.flatMap(({ item, fault }) =>
      fault === null ? lostOf(item, ['why', 'explanation', 'keys', ...markupOf(item)]) : leftOut(item, fault),
    ),
  }
}

/** Why the format cannot hold the item at all; null when it can. */
function faultOf({ kind, stem }: Item): string | null {
  if (kind === 'multiple') return 'several options are right'
  const line = inOneLine(stem)
  return OPTION.test(line) || ANSWER.test(line) ? 'it begins as an option or an answer does' : null
}

function question(item: Item): string {
  const { options } = item
  const letter = (index: number) => String.fromCharCode('A'.charCodeAt(0) + index)
  return [
    inOneLine(stemWithExhibits(item)),
    ...options.map(({ text }, index) => `${letter(index)}. ${inOneLine(text)}`),
    `ANSWER: ${letter(options.findIndex(({ right }) => right))}`,
  ].join('\n')
}

/** Aiken is text without markup, in which a line is a line of the format. */
function inOneLine(markdown: string): string {
  return toPlain(markdown).text.trim().replace(/\s+/g, ' ')
}

function markupOf({ stem, options }: Item): 'markup'[] {
  return [stem, ...options.map(({ text }) => text)].every((text) => toPlain(text).isPlain) ? [] : ['markup']
}
