import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { foldHandsOn, type HandsOnAttempt, type HandsOnEvent, isGraded } from '../../../exam'
import { choicesOf } from '../../../test/fakes/choices'
import { JournalFolder, openStore, type Store } from '../../store'
import { Archive, ExamRoom } from '../attempts'
import { type LoadedBank, loadBank } from '../bank'
import { ExamEntry, ExamsService } from '../exams'
import { HandsOnEntry, handsOnAttempts } from '../hands-on'
import { TransferService } from '.'

const resources = fileURLToPath(new URL('../../..', import.meta.url))
let bank: LoadedBank
let folder: string
const opened: Machine[] = []

beforeAll(async () => {
  bank = choicesOf(await loadBank(resources))
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-transfer-'))
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ exams }) => exams.dispose()))
  await rm(folder, { recursive: true })
})

interface Machine {
  readonly store: Store
  readonly exams: ExamsService
  readonly handsOn: { readonly archive: Archive<HandsOnAttempt, HandsOnEvent> }
  readonly handsOnJournals: JournalFolder<HandsOnEntry>
  readonly transfer: TransferService
  /** How often the labs were told that their progress has changed. */
  readonly labsTold: () => number
}

async function machine(name: string): Promise<Machine> {
  const onProblem = (message: string) => expect.fail(message)
  const store = await openStore(join(folder, name), onProblem)
  const exams = new ExamsService({
    bank,
    journals: new JournalFolder({
      folder: join(store.folder, 'attempts'),
      entry: ExamEntry,
      onCorrupt: onProblem,
    }),
    labs: () => [],
    passMark: () => 65,
    onProblem,
  })
  const handsOnJournals = new JournalFolder({
    folder: join(store.folder, 'hands-on'),
    entry: HandsOnEntry,
    onCorrupt: onProblem,
  })
  const handsOn = {
    archive: new Archive<HandsOnAttempt, HandsOnEvent>({
      attempts: handsOnAttempts({ journals: handsOnJournals, onProblem }),
      journals: handsOnJournals,
      fold: foldHandsOn,
      isOver: isGraded,
      leavesBehind: () => false,
      isNeeded: () => true,
      show: () => undefined,
    }),
  }
  let told = 0
  const transfer = new TransferService({
    exams,
    handsOn,
    store,
    room: new ExamRoom(() => exams.sitting()),
    onLabs: () => told++,
  })
  const one = { store, exams, handsOn, handsOnJournals, transfer, labsTold: () => told }
  opened.push(one)
  return one
}

/** Ends an attempt in which every item has an answer. */
async function sit({ exams }: Machine, mode: 'real' | 'practice', length = 6): Promise<string> {
  const id = await exams.start({ mode, length, extraTime: 1 })
  const { items } = await exams.view(id)
  for (let item = 0; item < items.length; item++) {
    let { current } = await exams.apply(id, { kind: 'moved', item })
    const [first] = current.options
    if (current.delivery === 'classic')
      await exams.apply(id, { kind: 'chose', item, options: [first?.id ?? 0] })
    while (current.delivery === 'domc' && !current.closed) {
      const option = current.options[0]?.id ?? 0
      ;({ current } = await exams.apply(id, { kind: 'decided', item, option, yes: true }))
    }
  }
  await exams.apply(id, { kind: 'flagged', item: 0, on: true })
  await exams.apply(id, { kind: 'ended', by: 'candidate' })
  return id
}

/** A hands-on exam of one task. */
async function sitHandsOn({ handsOnJournals }: Machine, id: string, ends = true): Promise<void> {
  const checks = [{ name: 'c', node: 'node1', guard: false, points: 2 }]
  const task = { id: 't', title: 'T', domain: 'networking', objectives: ['NET-05'], weight: 1, checks }
  const form = { examId: 'night', title: 'Night', minutes: 30, passMark: 65, tasks: [task] }
  const found = { name: 'c', green: true, expected: 'e', found: 'f', explanation: 'w' }
  const events: HandsOnEvent[] = [
    { kind: 'began', at: 0, attemptId: id, form, limit: 1_800_000 },
    { kind: 'opened', at: 1, task: 0 },
    { kind: 'handed-in', at: 2, task: 0 },
  ]
  if (ends) events.push({ kind: 'graded', at: 3, task: 0, checks: [found] })
  events.push({ kind: 'ended', at: 4, by: 'candidate' })
  const moment = { uptime: 0, boot: '', wall: Date.now() }
  for (const event of events) await handsOnJournals.append(id, { event, moment })
}

const packed = (document: unknown) => gzipSync(JSON.stringify(document)).toString('base64')
const exported = async ({ transfer }: Machine) => JSON.parse((await transfer.export()).text)
const NOTHING = { capstan: 'everything', version: 1, attempts: [], handsOn: [], labs: {}, marks: {} }
const [EARLY, LATE] = ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z']

describe('from one machine to another', () => {
  test('attempts are the same there: their result, their answers and their times', async () => {
    const [here, there] = [await machine('here'), await machine('there')]
    const ids = [await sit(here, 'real', 55), await sit(here, 'practice')]
    await sitHandsOn(here, 'h1')
    const summary = await there.transfer.import(packed(await exported(here)))
    const none = { known: 0, leftOut: 0 }
    expect(summary).toMatchObject({ attempts: { added: 2, ...none }, handsOn: { added: 1, ...none } })
    for (const id of ids) expect(await there.exams.result(id)).toEqual(await here.exams.result(id))
    expect(await there.exams.list()).toEqual(await here.exams.list())
    expect(await exported(there)).toEqual({
      ...(await exported(here)),
      exportedAt: expect.any(String),
    })
    expect(there.labsTold()).toBe(1)
  })

  test('what is there already stays as it is, and what is there alone too', async () => {
    const [here, there] = [await machine('here'), await machine('there')]
    const [mine, yours] = [await sit(here, 'practice'), await sit(there, 'practice')]
    await there.transfer.import(packed(await exported(here)))
    const before = await exported(there)
    const summary = await there.transfer.import(packed(await exported(here)))
    expect(summary.attempts).toEqual({ added: 0, known: 1, leftOut: 0 })
    expect(await exported(there)).toEqual({ ...before, exportedAt: expect.any(String) })
    expect((await there.exams.list()).map(({ id }) => id).sort()).toEqual([mine, yours].sort())
  })

  test('of each lab the best comes together, and of each mark the newest', async () => {
    const one = await machine('one')
    await one.store.updateProgress('same', () => ({ stepsDone: 3, completedAt: LATE }))
    await one.store.updateProgress('ahead', () => ({ stepsDone: 5, completedAt: null }))
    await one.store.marks.merge({ ports: { bookmarked: true, note: 'mine', at: LATE } })
    const summary = await one.transfer.import(
      packed({
        ...NOTHING,
        labs: {
          same: { stepsDone: 2, completedAt: EARLY },
          ahead: { stepsDone: 4, completedAt: null },
          other: { stepsDone: 1, completedAt: null },
        },
        marks: {
          ports: { bookmarked: false, note: 'older', at: EARLY },
          volumes: { bookmarked: false, note: 'theirs', at: EARLY },
        },
      }),
    )
    expect(summary).toMatchObject({ labs: 2, marks: 1 })
    expect(one.store.progress()).toEqual({
      same: { stepsDone: 3, completedAt: EARLY },
      ahead: { stepsDone: 5, completedAt: null },
      other: { stepsDone: 1, completedAt: null },
    })
    expect(one.store.marks.get('ports')?.note).toBe('mine')
    expect(one.store.marks.get('volumes')?.note).toBe('theirs')
  })

  test('an attempt that runs is in no export, and neither is its key', async () => {
    const one = await machine('one')
    const id = await one.exams.start({ mode: 'practice', length: 6, extraTime: 1 })
    const { text } = await one.transfer.export()
    expect(text).not.toContain(id)
    expect(text).not.toContain('"key"')
    await sitHandsOn(one, 'graded-later', false)
    expect((await exported(one)).handsOn).toEqual([])
  })

  test('while a real exam runs nothing goes out, comes in or is removed', async () => {
    const one = await machine('one')
    await sit(one, 'practice')
    const id = await one.exams.start({ mode: 'real', extraTime: 1 })
    const refused = { code: 'session-exists' }
    await expect(one.transfer.export()).rejects.toMatchObject(refused)
    await expect(one.transfer.import(packed(NOTHING))).rejects.toMatchObject(refused)
    await expect(one.transfer.reset()).rejects.toMatchObject(refused)
    await expect(one.exams.remove(id)).rejects.toMatchObject(refused)
    expect(await one.exams.list()).toHaveLength(2)
  })
})

describe('a file that somebody else wrote', () => {
  const damaged = { capstan: 'everything', version: 1, attempts: [], handsOn: [], marks: {} }
  test.each([
    ['is no gzip', 'bm8=', 'did not arrive whole'],
    ['is not JSON', gzipSync('{"').toString('base64'), 'is not JSON'],
    ['is another JSON', packed({ version: 1 }), 'not an export of Capstan'],
    ['is for an instructor', packed({ capstan: 'progress', version: 1 }), 'for an instructor'],
    ['is of a newer Capstan', packed({ ...NOTHING, version: 2 }), 'newer Capstan'],
    ['is too deep', gzipSync('['.repeat(100_000)).toString('base64'), 'more in it than any export'],
    ['is too large', gzipSync(' '.repeat(33 * 1024 * 1024)).toString('base64'), 'larger than 32 MB'],
    ['misses a part', packed({ ...damaged }), 'damaged at "labs"'],
    ['has a lab that is a path', packed({ ...NOTHING, labs: { '../x': {} } }), 'damaged at "labs'],
    [
      'has a note without an end',
      packed({ ...NOTHING, marks: { ports: { bookmarked: true, note: 'x'.repeat(2_001), at: EARLY } } }),
      'damaged at "marks.ports.note"',
    ],
    [
      'has too many attempts',
      packed({ ...NOTHING, attempts: Array(5_001).fill(0) }),
      'damaged at "attempts"',
    ],
  ])('that %s is refused, and nothing changes', async (_what, file, words) => {
    const one = await machine('one')
    await expect(one.transfer.import(file)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining(words),
      help: expect.stringMatching(/\.$/),
    })
    expect(await exported(one)).toMatchObject({ attempts: [], labs: {}, marks: {} })
  })

  interface Taken {
    readonly id: string
    readonly events: readonly { readonly event: Record<string, unknown>; readonly wall: number }[]
  }
  type Item = { readonly order: readonly number[] }

  /** Changes every event. */
  const each = (taken: Taken, change: (one: Taken['events'][number]) => object) => ({
    ...taken,
    events: taken.events.map((one) => ({ ...one, ...change(one) })),
  })
  /** Changes the items of the form. */
  const items = (taken: Taken, change: (all: readonly Item[]) => readonly Item[]) =>
    each(taken, ({ event }) => {
      const form = event.form as { readonly items: readonly Item[] } | undefined
      return form ? { event: { ...event, form: { ...form, items: change(form.items) } } } : {}
    })
  const alsoBegan = ({ id, events }: Taken) => ({ id, events: [...events, ...events.slice(0, 1)] })

  test.each<[string, (taken: Taken) => object]>([
    ['under another name', (taken) => ({ ...taken, id: 'another' })],
    ['under a path', (taken) => ({ ...taken, id: '../../x' })],
    ['that is not over', ({ id, events }) => ({ id, events: events.slice(0, -1) })],
    ['without a beginning', ({ id, events }) => ({ id, events: events.slice(1) })],
    ['without an event', ({ id }) => ({ id, events: [] })],
    ['that begins twice', ({ id, events }) => alsoBegan({ id, events: events.slice(0, -1) })],
    [
      'with an item that its form does not have',
      (taken) =>
        each(taken, ({ event }) => (event.kind === 'flagged' ? { event: { ...event, item: 99 } } : {})),
    ],
    ['with a day that no calendar has', (taken) => each(taken, () => ({ wall: 9e15 }))],
    [
      'that took longer than numbers go',
      (taken) => each(taken, ({ event }) => ({ event: { ...event, at: 1e308 } })),
    ],
    ['with too many items', (taken) => items(taken, (all) => Array(201).fill(all[0]))],
    [
      'with too many options',
      (taken) => items(taken, (all) => all.map((item) => ({ ...item, order: Array(21).fill(1) }))),
    ],
    [
      'with an event of a newer Capstan',
      ({ id, events }) => ({ id, events: [...events, { event: { kind: 'new', at: 1 }, wall: 1 }] }),
    ],
  ])('an attempt %s is left out, and the others come in', async (_what, damage) => {
    const [here, there] = [await machine('here'), await machine('there')]
    const good = await sit(here, 'practice')
    const document = await exported(here)
    const [taken] = document.attempts
    const bad = JSON.parse(JSON.stringify(taken).replaceAll(good, 'bad'))
    const { attempts } = await there.transfer.import(
      packed({ ...document, attempts: [damage(bad), 'nonsense', taken] }),
    )
    expect(attempts).toEqual({ added: 1, known: 0, leftOut: 2 })
    expect((await there.exams.list()).map(({ id }) => id)).toEqual([good])
    expect(await there.exams.seen()).toHaveLength(6)
  })
})

describe('reset', () => {
  test('removes every attempt, the progress of labs and the marks, and leaves the settings', async () => {
    const one = await machine('one')
    await sit(one, 'practice')
    await sitHandsOn(one, 'h1')
    await one.exams.start({ mode: 'practice', length: 6, extraTime: 1 })
    await one.store.updateProgress('ports', () => ({ stepsDone: 3, completedAt: EARLY }))
    await one.store.marks.set('ports', { bookmarked: true, note: '' })
    await one.store.updateSettings((settings) => ({ ...settings, passMark: 70, placement: 'p1' }))
    await one.transfer.reset()
    expect(await exported(one)).toMatchObject({ attempts: [], handsOn: [], labs: {}, marks: {} })
    expect(await one.exams.list()).toEqual([])
    expect(one.store.settings()).toMatchObject({ passMark: 70, placement: null })
    expect(one.labsTold()).toBe(1)
    const again = await openStore(one.store.folder, (message) => expect.fail(message))
    expect([again.progress(), again.marks.all()]).toEqual([{}, {}])
  })

  test('takes away nothing while a hands-on exam waits for its grades', async () => {
    const one = await machine('one')
    const id = await sit(one, 'practice')
    await sitHandsOn(one, 'h1', false)
    await expect(one.transfer.reset()).rejects.toMatchObject({ code: 'session-state' })
    expect((await one.exams.list()).map((attempt) => attempt.id)).toEqual([id])
  })
})
