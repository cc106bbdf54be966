/**
 * CSV: each line is an item, with its options in columns option1, right1, why1, and so on.
 *
 * Texts that a spreadsheet would take for formulas ("-v", "=1") are written as they are: options begin with a hyphen
 * often, and a quote in front of them would come back as a part of the text.
 */

import { stringify } from 'csv-stringify/sync'
import type { FileProblem } from '../../shared/files'
import type { Item } from '../format'
import {
  type Draft,
  fromTags,
  gathered,
  kindOf,
  lostOf,
  problemAt,
  type ReadQuestion,
  type ReadResult,
  readAlone,
  refusedAt,
  type WriteResult,
} from './draft'
import { Refused } from './key'
import { type Row, readRows } from './rows'

const KEYS = [
  'id',
  'objectives',
  'kind',
  'difficulty',
  'stem',
  'explanation',
  'source',
  'versions',
  'enemies',
]
/** The format of questions takes no more options. */
const MOST_OPTIONS = 10
const OPTION_COLUMN = /^(option|right|why)([1-9]\d?)$/
const HELP = `The columns are ${KEYS.join(', ')}, option1, right1, why1, option2 and so on; stem and options are needed.`
const SEPARATORS = [',', ';', '\t']

type Line = Readonly<Record<string, string>>

export function readCsv(text: string, file: string): ReadResult {
  const { rows, faults } = readRows(text, { delimiter: separatorOf(text), skip_empty_lines: true })
  const broken = faults.map(({ line, message }) =>
    refusedAt(file, line, { message: `This is not CSV: ${message}`, help: HELP }),
  )
  const [header, ...lines] = rows
  if (!header) return gathered(broken)
  const columns = header.cells.map((cell) => cell.trim().toLowerCase())
  const twice = columns.find((column, index) => column !== '' && columns.indexOf(column) < index)
  if (twice !== undefined) {
    const message = `The column "${twice}" is here twice.`
    return gathered([refusedAt(file, header.line, { message, help: 'Leave one of them.' })])
  }
  const read = lines.flatMap((row) => readAlone(file, row.line, () => [readLine(row, { columns, file })]))
  const { drafts, problems } = gathered([...broken, ...read])
  return { drafts, problems: [...unknownColumns(columns, { file, line: header.line }), ...problems] }
}

/** The separator that is most often in the first line. */
function separatorOf(text: string): string {
  const first = text.slice(0, Math.max(0, text.indexOf('\n')) || undefined)
  const counts = SEPARATORS.map((one) => first.split(one).length)
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ','
}

function unknownColumns(
  columns: readonly string[],
  { file, line }: { readonly file: string; readonly line: number },
): FileProblem[] {
  const unknown = columns.filter((column) => column && !KEYS.includes(column) && !OPTION_COLUMN.test(column))
  if (unknown.length === 0) return []
  const message = `These columns are not read: ${unknown.join(', ').slice(0, 200)}.`
  return [problemAt(file, line, { message, help: HELP, severity: 'warning' })]
}

interface Context {
  readonly columns: readonly string[]
  readonly file: string
}

/** @throws Refused when the line is no question */
function readLine({ cells, line }: Row, { columns, file }: Context): ReadQuestion {
  if (cells.slice(columns.length).some((cell) => cell.trim() !== ''))
    throw new Refused(
      'This line has more cells than the first line has columns.',
      'Put texts with separators into quotes.',
    )
  const values = new Map(columns.map((column, index) => [column, cells[index] ?? '']))
  const record: Line = Object.fromEntries([...values].filter(([column]) => column !== '__proto__'))
  const fault = faultOf(record)
  if (fault) throw new Refused(fault, HELP)
  const warnings = lostIn(record).map((message) =>
    problemAt(file, line, { message, help: 'Correct it here.', severity: 'warning' }),
  )
  return { draft: { line, ...draft(record) }, problems: warnings }
}

function faultOf(line: Line): string | null {
  if (!line.stem?.trim()) return 'This line has no stem.'
  const options = optionsOf(line)
  if (options.length < 2) return 'This line has fewer than two options.'
  if (options.length > MOST_OPTIONS) return `This line has more than ${MOST_OPTIONS} options.`
  return options.some(({ right }) => right) ? null : 'No option of this line is right.'
}

/** Values that mean nothing here. */
function lostIn(line: Line): string[] {
  const { kind = '', difficulty = '' } = line
  const objectives = wordsOf(line, 'objectives').filter((word) => !/^[A-Z]{3}-\d\d$/.test(word))
  const rights = optionsOf(line).filter(({ right }) => right).length
  return [
    objectives.length > 0 && `These are no objectives: ${objectives.join(', ').slice(0, 100)}.`,
    !['', 'easy', 'medium', 'hard'].includes(difficulty.trim()) &&
      'The difficulty is not easy, medium or hard.',
    !['', 'choice', 'multiple'].includes(kind.trim()) && 'The kind is neither choice nor multiple.',
    kind.trim() === 'choice' &&
      rights > 1 &&
      `${rights} options of a choice are right: it is a multiple now.`,
  ].filter((message) => message !== false)
}

/** @throws Refused for a right1 that is neither yes nor no */
function optionsOf(line: Line) {
  const numbers = Object.keys(line).flatMap((column) => {
    const [, part, number] = OPTION_COLUMN.exec(column) ?? []
    return part === 'option' ? Number(number) : []
  })
  return numbers
    .sort((a, b) => a - b)
    .flatMap((number) => {
      const text = line[`option${number}`]?.trim()
      if (!text) return []
      return { text, right: isRight(line, number), why: line[`why${number}`]?.trim() || null }
    })
}

function isRight(line: Line, number: number): boolean {
  const word = line[`right${number}`]?.trim().toLowerCase() ?? ''
  if (['1', 'true', 'yes', 'x', 'right'].includes(word)) return true
  if (['', '0', 'false', 'no', 'wrong'].includes(word)) return false
  throw new Refused(`right${number} is "${word.slice(0, 40)}".`, 'Write yes or no.')
}

function wordsOf(line: Line, key: string): string[] {
  return line[key]?.split(/[\s;]+/).filter(Boolean) ?? []
}

function draft(line: Line): Omit<Draft, 'line'> {
  const options = optionsOf(line)
  const tags = [
    ...wordsOf(line, 'objectives'),
    ...['difficulty', 'source', 'versions'].flatMap((key) =>
      line[key]?.trim() ? `${key}=${line[key].trim()}` : [],
    ),
    ...wordsOf(line, 'enemies').map((enemy) => `enemy=${enemy}`),
  ]
  return {
    id: line.id?.trim() || null,
    kind: line.kind?.trim() === 'multiple' ? 'multiple' : kindOf(options),
    stem: line.stem?.trim() ?? '',
    options,
    explanation: line.explanation?.trim() || null,
    ...fromTags(tags),
  }
}

export function writeCsv(items: readonly Item[]): WriteResult {
  const most = Math.max(0, ...items.map(({ options }) => options.length))
  const optionKeys = Array.from({ length: most }, (_one, index) => index + 1).flatMap((index) => [
    `option${index}`,
    `right${index}`,
    `why${index}`,
  ])
  const text = stringify(items.map(record), { header: true, columns: [...KEYS, ...optionKeys] })
  return { text, lost: items.flatMap((item) => lostOf(item)) }
}

function record(item: Item): Line {
  const { id, objectives, kind, difficulty, stem, explanation, source, versions, enemies, options } = item
  const columns = options.flatMap(({ text, right, why }, index) => [
    [`option${index + 1}`, text],
    [`right${index + 1}`, right ? 'yes' : 'no'],
    [`why${index + 1}`, why ?? ''],
  ])
  return {
    id,
    kind,
    difficulty,
    source,
    stem: stem.trim(),
    explanation: explanation.trim(),
    versions: versions ?? '',
    objectives: objectives.join(' '),
    enemies: enemies.join(' '),
    ...Object.fromEntries(columns),
  }
}
