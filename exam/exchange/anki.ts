/** Anki's text import: tab-separated notes with headers (docs.ankiweb.net, "Text Files"). */
import { stringify } from 'csv-stringify/sync'
import type { Item } from '../format'
import {
  fromTags,
  gathered,
  kindOf,
  lostOf,
  type ReadQuestion,
  type ReadResult,
  readAlone,
  refusedAt,
  tagsOf,
  type WriteResult,
} from './draft'
import { Refused } from './key'
import { type Row, readRows } from './rows'

const HEADERS = [
  '#separator:tab',
  '#html:false',
  '#notetype:Basic',
  '#columns:Front\tBack\tTags',
  '#tags column:3',
]
const SEPARATORS: Readonly<Record<string, string>> = {
  tab: '\t',
  comma: ',',
  semicolon: ';',
  space: ' ',
  pipe: '|',
  colon: ':',
}
const OPTION = /^([A-J])\) (.*)$/
const HELP =
  'A front has the question and options as "A) text"; a back begins with the letters that are right.'

/** Reads notes in the form that `writeAnki` gives them. Plain flashcards have no options and are reported. */
export function readAnki(text: string, file: string): ReadResult {
  const { rows, faults } = readRows(text, {
    delimiter: separatorOf(text),
    skip_empty_lines: true,
    comment: '#',
    comment_no_infix: true,
  })
  const broken = faults.map(({ line, message }) =>
    refusedAt(file, line, { message: `These are not notes: ${message}`, help: HELP }),
  )
  const read = rows.flatMap((row) => readAlone(file, row.line, () => [readNote(row, file)]))
  return gathered([...broken, ...read])
}

/** Anki writes the name of its separator, or the separator itself, in the headers. */
function separatorOf(text: string): string {
  const [, name = 'tab'] = /^(?:#.*\n)*?#separator:(\S+)/i.exec(text) ?? []
  // A spreadsheet adds its own separators to the headers.
  const word = /^[a-z]+/i.exec(name)?.[0].toLowerCase() ?? name
  return SEPARATORS[word] ?? name[0] ?? '\t'
}

/** @throws Refused for a question whose parts contradict each other */
function readNote({ cells: [front = '', back = '', tags = ''], line }: Row, file: string): ReadQuestion {
  const lines = front.split('\n')
  const first = lines.findIndex((one) => OPTION.test(one))
  const [, letters, rest = ''] = /^([A-J](?:, [A-J])*)[ \t]*(?:\n\s*([\s\S]*))?$/.exec(back.trim()) ?? []
  if (first < 1 || !letters) {
    const message = 'This note has no options to choose from.'
    return refusedAt(file, line, { message, help: HELP, severity: 'warning' })
  }
  const whys = new Map(
    [...rest.matchAll(/^([A-J])\) (.*)$/gm)].map(([, letter = '', why = '']) => [letter, why]),
  )
  const right = new Set(letters.split(', '))
  const lettered = optionsOf(lines.slice(first))
  const missing = [...right].find((letter) => !lettered.some((one) => one.letter === letter))
  if (missing) throw new Refused(`There is no option ${missing}.`, 'Name letters of the front.')
  const options = lettered.map(({ letter, text }) => ({
    text,
    right: right.has(letter),
    why: whys.get(letter) ?? null,
  }))
  const words = tags.split(/\s+/).filter(Boolean)
  const draft = {
    line,
    id: words.find((tag) => tag.startsWith('id='))?.slice('id='.length) ?? null,
    kind: kindOf(options),
    stem: lines.slice(0, first).join('\n').trim(),
    options,
    explanation: rest.replace(/^([A-J])\) .*$/gm, '').trim() || null,
    ...fromTags(words),
  }
  return { draft, problems: [] }
}

/** @throws Refused for a line that is no option, and for a letter that two options have */
function optionsOf(lines: readonly string[]): { readonly letter: string; readonly text: string }[] {
  const options = lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, letter, text = ''] = OPTION.exec(line) ?? []
      if (!letter) throw new Refused('A line after the first option is no option.', HELP)
      return { letter, text }
    })
  if (new Set(options.map(({ letter }) => letter)).size < options.length)
    throw new Refused('Two options have the same letter.', 'Give each its own letter.')
  return options
}

export function writeAnki(items: readonly Item[]): WriteResult {
  const notes = stringify(items.map(note), { delimiter: '\t', quoted: true })
  return { text: `${HEADERS.join('\n')}\n${notes}`, lost: items.flatMap((item) => lostOf(item)) }
}

function note(item: Item): string[] {
  const { id, stem, options, explanation } = item
  const letter = (index: number) => String.fromCharCode('A'.charCodeAt(0) + index)
  const inOneLine = (text: string) => text.trim().replace(/\s+/g, ' ')
  const front = [stem.trim(), '', ...options.map(({ text }, index) => `${letter(index)}) ${inOneLine(text)}`)]
  const right = options.flatMap((option, index) => (option.right ? letter(index) : []))
  const whys = options.flatMap(({ why }, index) => (why ? `${letter(index)}) ${inOneLine(why)}` : []))
  const back = [right.join(', '), '', explanation.trim(), '', ...whys]
  const tags = [`id=${id}`, ...tagsOf(item)].map((tag) => tag.replace(/\s+/g, '_'))
  return [front.join('\n').trim(), back.join('\n').trim(), tags.join(' ')]
}
