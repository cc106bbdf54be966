/** The thread that reads and writes questions from outside: whatever is in them, only this thread waits. */
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { FORMATS, type Item, type ParsedTemplate, parseQuestions, picturesIn } from '../../../exam'
import { CapstanError, isCapstanError } from '../../../shared/errors'
import { ENOUGH_TO_REFUSE, type FileProblem, type YamlSource } from '../../../shared/files'
import { readBeginning } from '../../../shared/system/part-of-file'
import { readForeign } from './foreign'
import type { Job, OwnFile, ReadFilesJob, Report, WriteForeignJob, WrittenForeign } from './jobs'

/** Characters of the items of one file as JSON, about. A template of a few lines makes hundreds of times its own length. */
const LARGEST_FILE = 10_000_000

function* reportsOf(job: Job): Generator<Report> {
  if (job.kind === 'files') for (const file of job.files) yield { kind: 'file', file: read(job, file) }
  else if (job.kind === 'foreign') yield { kind: 'foreign', read: readForeign(job.bytes, job.options) }
  else yield { kind: 'written', written: write(job) }
}

/** A file that cannot be opened any more is a problem like any other. */
function read({ folder }: ReadFilesJob, file: string): OwnFile {
  try {
    const text = readBeginning(join(folder, file), ENOUGH_TO_REFUSE).toString('utf8')
    const { items, templates: all, problems, source } = parseQuestions({ file, text })
    const { templates, size, tooLarge } = limited(items, all, source)
    const entries = [...items, ...templates.flatMap((template) => template.items.slice(0, 1))]
    const lines: number[] = []
    for (const { place } of entries) lines[place.index] = source.problem([place.index], '').line
    const pictures = shownBy(entries, lines)
    return { file, items, templates, problems: [...problems, ...tooLarge], lines, pictures, size }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const help = 'See that the file is there, and that you may read it.'
    const problem = { file, line: 1, column: 1, message, help, severity: 'error' as const }
    return { file, items: [], templates: [], problems: [problem], lines: [], pictures: [], size: 0 }
  }
}

/** Each picture once, at the line of the first item that shows it. */
function shownBy(items: readonly Item[], lines: readonly number[]): OwnFile['pictures'] {
  const found = new Map<string, number>()
  for (const item of items)
    for (const path of picturesIn(item)) if (!found.has(path)) found.set(path, lines[item.place.index] ?? 1)
  return [...found].map(([path, line]) => ({ path, line }))
}

interface Limited extends Pick<OwnFile, 'templates' | 'size'> {
  readonly tooLarge: readonly FileProblem[]
}

/** The templates that fit into the limit, beside the items that are written out. */
function limited(items: readonly Item[], all: readonly ParsedTemplate[], source: YamlSource): Limited {
  const templates: OwnFile['templates'][number][] = []
  const tooLarge: FileProblem[] = []
  let size = items.reduce((sum, item) => sum + sizeOf(item), 0)
  for (const { id, items: made } of all) {
    const [first] = made
    const own = first ? made.length * sizeOf(first) : 0
    if (size + own <= LARGEST_FILE) {
      templates.push({ id, items: made })
      size += own
    } else
      tooLarge.push(
        source.problem([first?.place.index ?? 0], `The template "${id}" makes more text than is read.`, {
          help: 'Give its parameters fewer values, or move it to another file.',
        }),
      )
  }
  return { templates, size, tooLarge }
}

function sizeOf(item: Item): number {
  return JSON.stringify(item).length
}

/** @throws CapstanError `bad-input` for a format that there is not */
function write({ format, items, pictures }: WriteForeignJob): WrittenForeign {
  const found = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined
  if (!found) throw new CapstanError('bad-input', `There is no format "${format}".`)
  const key = (item: string, path: string) => `${item} ${path}`
  const bytes = new Map(pictures.map((one) => [key(one.item, one.path), one.bytes]))
  return found.write(items, (id, path) => bytes.get(key(id, path)) ?? null)
}

function run(job: Job): void {
  const post = (report: Report) => parentPort?.postMessage(report)
  try {
    for (const report of reportsOf(job)) post(report)
  } catch (error) {
    if (!isCapstanError(error)) throw error
    post({ kind: 'refused', message: error.message, help: error.help })
  }
}

run(workerData as Job)
