/** Checks of exhibits against the texts around them: they must not print the key, and lines must be counted right. */
import type { Item } from '../format'
import type { Report } from './report'
import { codeIn, longWords, placesOf, rightOf, withoutCode, wrongOf } from './texts'

/** So many words that only the key has show in the output which option is right. */
const ECHO_WORDS = 2
const ECHO_LETTERS = 6
/** A subcommand, or a flag without its dashes. Names with dots, slashes or digits are values that are read off. */
const NAME = /(?<=^|\s|--)[a-z]{4,}(?:-[a-z]+)*(?=$|[\s=])/g

/** These are in every second output, and show nothing. */
const PROGRAMS = new Set(['docker', 'dockerd', 'kubectl', 'sudo'])

/** Some items ask what an output says. Their options must speak of it. */
const READING = /\bstatements?\b/i

/** An output that names what only the key says tests reading. Values that are read off are no words. */
export function lintPrintedKey(item: Item, report: Report): void {
  const shown = item.exhibits
    .flatMap((exhibit) => (exhibit.kind === 'output' ? exhibit.text.toLowerCase() : []))
    .join('\n')
  if (shown === '' || READING.test(item.stem)) return
  const wrong = wrongOf(item).join('\n').toLowerCase()
  const open = `${wrong}\n${item.stem.toLowerCase()}`
  const names = rightOf(item).flatMap((text) =>
    codeIn(text).flatMap((code) => code.toLowerCase().match(NAME) ?? []),
  )
  const printed = names.filter(
    (name) => !PROGRAMS.has(name) && holdsWord(shown, name) && !holdsWord(open, name),
  )
  const others = new Set(longWords(`${wrong}\n${item.stem}`, ECHO_LETTERS))
  const seen = new Set(longWords(shown, ECHO_LETTERS))
  const words = rightOf(item)
    .flatMap((text) => longWords(text, ECHO_LETTERS))
    .filter((word) => seen.has(word) && !others.has(word))
  const phrases = rightOf(item)
    .flatMap(phrasesOf)
    .filter((phrase) => shown.includes(phrase) && !open.includes(phrase))
  const echo = [
    ...new Set([...printed, ...phrases.slice(0, 1), ...(words.length >= ECHO_WORDS ? words : [])]),
  ]
  if (echo.length > 0)
    report(item, ['exhibits'], {
      message: `The output prints what only the key says: ${echo.join(', ')}.`,
      help: 'Cut that line, ask for the consequence, or let a wrong option say it too.',
      severity: 'warning',
    })
}

/** A phrase of three words that is shorter says nothing. */
const PHRASE_LETTERS = 14

/** Every three words that follow each other outside of code. */
function phrasesOf(text: string): string[] {
  const words =
    withoutCode(text)
      .toLowerCase()
      .match(/[a-z']+/g) ?? []
  return words
    .map((_word, at) => words.slice(at, at + 3).join(' '))
    .filter((phrase) => phrase.split(' ').length === 3 && phrase.length >= PHRASE_LETTERS)
}

function holdsWord(text: string, word: string): boolean {
  return new RegExp(`(?<![\\w])${word}(?![\\w-])`).test(text)
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']
const LINE = new RegExp(`\\b(${ORDINALS.join('|')}|last) line\\b`, 'i')

/** A text that counts lines must count as the exhibit does. It is wrong when what it names is in another line. */
export function lintOrdinals(item: Item, report: Report): void {
  const exhibits = item.exhibits.flatMap((exhibit) => ('text' in exhibit ? [exhibit.text] : []))
  const [shown] = exhibits
  if (shown === undefined || exhibits.length > 1) return
  const lines = shown.split('\n').filter((line) => line.trim() !== '')
  for (const { key, text } of placesOf(item))
    for (const sentence of text.split(/(?<=[.?!;:])\s+/)) {
      const ordinal = LINE.exec(withoutCode(sentence))?.[1]?.toLowerCase()
      if (ordinal === undefined) continue
      const line = ordinal === 'last' ? lines.at(-1) : lines[ORDINALS.indexOf(ordinal)]
      const named = codeIn(sentence).filter((code) => shown.includes(code))
      if (line !== undefined && (named.length === 0 || named.some((code) => line.includes(code)))) continue
      report(item, key, {
        message: `The ${ordinal} line of the exhibit is not the one that is meant here.`,
        help: 'Count the lines that are shown, or quote the line.',
        severity: 'warning',
      })
    }
}
