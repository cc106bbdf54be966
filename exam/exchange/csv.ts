/** CSV: each line is an item, with its options in columns option1, right1, why1, and so on. */
import { CsvError, parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import type { Item } from '../format'
import { type Draft, fromTags, kindOf, lostOf, problemAt, type ReadResult, type WriteResult } from './draft'

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
const MOST_OPTIONS = 10
const HELP = `The columns are ${KEYS.join(', ')}, option1, right1, why1, option2 and so on; stem and options are needed.`

type Line = Readonly<Record<string, string>>

export function readCsv(text: string, file: string): ReadResult {
  try {
    const lines = parse<{ record: Line; at: number }, Line>(text, {
      columns: true,
      bom: true,
      skip_empty_lines: true,
      relax_column_count_less: true,
      on_record: (record, { lines: at }) => ({ record, at }),
    })
    const problems = lines.flatMap(({ record, at }) => {
      const message = fault(record)
      return message ? problemAt(file, at, { message, help: HELP }) : []
    })
    return { drafts: lines.flatMap(({ record }) => (fault(record) ? [] : draft(record))), problems }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === 'number' ? error.lines : 1
    return {
      drafts: [],
      problems: [problemAt(file, line, { message: `This is not CSV: ${error.message}`, help: HELP })],
    }
  }
}

function fault(line: Line): string | null {
  if (!line.stem?.trim()) return 'This line has no stem.'
  const options = optionsOf(line)
  if (options.length < 2) return 'This line has fewer than two options.'
  return options.some(({ right }) => right) ? null : 'No option of this line is right.'
}

function optionsOf(line: Line) {
  return Array.from({ length: MOST_OPTIONS }, (_one, index) => index + 1).flatMap((index) => {
    const text = line[`option${index}`]?.trim()
    if (!text) return []
    const right = /^(1|true|yes|x|right)$/i.test(line[`right${index}`]?.trim() ?? '')
    return { text, right, why: line[`why${index}`]?.trim() || null }
  })
}

function draft(line: Line): Draft {
  const options = optionsOf(line)
  const words = (key: string) => line[key]?.split(/[\s;]+/).filter(Boolean) ?? []
  const tags = [
    ...words('objectives'),
    ...['difficulty', 'source', 'versions'].flatMap((key) =>
      line[key]?.trim() ? `${key}=${line[key].trim()}` : [],
    ),
    ...words('enemies').map((enemy) => `enemy=${enemy}`),
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
