/** The thread that reads and writes questions from outside: whatever is in them, only this thread waits. */
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { FORMATS, parseQuestions } from '../../../exam'
import { CapstanError, isCapstanError } from '../../../shared/errors'
import { ENOUGH_TO_REFUSE } from '../../../shared/files'
import { readBeginning } from '../../../shared/system/part-of-file'
import { readForeign } from './foreign'
import type { Job, OwnFile, ReadFilesJob, Report, WriteForeignJob, WrittenForeign } from './jobs'

function* reportsOf(job: Job): Generator<Report> {
  if (job.kind === 'files') for (const file of job.files) yield { kind: 'file', file: read(job, file) }
  else if (job.kind === 'foreign') yield { kind: 'foreign', read: readForeign(job.bytes, job.options) }
  else yield { kind: 'written', written: write(job) }
}

/** A file that cannot be opened any more is a problem like any other. */
function read({ folder }: ReadFilesJob, file: string): OwnFile {
  try {
    const text = readBeginning(join(folder, file), ENOUGH_TO_REFUSE).toString('utf8')
    const { items, templates, problems, source } = parseQuestions({ file, text })
    const entries = [...items, ...templates.flatMap((template) => template.items.slice(0, 1))]
    const lines: number[] = []
    for (const { place } of entries) lines[place.index] = source.problem([place.index], '').line
    return { file, items, templates: templates.map(({ id, items }) => ({ id, items })), problems, lines }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const help = 'See that the file is there, and that you may read it.'
    const problem = { file, line: 1, column: 1, message, help, severity: 'error' as const }
    return { file, items: [], templates: [], problems: [problem], lines: [] }
  }
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
