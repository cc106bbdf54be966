/**
 * CSV: each line is an item, with its options in columns option1, right1, why1, and so on.
 *
 * Texts that a spreadsheet would take for formulas ("-v", "=1") are written as they are: options begin with a hyphen
 * often, and a quote in front of them would come back as a part of the text.
 */

import { stringify } from 'csv-stringify/sync'
import type { FileProblem } from '../../shared/files'
import type { Item } from '../format'
import { Answers, type Said } from './csv-answers'
import { type Columns, columnsOf, KEYS, type Key } from './csv-columns'
import { optionTexts, truthOf } from './csv-options'
import {
  type Draft,
  type DraftOption,
  fromTags,
  gathered,
  kindOf,
  lostOf,
  problemAt,
  type ReadQuestion,
  type ReadResult,
  readAlone,
  refusedAt,
  trueFalse,
  type WriteResult,
} from './draft'
import { stemWithExhibits } from './exhibits'
import { Refused } from './key'
import { type Row, readRows } from './rows'
import { Texts } from './texts'

/** The format of questions takes no more options. */
const MOST_OPTIONS = 10
const HELP = `The columns are ${KEYS.join(', ')}, option1, right1, why1, option2 and so on; or question, option a, option b and so on, and correct answer. The first line has their names.`
const SEPARATORS = [',', ';', '\t', '|']
/** Excel takes the separator from a line of its own. */
const NAMED_SEPARATOR = /^sep=(.)\n/

export function readCsv(text: string, file: string): ReadResult {
  const [, named] = NAMED_SEPARATOR.exec(text) ?? []
  const table = named === undefined ? text : text.replace(NAMED_SEPARATOR, '\n')
  const { rows, faults } = readRows(table, {
    delimiter: named ?? separatorOf(text),
    skip_empty_lines: true,
  })
  const broken = faults.map(({ line, message }) =>
    refusedAt(file, line, { message: `This is not CSV: ${message}`, help: HELP }),
  )
  const [header, ...lines] = rows
  if (!header) return gathered(broken)
  const columns = columnsOf(header.cells)
  if (!columns) return gathered([...broken, refusedAt(file, header.line, withoutColumns(header))])
  if (columns.twice !== null) {
    const message = `The column "${columns.twice}" is here twice.`
    return gathered([refusedAt(file, header.line, { message, help: 'Leave one of them.' })])
  }
  if (columns.answer === null && columns.options.every(({ right }) => right === null)) {
    const message = 'No column says which option is right.'
    return gathered([...broken, refusedAt(file, header.line, { message, help: HELP })])
  }
  const answers = new Answers(lines.map((row) => saidIn(row, columns)))
  const context = { columns, answers, width: header.cells.length, file }
  const read = lines
    .filter((row) => asks(row, columns))
    .flatMap((row) => readAlone(file, row.line, () => [new Line(row, context).question()]))
  const { drafts, problems } = gathered([...broken, ...read])
  return { drafts, problems: [...doubtsOf(context, header.line), ...problems] }
}

function withoutColumns(header: Row): { message: string; help: string } {
  const names = header.cells
    .map((cell) => cell.trim())
    .join(', ')
    .slice(0, 200)
  return {
    message: `The first line names no column for the question, or none for its options: ${names}.`,
    help: HELP,
  }
}

/** Spreadsheets write rows in which nothing is left but a number or a level. */
function asks({ cells }: Row, columns: Columns): boolean {
  const { places, options, list, answer } = columns
  const read = [places.get('stem') ?? null, list, answer, ...options.map(({ text }) => text)]

  return read.some((at) => at !== null && (cells[at] ?? '').trim() !== '')
}

/** What the column of answers says in this row, and of which options. */
function saidIn({ cells }: Row, columns: Columns): Said {
  const answer = columns.answer === null ? '' : (cells[columns.answer] ?? '')
  return { answer, options: optionTexts(cells, columns).texts }
}

/** The separator that is most often in the first line. */
function separatorOf(text: string): string {
  const first = text.slice(0, Math.max(0, text.indexOf('\n')) || undefined)
  const counts = SEPARATORS.map((one) => first.split(one).length)
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ','
}

/** What a person must look at in the whole table. */
function doubtsOf({ columns, answers, file }: Context, line: number): FileProblem[] {
  const { unknown } = columns
  const names = unknown.length > 0 && `These columns are not read: ${unknown.join(', ').slice(0, 200)}.`
  const doubts = [
    names && { message: names, help: HELP },
    answers.doubt !== null && { message: answers.doubt, help: 'Look whether the keys are right.' },
  ]
  return doubts.flatMap((doubt) => (doubt ? [problemAt(file, line, { ...doubt, severity: 'warning' })] : []))
}

interface Context {
  readonly columns: Columns
  readonly answers: Answers
  readonly width: number
  readonly file: string
}

/** One line of the table. */
class Line {
  readonly #row: Row
  readonly #context: Context
  readonly #texts = new Texts()

  constructor(row: Row, context: Context) {
    this.#row = row
    this.#context = context
  }

  /** @throws Refused when the line is no question */
  question(): ReadQuestion {
    const { cells, line } = this.#row
    const { width, file } = this.#context
    if (cells.slice(width).some((cell) => cell.trim() !== ''))
      throw new Refused(
        'This line has more cells than the first line has columns.',
        'Put texts with separators into quotes.',
      )
    const options = this.#options()
    const fault = this.#faultOf(options)
    if (fault) throw new Refused(fault, HELP)
    const draft = this.#draft(options)
    const warnings = this.#doubtful(options).map((message) =>
      problemAt(file, line, { message, help: 'Correct it here.', severity: 'warning' }),
    )
    return { draft: { line, ...draft, lost: this.#texts.lost }, problems: warnings }
  }

  #cell(place: number | null | undefined): string {
    return place === null || place === undefined ? '' : (this.#row.cells[place] ?? '').trim()
  }

  #key(key: Key): string {
    return this.#cell(this.#context.columns.places.get(key))
  }

  #words(key: Key): string[] {
    return this.#key(key)
      .split(/[\s;]+/)
      .filter(Boolean)
  }

  #text(cell: string): string {
    return this.#texts.take(cell, this.#context.columns.format)
  }

  /** @throws Refused for a right1 that is neither yes nor no, and for an answer that names no option */
  #options(): DraftOption[] {
    const { columns } = this.#context
    const { texts, fillers } = optionTexts(this.#row.cells, columns)
    const answer = this.#cell(columns.answer)
    const truth = texts.every((text) => text === '') ? truthOf(answer) : null
    if (truth !== null) return trueFalse(truth, { whenTrue: null, whenFalse: null })
    for (const filler of fillers) this.#texts.lose(`the option "${filler}", which stands for none`)
    const named = this.#named(answer, texts)
    const there = texts.flatMap((text, place) => (text === '' ? [] : { text, place }))
    const shown = this.#texts.takeDifferent(there.map(({ text }) => ({ text, format: columns.format })))
    return there.map(({ place }, index) => {
      const { right, why } = columns.options[place] ?? { right: null, why: null }
      const isRight = named?.has(place) ?? saysYes(this.#cell(right), `right${place + 1}`)
      return { text: shown[index] ?? '', right: isRight, why: this.#text(this.#cell(why)) || null }
    })
  }

  /** The places of the options that the column of answers names; null without such a column. */
  #named(answer: string, options: readonly string[]): ReadonlySet<number> | null {
    const { columns, answers } = this.#context
    if (columns.answer === null || options.every((text) => text === '')) return null
    // The wrong options stand in their columns, and the answer comes after them.
    if (columns.areWrong) return new Set(answer === '' ? [] : [options.length - 1])
    return answers.placesOf({ answer, options })
  }

  #faultOf(options: readonly DraftOption[]): string | null {
    if (this.#key('stem') === '') return 'This line has no stem.'
    if (options.length < 2) return 'This line has fewer than two options.'
    if (options.length > MOST_OPTIONS) return `This line has more than ${MOST_OPTIONS} options.`
    return options.some(({ right }) => right) ? null : 'No option of this line is right.'
  }

  /** Values that mean nothing here. */
  #doubtful(options: readonly DraftOption[]): string[] {
    const kind = this.#key('kind')
    const rights = options.filter(({ right }) => right).length
    const objectives = this.#words('objectives').filter((word) => !/^[A-Z]{3}-\d\d$/.test(word))
    return [
      objectives.length > 0 && `These are no objectives: ${objectives.join(', ').slice(0, 100)}.`,
      !['', 'easy', 'medium', 'hard'].includes(this.#key('difficulty').toLowerCase()) &&
        'The difficulty is not easy, medium or hard.',
      !['', 'choice', 'multiple'].includes(kind) && 'The kind is neither choice nor multiple.',
      kind === 'choice' && rights > 1 && `${rights} options of a choice are right: it is a multiple now.`,
    ].filter((message) => message !== false)
  }

  #draft(options: readonly DraftOption[]): Omit<Draft, 'line' | 'lost'> {
    const values = (['difficulty', 'source', 'versions'] as const).flatMap((key) =>
      this.#key(key) ? `${key}=${key === 'difficulty' ? this.#key(key).toLowerCase() : this.#key(key)}` : [],
    )
    const tags = [
      ...this.#words('objectives'),
      ...values,
      ...this.#words('enemies').map((enemy) => `enemy=${enemy}`),
    ]
    return {
      id: this.#key('id') || null,
      kind: this.#key('kind') === 'multiple' ? 'multiple' : kindOf(options),
      stem: this.#text(this.#key('stem')),
      options,
      explanation: this.#text(this.#key('explanation')) || null,
      ...fromTags(tags),
      tags: this.#key('tags')
        .split(/\s*[,;]\s*/)
        .filter(Boolean),
      category: this.#key('category') || null,
    }
  }
}

/** @throws Refused for a word that is neither yes nor no */
function saysYes(word: string, column: string): boolean {
  if (['1', 'true', 'yes', 'x', 'right'].includes(word.toLowerCase())) return true
  if (['', '0', 'false', 'no', 'wrong'].includes(word.toLowerCase())) return false
  throw new Refused(`${column} is "${word.slice(0, 40)}".`, 'Write yes or no.')
}

export function writeCsv(items: readonly Item[]): WriteResult<string> {
  const most = Math.max(0, ...items.map(({ options }) => options.length))
  const optionKeys = Array.from({ length: most }, (_one, index) => index + 1).flatMap((index) => [
    `option${index}`,
    `right${index}`,
    `why${index}`,
  ])
  const text = stringify(items.map(record), { header: true, columns: [...KEYS, ...optionKeys] })
  return { content: text, lost: items.flatMap((item) => lostOf(item)) }
}

function record(item: Item): Readonly<Record<string, string>> {
  const { id, objectives, kind, difficulty, explanation, source, versions, enemies, tags, options } = item
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
    stem: stemWithExhibits(item),
    explanation: explanation.trim(),
    versions: versions ?? '',
    objectives: objectives.join(' '),
    enemies: enemies.join(' '),
    tags: tags.join('; '),
    category: item.category ?? '',
    ...Object.fromEntries(columns),
  }
}
