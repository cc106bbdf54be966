/** The exam layer: a large bank, a form, a journal, many attempts. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { assembleForm, fold } from '../../exam'
import { ExamEntry, ExamsService, type LoadedBank, loadBank, readQuestions } from '../../main/services'
import { writeBuiltBank } from '../../main/services/bank'
import { JournalFolder } from '../../main/store'
import { seedAttempts } from '../e2e/seed'
import { ROOT } from '../e2e/serve'
import { median, type Row, row, timed } from './rows'

const BANK_ITEMS = 10_000
const ATTEMPTS = 200
const ROUNDS = 7

export async function exam(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'capstan-bench-exam-'))
  try {
    const { rows, loaded } = await largeBank(folder)
    return [...rows, form(loaded), ...(await journals(folder))]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function largeBank(folder: string): Promise<{ rows: Row[]; loaded: LoadedBank }> {
  await writeLargeBank(folder)
  const built = join(folder, 'bank.jsonl')
  const load = async (path: string | null) => {
    const loaded = await loadBank(folder, { built: path })
    examsOf(loaded, join(folder, 'none'))
    return loaded
  }
  const yaml = await timed(() => load(null))
  await writeBuiltBank(folder, built)
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) times.push(await timed(() => load(built)))
  const name = '10,000-item bank: load and index, against reading all YAML'
  const loading = row({ name, value: median(times), unit: 'ms', baseline: yaml, atMost: 100 })
  return { rows: [loading], loaded: await load(built) }
}

/** Writes copies of our own files. Each copy has ids and stems of its own. */
async function writeLargeBank(folder: string): Promise<void> {
  const { files } = await readQuestions(ROOT)
  const { bank } = await loadBank(ROOT)
  const copies = Math.ceil(BANK_ITEMS / (bank.items.length + bank.templates.length))
  for (const { file, text } of files) {
    for (let copy = 0; copy < copies; copy++) {
      const path = join(folder, 'questions', file.replace('.yaml', `-${copy}.yaml`))
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, renamed(text, copy))
    }
  }
  const blueprint = await readFile(join(ROOT, 'questions', 'blueprint.yaml'))
  await writeFile(join(folder, 'questions', 'blueprint.yaml'), blueprint)
}

function renamed(text: string, copy: number): string {
  return text
    .replace(/^(- (?:id|template): \S+)/gm, `$1-${copy}`)
    .replace(/^(\s+stem: (?:[|>][-+]?\n\s+|["'])?)/gm, `$1(${copy}) `)
}

function examsOf(bank: LoadedBank, folder: string): ExamsService {
  const onCorrupt = (message: string) => {
    throw new Error(message)
  }
  const journals = new JournalFolder({ folder, entry: ExamEntry, onCorrupt })
  return new ExamsService({ bank, journals, labs: () => [], passMark: () => 65, onProblem: onCorrupt })
}

function form({ bank, blueprint }: LoadedBank): Row {
  const times = Array.from({ length: 30 }, (_one, seed) => {
    const started = performance.now()
    assembleForm(bank, { blueprint, seed })
    return performance.now() - started
  })
  return row({ name: 'a form of 10,000 items', value: median(times), unit: 'ms', atMost: 10 })
}

async function journals(folder: string): Promise<Row[]> {
  const attempts = Array.from({ length: ATTEMPTS }, (_one, index) => ({
    id: `attempt${index}`,
    mode: 'real' as const,
    daysAgo: ATTEMPTS - index,
    length: 55,
    knows: (_item: unknown, place: number) => place % 3 !== 0,
  }))
  const loaded = await seedAttempts(folder, attempts)
  const journal = join(folder, 'attempts')
  const [name = ''] = await readdir(journal)
  const lines = (await readFile(join(journal, name), 'utf8')).split('\n').filter(Boolean)
  const times = (work: () => void) =>
    Array.from({ length: 50 }, () => {
      const started = performance.now()
      work()
      return performance.now() - started
    })
  const folded = times(() => fold(lines.map((line) => ExamEntry.parse(JSON.parse(line)).event)))
  const parsed = times(() => lines.map((line) => JSON.parse(line)))
  const exams = examsOf(loaded, journal)
  const first = await timed(() => exams.list())
  const again = await timed(() => exams.list())
  return [
    row({
      name: 'fold a journal of 55 items, against JSON.parse of its lines',
      value: median(folded),
      unit: 'ms',
      baseline: median(parsed),
    }),
    row({ name: `list ${ATTEMPTS} attempts, first time`, value: first, unit: 'ms' }),
    row({ name: `list ${ATTEMPTS} attempts again`, value: again, unit: 'ms' }),
  ]
}
