import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { HandsOnEvent } from '../../../exam'
import { choicesOf } from '../../../test/fakes/choices'
import { progressContract, StartExam } from '../../api'
import { JournalFolder, type LabProgress } from '../../store'
import { type LoadedBank, loadBank } from '../bank'
import { ExamEntry, ExamsService } from '../exams'
import { HandsOnEntry, handsOnAttempts } from '../hands-on'
import { ExportedAttempts, ProgressService } from '.'

const resources = fileURLToPath(new URL('../../..', import.meta.url))
const LAB = {
  id: 'published-ports',
  title: 'Ports',
  domain: 'networking',
  difficulty: 'medium' as const,
  objectives: ['NET-05'],
}
const HOUR_MS = 3_600_000

let bank: LoadedBank
let folder: string
let exams: ExamsService
let labs: Record<string, LabProgress>
let later: number
/** Journals that could not be read. */
let problems: string[]

beforeAll(async () => {
  bank = choicesOf(await loadBank(resources))
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-progress-'))
  labs = {}
  problems = []
  later = 0
  exams = openExams()
})
afterEach(async () => {
  await exams.dispose()
  expect(problems.filter((problem) => !problem.includes('strange'))).toEqual([])
  await rm(folder, { recursive: true })
})

function openExams(): ExamsService {
  const onCorrupt = (message: string) => expect.fail(message)
  const journals = new JournalFolder({ folder, entry: ExamEntry, onCorrupt })
  return new ExamsService({
    bank,
    journals,
    labs: () => [LAB],
    passMark: () => 65,
    onProblem: (message) => problems.push(message),
  })
}

/** Beside the journals of exams, as in a store. */
function handsOnJournals() {
  const onCorrupt = (message: string) => expect.fail(message)
  return new JournalFolder({ folder: join(folder, 'hands-on'), entry: HandsOnEntry, onCorrupt })
}

function progress(): ProgressService {
  const onProblem = (message: string) => problems.push(message)
  return new ProgressService({
    exams,
    handsOn: handsOnAttempts({ journals: handsOnJournals(), onProblem }),
    labs: () => [LAB],
    labProgress: () => labs,
    passMark: () => 65,
    tasks: () => [{ id: 'leash', difficulty: 'hard' }],
    now: () => new Date(Date.now() + later),
  })
}

/** Answers an item rightly or wrongly, as the key in its form says. */
async function answer(id: string, index: number, isRight: boolean): Promise<void> {
  let view = await exams.apply(id, { kind: 'moved', item: index })
  const { delivery, options } = view.current
  const stored = (await exams.all()).find(({ attempt }) => attempt.id === id)
  const keyOf = (option: number) => stored?.attempt.form.items[index]?.key.includes(option) ?? false
  if (delivery === 'classic') {
    const chosen = options.filter((one) => keyOf(one.id) === isRight).map((one) => one.id)
    await exams.apply(id, { kind: 'chose', item: index, options: isRight ? chosen : chosen.slice(0, 1) })
    return
  }
  while (!view.current.closed) {
    const option = view.current.options[0]?.id ?? -1
    view = await exams.apply(id, { kind: 'decided', item: index, option, yes: keyOf(option) === isRight })
  }
}

interface Sitting {
  readonly mode?: 'real' | 'practice' | 'drill'
  readonly length?: number
  readonly right?: (index: number) => boolean
  readonly answered?: number
  readonly ends?: boolean
}

async function sit({
  mode = 'practice',
  length = 12,
  right = () => true,
  answered = 99,
  ends = true,
}: Sitting) {
  const id = await exams.start(StartExam.parse({ mode, length }))
  const { items } = await exams.view(id)
  for (let index = 0; index < Math.min(answered, items.length); index++) await answer(id, index, right(index))
  if (ends) await exams.apply(id, { kind: 'ended', by: 'candidate' })
  return id
}

test('without attempts and labs nothing is claimed', async () => {
  const overview = await progress().overview()
  expect(progressContract.calls['progress.overview'].out.parse(overview)).toEqual(overview)
  expect(overview).toMatchObject({ history: [], weakest: [], reviews: { due: 0, kept: 0, later: [] } })
  expect(overview.total).toMatchObject({ items: 0, labs: 0 })
  expect(overview.total.high - overview.total.low).toBeGreaterThan(40)
  expect(overview.domains.flatMap(({ objectives }) => objectives)).toHaveLength(
    bank.blueprint.objectives.length,
  )
})

test('attempts make readiness, history and weak spots', async () => {
  const first = await sit({ length: 60, right: () => false })
  const second = await sit({ length: 60, right: () => true })
  const overview = await progress().overview()
  expect(overview.history.map(({ id, percent, of }) => [id, percent, of])).toEqual([
    [first, 0, 60],
    [second, 100, 60],
  ])
  expect(overview.total.items).toBe(120)
  const all = overview.domains.flatMap(({ objectives }) => objectives)
  const weakest = overview.weakest.flatMap((id) => all.find((one) => one.id === id) ?? [])
  const values = weakest.map(({ percent }) => percent)
  expect(values).toEqual([...values].sort((a, b) => a - b))
  expect(values.length).toBeGreaterThan(5)
  // One or two answers rank no objective.
  expect(Math.min(...weakest.map(({ items }) => items))).toBeGreaterThanOrEqual(3)
  expect(all.some(({ items }) => items > 0 && items < 3)).toBe(true)
})

test('a real exam says nothing before it is over; a practice says what is closed', async () => {
  const real = await sit({ mode: 'real', answered: 10, ends: false })
  expect(await progress().overview()).toMatchObject({ total: { items: 0 }, history: [] })
  expect((await progress().statistics()).items).toEqual([])
  await exams.apply(real, { kind: 'ended', by: 'candidate' })
  const over = await progress().overview()
  // Items that were not reached cost points and are no evidence.
  expect(over.total.items).toBe(10)
  expect(over.history).toMatchObject([{ right: 10, of: 55 }])
  const practice = await sit({ answered: 12, ends: false })
  const closed = (await exams.view(practice)).items.filter((item) => item.closed).length
  expect((await progress().overview()).total.items).toBe(10 + closed)
})

test('the curve ends with the readiness of now, and tells nothing of a real exam that runs', async () => {
  expect(await progress().curve()).toEqual([])
  await sit({ right: (index) => index % 2 === 0 })
  const curve = await progress().curve()
  expect(progressContract.calls['progress.curve'].out.safeParse(curve).success).toBe(true)
  const { percent, items } = (await progress().overview()).total
  expect(curve.at(-1)?.percent).toBeCloseTo(percent)
  expect(curve.at(-1)?.items).toBe(items)
  await sit({ mode: 'real', answered: 10, ends: false })
  expect((await progress().curve()).at(-1)?.items).toBe(items)
})

test('what was answered and done today is counted, until midnight', async () => {
  await sit({ length: 12 })
  labs = { [LAB.id]: { stepsDone: 4, completedAt: new Date().toISOString() } }
  const { today, total } = await progress().overview()
  expect(today).toEqual({ items: total.items, labs: 1 })
  later = 25 * HOUR_MS
  expect((await progress().overview()).today).toEqual({ items: 0, labs: 0 })
})

test('a completed lab counts for its objective, a begun one does not', async () => {
  const net05 = async () =>
    (await progress().overview()).domains
      .flatMap(({ objectives }) => objectives)
      .find(({ id }) => id === 'NET-05')
  labs = { [LAB.id]: { stepsDone: 2, completedAt: null } }
  const begun = await net05()
  expect(begun).toMatchObject({ labs: 0, taughtBy: [{ id: LAB.id, title: 'Ports', done: false }] })
  labs = { [LAB.id]: { stepsDone: 4, completedAt: new Date().toISOString() } }
  const done = await net05()
  expect(done).toMatchObject({ labs: 1, taughtBy: [{ done: true }] })
  expect(done?.percent).toBeGreaterThan(begun?.percent ?? 100)
  const domains = (await progress().overview()).domains
  expect(domains.find(({ id }) => id === 'networking')).toMatchObject({ labsDone: 1, labsAll: 1 })
})

test('what was missed is due for review, and the drill has exactly that', async () => {
  await expect(progress().startReview(20)).rejects.toMatchObject({ code: 'bad-input' })
  const id = await sit({ right: (index) => index >= 3 })
  const missed = (await exams.result(id)).items.slice(0, 3).map((item) => item.id)
  later = HOUR_MS
  const due = (await progress().reviews()).filter(({ isDue }) => isDue)
  expect(due.map(({ itemId }) => itemId).sort()).toEqual([...missed].sort())
  const drill = await progress().startReview(20)
  for (const index of [0, 1, 2]) await answer(drill, index, true)
  await exams.apply(drill, { kind: 'ended', by: 'candidate' })
  const result = await exams.result(drill)
  expect(result.mode).toBe('drill')
  expect(result.items.map((item) => item.id)).toEqual(due.map(({ itemId }) => itemId))
  expect(result.total?.percent).toBe(100)
  later = 0
  expect((await progress().overview()).reviews).toMatchObject({ due: 0, kept: 3 })
})

test('a review takes no more items than it is asked for, the longest overdue first', async () => {
  await sit({ right: () => false })
  later = HOUR_MS
  const due = await progress().reviews()
  const drill = await progress().startReview(5)
  await exams.apply(drill, { kind: 'ended', by: 'candidate' })
  expect((await exams.result(drill)).items.map((item) => item.id)).toEqual(
    due.slice(0, 5).map(({ itemId }) => itemId),
  )
})

test('a drill of objectives has items of these only, and those seen least first', async () => {
  const first = await progress().startDrill(['NET-05', 'STO-01'], 6)
  const itemsOf = async (id: string) => {
    await exams.apply(id, { kind: 'ended', by: 'candidate' })
    return (await exams.result(id)).items
  }
  const items = await itemsOf(first)
  expect(items).toHaveLength(6)
  for (const { objectives } of items)
    expect(objectives.includes('NET-05') || objectives.includes('STO-01')).toBe(true)
  const again = await itemsOf(await progress().startDrill(['NET-05', 'STO-01'], 3))
  expect(again.filter(({ id }) => items.some((item) => item.id === id))).toEqual([])
  await expect(progress().startDrill(['NET-99'], 5)).rejects.toMatchObject({ code: 'bad-input' })
})

test('what was missed in a placement test is evidence, and no review', async () => {
  const wish = StartExam.parse({ mode: 'practice', length: 4 })
  const id = await exams.start(wish, 'placement')
  for (const index of [0, 1, 2, 3]) await answer(id, index, false)
  await exams.apply(id, { kind: 'ended', by: 'candidate' })
  expect((await progress().overview()).total.items).toBe(4)
  expect((await progress().overview()).reviews).toEqual({ due: 0, kept: 0, later: [] })
  expect(await progress().reviews()).toEqual([])
  expect(await exams.list()).toMatchObject([{ id, placement: true, about: null }])
  const again = await exams.retry(id, 'form')
  expect((await exams.list()).find((one) => one.id === again)).toMatchObject({ placement: false })
})

test('statistics count answers and picks, without the items of an exam that runs', async () => {
  const id = await sit({ right: (index) => index % 2 === 0 })
  const { items } = await exams.result(id)
  const before = await progress().statistics({ keys: true })
  expect(before).toMatchObject({ attempts: 1, enough: 20 })
  expect(before.items).toHaveLength(12)
  expect((await progress().statistics()).items.flatMap(({ options }) => options)).toEqual([])
  const first = before.items.find(({ itemId }) => itemId === items[0]?.id)
  expect(first).toMatchObject({ count: 1, difficulty: 1, discrimination: null, flags: [] })
  expect(first?.options.length).toBeGreaterThan(1)
  for (const { right, picked } of first?.options ?? [])
    if (picked !== null) expect(picked).toBe(right ? 1 : 0)
  await exams.startDrill({ items: [items[0]?.id ?? ''] })
  const during = await progress().statistics()
  expect(during.items.map(({ itemId }) => itemId)).not.toContain(items[0]?.id)
  expect(during.items).toHaveLength(11)
})

test('an export holds every answer, in JSON and in CSV, and no key', async () => {
  const id = await sit({ right: (index) => index > 4 })
  const { name, text } = await progress().export('json')
  expect(name).toMatch(/^capstan-progress-\d{4}-\d\d-\d\d\.json$/)
  const { attempts } = ExportedAttempts.parse(JSON.parse(text))
  expect(attempts).toMatchObject([{ id, right: 7, length: 12, passed: false }])
  expect(attempts[0]?.answers.map(({ right }) => right)).toEqual([
    ...Array(5).fill(false),
    ...Array(7).fill(true),
  ])
  expect(text).not.toMatch(/"(key|explanation|why|order)":/)
  const rows: Record<string, string>[] = parse((await progress().export('csv')).text, { columns: true })
  expect(rows).toHaveLength(12)
  expect(rows[0]).toMatchObject({ attempt: id, mode: 'practice', right: 'no', passed: 'no' })
})

/** Two tasks, of which only the first was begun; it passes when its check is green. */
async function sitHandsOn(id: string, { green, ends }: { green: boolean; ends: boolean }): Promise<void> {
  const task = { domain: 'networking', objectives: ['NET-05'], weight: 1 }
  const checks = [{ name: 'c', node: 'node1', guard: false, points: 2 }]
  const form = {
    examId: 'night',
    title: 'Night shift',
    minutes: 30,
    passMark: 65,
    tasks: [
      { ...task, id: 'leash', title: 'A short leash', checks },
      { ...task, id: 'other', title: 'Another', checks },
    ],
  }
  const events: HandsOnEvent[] = [
    { kind: 'began', at: 0, attemptId: id, form, limit: 1_800_000 },
    { kind: 'opened', at: 1, task: 0 },
    { kind: 'handed-in', at: 2, task: 0 },
  ]
  const found = { name: 'c', green, expected: 'rosebud', found: 'rosebud', explanation: 'rosebud' }
  if (ends)
    events.push(
      { kind: 'graded', at: 3, task: 0, checks: [found] },
      { kind: 'ended', at: 4, by: 'candidate' },
    )
  const journals = handsOnJournals()
  const moment = { uptime: 0, boot: '', wall: Date.now() }
  for (const event of events) await journals.append(id, { event, moment })
}

test('a graded task counts like an item, one that was not begun and an exam that still runs count for nothing', async () => {
  await sitHandsOn('running', { green: true, ends: false })
  expect(await progress().overview()).toMatchObject({ total: { items: 0 }, handsOn: [] })
  await sitHandsOn('passed', { green: true, ends: true })
  const overview = await progress().overview()
  expect(progressContract.calls['progress.overview'].out.parse(overview)).toEqual(overview)
  expect(overview.total.items).toBe(1)
  const past = { id: 'passed', title: 'Night shift', tasks: 2, tasksPassed: 1, percent: 50, passed: false }
  expect(overview.handsOn).toMatchObject([past])
  const net05 = ({ domains }: typeof overview) =>
    domains.flatMap(({ objectives }) => objectives).find(({ id }) => id === 'NET-05')
  expect(net05(overview)?.items).toBe(1)
  await sitHandsOn('missed', { green: false, ends: true })
  const after = await progress().overview()
  expect(after.total.items).toBe(1)
  expect(net05(after)?.percent).toBeLessThan(net05(overview)?.percent ?? 0)
  expect(after.reviews.kept).toBe(0)
})

test('an export has hands-on exams with their tasks, and nothing of what their checks look for', async () => {
  await sitHandsOn('passed', { green: true, ends: true })
  const { text, attempts } = await progress().export('json')
  expect(attempts).toBe(1)
  expect(JSON.parse(text).handsOn).toMatchObject([
    {
      id: 'passed',
      examId: 'night',
      percent: 50,
      passMark: 65,
      passed: false,
      tasks: [
        { taskId: 'leash', opened: true, points: 2, of: 2, passed: true },
        { taskId: 'other', opened: false, points: 0, of: 2, passed: false },
      ],
    },
  ])
  expect(text).not.toContain('rosebud')
  const rows: Record<string, string>[] = parse((await progress().export('csv')).text, { columns: true })
  expect(rows.map(({ mode, item, delivery, right }) => [mode, item, delivery, right])).toEqual([
    ['hands-on', 'leash', 'task', 'yes'],
    ['hands-on', 'other', 'task', 'no'],
  ])
})

test('each journal is read once when it is over, and again when it grows', async () => {
  const over = await sit({ length: 6 })
  const running = await sit({ length: 6, answered: 1, ends: false })
  const first = await exams.all()
  await exams.apply(running, { kind: 'flagged', item: 1, on: true })
  const second = await exams.all()
  const of = (all: typeof first, id: string) => all.find(({ attempt }) => attempt.id === id)
  expect(of(second, over)).toBe(of(first, over))
  expect(of(first, running)?.attempt.items[1]?.flagged).toBe(false)
  expect(of(second, running)?.attempt.items[1]?.flagged).toBe(true)
  await rm(join(folder, `${over}.jsonl`))
  expect((await exams.all()).map(({ attempt }) => attempt.id)).toEqual([running])
})

test('a journal of something that no attempt could have written hides no other', async () => {
  const id = await sit({ length: 6 })
  const moment = { uptime: 0, boot: '', wall: 0 }
  const strange = { event: { kind: 'ticked', at: 3 }, moment }
  await writeFile(join(folder, 'strange.jsonl'), `${JSON.stringify(strange)}\n`)
  expect((await progress().overview()).history.map((one) => one.id)).toEqual([id])
  expect(problems).toEqual([expect.stringMatching(/^capstan-progress-\w+\/strange\.jsonl cannot be opened/)])
})

test('whatever was answered, the overview fits the contract and its parts agree', async () => {
  const anySitting = fc.array(fc.boolean(), { minLength: 6, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(anySitting, async (right) => {
      await sit({ length: 6, right: (index) => right[index] ?? false })
      const overview = await progress().overview()
      expect(progressContract.calls['progress.overview'].out.parse(overview)).toEqual(overview)
      const items = overview.domains.reduce((sum, domain) => sum + domain.items, 0)
      expect(items).toBe(overview.total.items)
      const last = overview.history.at(-1)
      expect(last?.right).toBe(right.filter(Boolean).length)
    }),
    { numRuns: 4 },
  )
}, 30_000)

test('while a real exam runs nothing is exported, and its items are in no list', async () => {
  const first = await sit({ mode: 'real', length: 55, right: () => false })
  later = 48 * HOUR_MS
  const before = await progress().reviews()
  expect(before).toHaveLength(55)
  // Another exam with the same items, which began just now.
  const began = (await readFile(join(folder, `${first}.jsonl`), 'utf8')).split('\n')[0] ?? ''
  await writeFile(join(folder, 'again.jsonl'), `${began.replace(`"${first}"`, '"again"')}\n`)
  expect(await progress().reviews()).toEqual([])
  const own = new Set(before.map(({ itemId }) => itemId))
  expect((await progress().statistics()).items.filter(({ itemId }) => own.has(itemId))).toEqual([])
  await expect(progress().export('json')).rejects.toMatchObject({ code: 'session-exists' })
  await exams.apply('again', { kind: 'ended', by: 'candidate' })
  await expect(progress().export('json')).resolves.toMatchObject({ attempts: 2 })
})
