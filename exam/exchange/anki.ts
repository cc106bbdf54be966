/** Anki's text import: tab-separated notes with headers (docs.ankiweb.net, "Text Files"). */
import { stringify } from 'csv-stringify/sync'
import type { Item } from '../format'
import { type ChoiceNote, choiceNote } from './anki-choice'
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
import { stemWithExhibits } from './exhibits'
import { Refused } from './key'
import { asBeginning, toHtml } from './markdown'
import { type Row, readRows } from './rows'
import { type TextFormat, Texts } from './texts'

const HEADERS = [
  '#separator:tab',
  '#html:true',
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
const OPTION = /^([A-J])[.)](?: (.*))?$/
/** Our own letters are bold, so that no line of a question is taken for an option. */
const OUR_OPTION = /^\*\*([A-J])\)\*\*(?: (.*))?$/
const LETTERS = /^([A-J](?:, ?[A-J])*)[ \t]*(?:\n\s*([\s\S]*))?$/
const HELP =
  'A front has the question and options as "A) text"; a back begins with the letters that are right.'

const TAG = /<\/?(?:b|br|code|div|i|img|li|ol|p|pre|span|u|ul)\b[^<>\n]*>/i

/** What the headers of a file say about its columns. */
interface Columns {
  readonly file: string
  readonly format: TextFormat
  /** Places of the columns, from 0. */
  readonly front: number
  readonly back: number
  readonly tags: number | null
  readonly deck: number | null
  /** Columns that are no fields of a note. */
  readonly special: readonly number[]
}

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
  const columns = columnsOf(text, file)
  const read = rows.flatMap((row) => readAlone(file, row.line, () => [readNote(row, columns)]))
  return gathered([...broken, ...read])
}

/** Anki puts the columns that are no fields of a note where its headers say; all others are fields in their order. */
function columnsOf(text: string, file: string): Columns {
  const headers = /^(?:#.*\n)*/.exec(text)?.[0] ?? ''
  const value = (name: string) => new RegExp(`^#${name}:\\s*([^\\s,;]+)`, 'im').exec(headers)?.[1]
  const place = (name: string) => {
    const given = Number(value(`${name} column`))
    return Number.isInteger(given) && given > 0 ? given - 1 : null
  }
  const special = ['guid', 'notetype', 'deck', 'tags'].map(place)
  const [front = 0, back = 1] = Array.from({ length: 6 }, (_one, index) => index).filter(
    (index) => !special.includes(index),
  )
  const tags = place('tags') ?? (special.every((one) => one === null) ? 2 : null)
  // Anki before 2.1.54 writes no headers, and its fields are HTML. Without a header, Anki decides in the same way.
  const isHtml = value('html')?.toLowerCase() ?? String(TAG.test(text))
  return {
    file,
    format: isHtml === 'true' ? 'moodle' : 'plain',
    front,
    back,
    tags,
    deck: place('deck'),
    special: special.filter((one) => one !== null),
  }
}

/** Anki writes the name of its separator, or the separator itself, in the headers. */
function separatorOf(text: string): string {
  const [, name = 'tab'] = /^(?:#.*\n)*?#separator:(\S+)/i.exec(text) ?? []
  // A spreadsheet adds its own separators to the headers.
  const word = /^[a-z]+/i.exec(name)?.[0].toLowerCase() ?? name
  return SEPARATORS[word] ?? name[0] ?? '\t'
}

/** @throws Refused for a question whose parts contradict each other */
function readNote({ cells, line }: Row, columns: Columns): ReadQuestion {
  const texts = new Texts()
  const cell = (at: number | null) => (at === null ? '' : (cells[at] ?? ''))
  const words = cell(columns.tags).split(/\s+/).filter(Boolean).map(fromTag)
  const category = cell(columns.deck).replace(/::/g, '/') || null
  const choice = choiceNote(cells.filter((_cell, at) => !columns.special.includes(at)))
  if (choice) {
    const own = choiceDraft(choice, { texts, format: columns.format })
    return { draft: { line, ...fromTags(words), ...own, category, lost: texts.lost }, problems: [] }
  }
  const lines = linesOf(texts.take(cell(columns.front), columns.format))
  const option = lines.some((one) => OUR_OPTION.test(one)) ? OUR_OPTION : OPTION
  const first = lines.findIndex((one) => option.test(one))
  const back = linesOf(texts.take(cell(columns.back), columns.format))
    .join('\n')
    .trim()
  const [, letters, rest = ''] = LETTERS.exec(back) ?? []
  if (first < 1 || !letters) {
    const message = 'This note has no options to choose from.'
    return refusedAt(columns.file, line, { message, help: HELP, severity: 'warning' })
  }
  const { before, lettered: whys } = divided(rest.split('\n'), option)
  const { lettered } = divided(lines.slice(first), option)
  const right = letters.split(/, ?/)
  const missing = right.find((letter) => !lettered.has(letter))
  if (missing) throw new Refused(`There is no option ${missing}.`, 'Name letters of the front.')
  const options = [...lettered].map(([letter, text]) => ({
    text,
    right: right.includes(letter),
    why: whys.get(letter) ?? null,
  }))
  const draft = {
    line,
    id: words.find((tag) => tag.startsWith('id='))?.slice('id='.length) ?? null,
    kind: kindOf(options),
    stem: lines.slice(0, first).join('\n').trim(),
    options,
    explanation: before.trim() || null,
    ...fromTags(words),
    category,
    lost: texts.lost,
  }
  return { draft, problems: [] }
}

function choiceDraft(
  { stem, title, options, right, source, explanation }: ChoiceNote,
  { texts, format }: { readonly texts: Texts; readonly format: TextFormat },
) {
  const shown = texts.takeDifferent(options.map((text) => ({ text, format })))
  const own = shown.map((text, index) => ({ text, right: right[index] ?? false, why: null }))
  return {
    id: texts.take(title, format) || null,
    kind: kindOf(own),
    stem: texts.take(stem, format),
    options: own,
    explanation: texts.take(explanation, format) || null,
    ...(source.trim() !== '' && { source: texts.take(source, format) }),
  }
}

/** The lines of Markdown, without the marks of lines that end. In a block of code a backslash is one. */
function linesOf(markdown: string): string[] {
  let fence: string | null = null
  return markdown.split('\n').map((line) => {
    const [mark] = /^(`{3,}|~{3,})/.exec(line) ?? []
    if (fence === null) fence = mark ?? null
    else if (mark === line && mark.length >= fence.length && mark[0] === fence[0]) fence = null
    return fence === null ? line.replace(/(?<!\\)\\$/, '') : line
  })
}

/** Divides lines at those that begin with a letter. @throws Refused for a letter that is there twice */
function divided(
  lines: readonly string[],
  option: RegExp,
): {
  readonly before: string
  readonly lettered: ReadonlyMap<string, string>
} {
  const before: string[] = []
  const lettered = new Map<string, string[]>()
  let own = before
  for (const line of lines) {
    const [, letter, text = ''] = option.exec(line) ?? []
    if (letter === undefined) own.push(line)
    else {
      if (lettered.has(letter))
        throw new Refused('Two options have the same letter.', 'Give each its own letter.')
      own = [asBeginning(text)]
      lettered.set(letter, own)
    }
  }
  const texts = [...lettered].map(([letter, parts]) => [letter, parts.join('\n').trim()] as const)
  return { before: before.join('\n'), lettered: new Map(texts) }
}

export function writeAnki(items: readonly Item[]): WriteResult<string> {
  const notes = stringify(items.map(note), { delimiter: '\t', quoted: true })
  return { content: `${HEADERS.join('\n')}\n${notes}`, lost: items.flatMap((item) => lostOf(item)) }
}

/** Anki shows HTML, so the texts are written as that. */
function note(item: Item): string[] {
  const { id, options, explanation } = item
  const letter = (index: number) => String.fromCharCode('A'.charCodeAt(0) + index)
  const line = (index: number, text: string) => `<div><b>${letter(index)})</b> ${inlineHtml(text)}</div>`
  const front = [toHtml(stemWithExhibits(item)), ...options.map(({ text }, index) => line(index, text))]
  const right = options.flatMap((option, index) => (option.right ? letter(index) : []))
  const whys = options.flatMap(({ why }, index) => (why ? line(index, why) : []))
  const back = [`<div>${right.join(', ')}</div>`, toHtml(explanation), ...whys]
  const tags = [`id=${id}`, ...tagsOf(item)].map(asTag)
  return [oneLine(front), oneLine(back), tags.join(' ')]
}

/**
 * Text on one line. Anki before 2.1.54 writes spaces for ends of lines and tabs, also in code, and leaves out lines that
 * begin with "#".
 */
function oneLine(parts: readonly string[]): string {
  return parts
    .join('')
    .replace(
      /<pre>([\s\S]*?)<\/pre>/g,
      (_all, code: string) => `<pre>${code.replace(/\n(?=<\/code>$)/, '').replace(/\n/g, '<br>')}</pre>`,
    )
    .replace(/\n/g, ' ')
    .replace(/\t/g, '&#9;')
}

/** Anki divides tags at blanks. */
function asTag(text: string): string {
  return text.replace(/[%\s]/g, (character) => encodeURIComponent(character))
}

function fromTag(tag: string): string {
  return tag.replace(/%(?:20|25|0A|09)/gi, decodeURIComponent)
}

/** A text of one paragraph without the mark of a paragraph. */
function inlineHtml(markdown: string): string {
  const html = toHtml(markdown)
  return /^<p>((?:(?!<p>)[\s\S])*)<\/p>$/.exec(html)?.[1] ?? html
}
