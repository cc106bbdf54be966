/** Anki's text import: tab-separated notes with headers (docs.ankiweb.net, "Text Files"). */
import { CsvError, parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import type { Item } from '../format'
import {
  type Draft,
  fromTags,
  kindOf,
  lostOf,
  problemAt,
  type ReadResult,
  tagsOf,
  type WriteResult,
} from './draft'

const HEADERS = [
  '#separator:tab',
  '#html:false',
  '#notetype:Basic',
  '#columns:Front\tBack\tTags',
  '#tags column:3',
]
const OPTION = /^([A-J])\) (.*)$/
const HELP =
  'A front has the question and options as "A) text"; a back begins with the letters that are right.'

/** Reads notes in the form that `writeAnki` gives them. Plain flashcards have no options and are reported. */
export function readAnki(text: string, file: string): ReadResult {
  try {
    const read = parse<{ draft: Draft | null; line: number }, Note>(text, {
      columns: ['front', 'back', 'tags'],
      delimiter: '\t',
      relax_column_count: true,
      skip_empty_lines: true,
      comment: '#',
      comment_no_infix: true,
      on_record: (note, { lines: line }) => ({ draft: draft(note), line }),
    })
    const problems = read.flatMap((one) =>
      one.draft
        ? []
        : problemAt(file, one.line, {
            message: 'This note has no options to choose from.',
            help: HELP,
            severity: 'warning',
          }),
    )
    return { drafts: read.flatMap((one) => one.draft ?? []), problems }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === 'number' ? error.lines : 1
    return {
      drafts: [],
      problems: [problemAt(file, line, { message: `These are not notes: ${error.message}`, help: HELP })],
    }
  }
}

interface Note {
  readonly front?: string
  readonly back?: string
  readonly tags?: string
}

function draft({ front = '', back = '', tags = '' }: Note): Draft | null {
  const lines = front.split('\n')
  const first = lines.findIndex((line) => OPTION.test(line))
  const [, letters, rest = ''] = /^([A-J](?:, [A-J])*)\n*([\s\S]*)$/.exec(back) ?? []
  if (first < 1 || !letters) return null
  const right = new Set(letters.split(', '))
  const whys = new Map(
    [...rest.matchAll(/^([A-J])\) (.*)$/gm)].map(([, letter = '', why = '']) => [letter, why]),
  )
  const options = lines.slice(first).flatMap((line) => {
    const [, letter = '', text = ''] = OPTION.exec(line) ?? []
    return letter ? [{ text, right: right.has(letter), why: whys.get(letter) ?? null }] : []
  })
  const words = tags.split(' ').filter(Boolean)
  return {
    id: words.find((tag) => tag.startsWith('id='))?.slice('id='.length) ?? null,
    kind: kindOf(options),
    stem: lines.slice(0, first).join('\n').trim(),
    options,
    explanation: rest.replace(/^([A-J])\) .*$/gm, '').trim() || null,
    ...fromTags(words),
  }
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
