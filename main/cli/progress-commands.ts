/** `capstan exam export` and `exam statistics`. */
import { readdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { z } from 'zod'
import { CapstanError, resourcesFolder } from '../../engine'
import { readBeginning } from '../../shared/system/part-of-file'
import type { ItemStatisticsView } from '../api'
import {
  ExamEntry,
  ExamsService,
  ExportedAttempts,
  HandsOnEntry,
  handsOnAttempts,
  loadBank,
  ProgressService,
  readLabs,
  statisticsOf,
} from '../services'
import { dataFolder, JournalFolder, readStore } from '../store'
import { EXIT, type Output, print, printContent, report } from './output'

/** Bytes of one export: more than ten thousand attempts take. */
const LARGEST_EXPORT = 64 * 1024 * 1024

export interface ExportOptions {
  readonly output: Output
  readonly format: string
  /** The default is standard output. */
  readonly file: string | undefined
}

/** Writes what the store knows about its student. The app may have the store open meanwhile. */
export async function exportProgress({ output, format, file }: ExportOptions): Promise<number> {
  if (format !== 'csv' && format !== 'json')
    throw new CapstanError('bad-input', `There is no format "${format}".`, { help: 'Use csv or json.' })
  const { text, attempts } = await (await openProgress(output)).export(format)
  if (file) await writeFile(resolve(file), text)
  if (file || output.json)
    print(output, { ok: true, format, attempts, file: file ?? null, ...(file ? {} : { text }) }, [
      `${attempts} attempts in ${file}`,
    ])
  else printContent(output, text)
  return EXIT.done
}

async function openProgress(output: Output): Promise<ProgressService> {
  const onProblem = (message: string) => report(output, message)
  const resources = resourcesFolder()
  const folder = dataFolder()
  const { settings, progress } = await readStore(folder, onProblem)
  const all = (await readLabs(resources)).results.flatMap(({ lab }) => lab ?? [])
  const [labs, tasks] = [all.filter(({ kind }) => kind === 'lab'), all.filter(({ kind }) => kind === 'task')]
  const passMark = () => settings.passMark
  const exams = new ExamsService({
    bank: await loadBank(resources),
    journals: journalsOf(join(folder, 'attempts'), ExamEntry, onProblem),
    labs: () => labs,
    passMark,
    onProblem,
  })
  return new ProgressService({
    exams,
    passMark,
    labs: () => labs,
    tasks: () => tasks,
    labProgress: () => progress,
    handsOn: handsOnAttempts({
      journals: journalsOf(join(folder, 'hands-on'), HandsOnEntry, onProblem),
      onProblem,
    }),
  })
}

/** Journals for reading: the app may be writing to them meanwhile. */
function journalsOf<T extends object>(
  folder: string,
  entry: z.ZodType<T>,
  onCorrupt: (message: string) => void,
): JournalFolder<T> {
  return new JournalFolder({ folder, entry, onCorrupt, readOnly: true })
}

/** Difficulty, discrimination and picks of every item, from all exports in a folder. */
export async function printItemStatistics(folder: string, output: Output): Promise<number> {
  const attempts = await exportedAttempts(resolve(folder), output)
  const { bank } = await loadBank(resourcesFolder())
  const responses = attempts.flatMap(({ id, answers }) =>
    answers.map(({ itemId, right, picked, shown }) => ({ attemptId: id, itemId, right, picked, shown })),
  )
  const statistics = statisticsOf(responses, {
    attempts: attempts.length,
    item: (id) => bank.item(id),
    hidden: new Set(),
    keys: new Set(responses.map(({ itemId }) => itemId)),
  })
  print(output, { ok: true, ...statistics }, [
    `${statistics.attempts} attempts, ${responses.length} answers, ${statistics.items.length} items`,
    `Fewer than ${statistics.enough} answers say little: such an item is never flagged.`,
    '',
    'answers  right  discrimination  item',
    ...statistics.items.flatMap(lines),
  ])
  return EXIT.done
}

type ExportedAttempt = z.infer<typeof ExportedAttempts>['attempts'][number]

/** Every attempt once, also when several exports hold it. */
async function exportedAttempts(folder: string, output: Output): Promise<ExportedAttempt[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new CapstanError('not-found', `The folder ${folder} cannot be read.`, {
      help: 'Name a folder with files of "exam export --format json".',
      cause: error,
    })
  })
  const attempts = new Map<string, ExportedAttempt>()
  let read = 0
  for (const name of names.filter((one) => one.endsWith('.json')).sort()) {
    const parsed = ExportedAttempts.safeParse(jsonOrNull(join(folder, name)))
    if (!parsed.success) report(output, `! ${name} is not an export of progress: left out`)
    else read++
    for (const attempt of parsed.data?.attempts ?? []) attempts.set(attempt.id, attempt)
  }
  if (read > 0) return [...attempts.values()]
  throw new CapstanError('bad-input', `There is no export of progress in ${folder}.`, {
    help: 'Write some with "exam export --format json --out FILE".',
  })
}

/** Null for what is no JSON, is too large, or cannot be read: one bad file hides no other. */
function jsonOrNull(path: string): unknown {
  try {
    return JSON.parse(readBeginning(path, LARGEST_EXPORT).toString('utf8'))
  } catch {
    return null
  }
}

function lines({ itemId, count, difficulty, discrimination, flags, options }: ItemStatisticsView): string[] {
  const columns = [
    String(count).padStart(7),
    `${Math.round(difficulty * 100)} %`.padStart(5),
    (discrimination === null ? '–' : discrimination.toFixed(2)).padStart(14),
    [itemId, ...flags.map((flag) => `! ${flag}`)].join('  '),
  ]
  const picks = options.map(
    ({ text, right, picked }) =>
      `${(picked === null ? '–' : `${Math.round(picked * 100)} %`).padStart(14)}  ${right ? '✓' : ' '} ${text.replace(/\s+/g, ' ')}`,
  )
  return [columns.join('  '), ...picks]
}
