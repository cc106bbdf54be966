import { beforeEach, describe, expect, test } from 'vitest'
import { CapstanError } from '../../../shared/errors'
import { FakeJournals } from '../../../test/fakes/journals'
import { type AttemptNow, Attempts, type AttemptsOptions, type StoredAttempt } from './attempts'
import type { Moment } from './clock'

/** An attempt that counts, for the tests: nothing of exams is in it. */
interface Count {
  readonly id: string
  readonly limit: number | null
  readonly elapsed: number
  readonly endedBy: string | null
  readonly total: number
  readonly late: number
}
type CountEvent =
  | { readonly kind: 'began'; readonly at: number; readonly id: string; readonly limit: number | null }
  | { readonly kind: 'added'; readonly at: number; readonly by: number }
  | { readonly kind: 'ticked'; readonly at: number }
  | { readonly kind: 'ended'; readonly at: number; readonly by: string }
  | { readonly kind: 'late'; readonly at: number }

function apply(count: Count, event: CountEvent): Count {
  const elapsed = Math.max(count.elapsed, event.at)
  if (event.kind === 'late') return { ...count, late: count.late + 1 }
  if (event.kind === 'ended') return { ...count, elapsed, endedBy: event.by }
  if (event.kind === 'added' && event.by < 0) throw new CapstanError('bad-input', 'Only upwards.')
  return { ...count, elapsed, total: count.total + (event.kind === 'added' ? event.by : 0) }
}

function fold([first, ...rest]: readonly CountEvent[]): Count {
  if (first?.kind !== 'began') throw new Error('no beginning')
  const { id, limit } = first
  return rest.reduce(apply, { id, limit, elapsed: 0, endedBy: null, total: 0, late: 0 })
}

type Options = AttemptsOptions<Count, CountEvent, StoredAttempt<Count>>

let journals: FakeJournals<CountEvent>
let time: number
/** Alarms that are set: when they ring, in milliseconds from when they were set. */
let alarms: { readonly ring: () => void; readonly ms: number }[]
let problems: string[]
let changes: AttemptNow<Count>[]

beforeEach(() => {
  journals = new FakeJournals()
  time = 1_000
  alarms = []
  problems = []
  changes = []
})

const now = (): Moment => ({ monotonic: time, uptime: time, boot: 'a', wall: time })

/** As another process would open them, on the same journals. */
function open(options: Partial<Options> = {}): Attempts<Count, CountEvent, StoredAttempt<Count>> {
  return new Attempts({
    journals,
    fold,
    apply,
    keep: (stored) => stored,
    isOver: ({ endedBy }) => endedBy !== null,
    onProblem: (message) => problems.push(message),
    timeUp: (at) => ({ kind: 'ended', at, by: 'time' }),
    onChange: (change) => changes.push(change),
    now,
    alarm: (ring, ms) => {
      const alarm = { ring, ms }
      alarms.push(alarm)
      return () => {
        alarms = alarms.filter((one) => one !== alarm)
      }
    },
    ...options,
  })
}

const begin = (id: string, limit: number | null = null): CountEvent => ({ kind: 'began', at: 0, id, limit })
const add =
  (by: number) =>
  (at: number): CountEvent => ({ kind: 'added', at, by })
const end = (at: number): CountEvent => ({ kind: 'ended', at, by: 'candidate' })
const kinds = (id: string) => journals.entries.get(id)?.map(({ event }) => event.kind)

describe('record', () => {
  test('journals the event with its time, then reports the change once', async () => {
    const attempts = open()
    await attempts.begin('a', begin('a'))
    time += 500
    const answer = await attempts.record('a', add(2))
    expect(answer).toMatchObject({ attempt: { total: 2, elapsed: 500 }, at: 500, startedAt: new Date(1_000) })
    expect(journals.entries.get('a')?.[1]).toEqual({
      event: { kind: 'added', at: 500, by: 2 },
      moment: { uptime: 1_500, boot: 'a', wall: 1_500 },
    })
    expect(changes).toEqual([answer])
    expect(changes[0]).toBe(answer)
  })

  test('events of one attempt are journaled in the order of the calls, however long each takes', async () => {
    const attempts = open()
    await attempts.begin('a', begin('a'))
    let waits = 3
    journals.onAppend = async () => {
      for (let count = waits--; count > 0; count--) await Promise.resolve()
    }
    await Promise.all([1, 2, 3].map((by) => attempts.record('a', add(by))))
    expect(journals.entries.get('a')?.map(({ event }) => ('by' in event ? event.by : 0))).toEqual([
      0, 1, 2, 3,
    ])
    expect(changes.map(({ attempt }) => attempt.total)).toEqual([1, 3, 6])
  })

  test('an event that cannot be journaled changes nothing, and the next one can', async () => {
    const attempts = open()
    await attempts.begin('a', begin('a'))
    journals.onAppend = () => Promise.reject(new CapstanError('no-space', 'Full.'))
    await expect(attempts.record('a', add(1))).rejects.toMatchObject({ code: 'no-space' })
    expect((await attempts.get('a')).attempt.total).toBe(0)
    journals.onAppend = () => undefined
    expect((await attempts.record('a', add(1))).attempt.total).toBe(1)
    expect(changes).toHaveLength(1)
  })

  test('an event that does not fit is refused before it is journaled', async () => {
    const attempts = open()
    await attempts.begin('a', begin('a'))
    await expect(attempts.record('a', add(-1))).rejects.toMatchObject({
      code: 'bad-input',
      message: 'Only upwards.',
    })
    expect(kinds('a')).toEqual(['began'])
  })

  test('the maker of an event may refuse, with its own error', async () => {
    const attempts = open()
    await attempts.begin('a', begin('a'))
    const refuse = () => {
      throw new CapstanError('session-state', 'Not now.')
    }
    await expect(attempts.record('a', refuse)).rejects.toMatchObject({ code: 'session-state' })
    expect(kinds('a')).toEqual(['began'])
  })

  test('after the end nothing changes any more, except what comes late on purpose', async () => {
    const attempts = open()
    await attempts.begin('a', begin('a'))
    await attempts.record('a', end)
    expect((await attempts.record('a', add(5))).attempt.total).toBe(0)
    expect((await attempts.recordLate('a', (at) => ({ kind: 'late', at }))).attempt.late).toBe(1)
    expect(kinds('a')).toEqual(['began', 'ended', 'late'])
    expect(changes).toHaveLength(2)
  })

  test('an event that comes too late ends the attempt instead, at its limit', async () => {
    const attempts = open()
    await attempts.begin('a', begin('a', 1_000))
    time += 5_000
    const { attempt } = await attempts.record('a', add(5))
    expect(attempt).toMatchObject({ total: 0, endedBy: 'time', elapsed: 1_000 })
  })

  test('an attempt that is not there is refused, and asked for again later it may be there', async () => {
    const attempts = open()
    await expect(attempts.record('b', add(1))).rejects.toMatchObject({ code: 'not-found' })
    await open().begin('b', begin('b'))
    expect((await attempts.record('b', add(1))).attempt.total).toBe(1)
  })
})

describe('the alarm', () => {
  test('ends an attempt when its time is up, whether or not somebody looks', async () => {
    await open().begin('a', begin('a', 60_000))
    expect(alarms.map(({ ms }) => ms)).toEqual([60_000])
    time += 60_000
    alarms[0]?.ring()
    await expect.poll(() => kinds('a')).toEqual(['began', 'ended'])
    expect(changes[0]?.attempt.endedBy).toBe('time')
    expect(alarms).toEqual([])
  })

  test('an end that cannot be journaled is tried again after a pause', async () => {
    await open().begin('a', begin('a', 60_000))
    time += 60_000
    journals.onAppend = () => Promise.reject(new CapstanError('no-space', 'Full.'))
    alarms.shift()?.ring()
    await expect.poll(() => alarms.map(({ ms }) => ms)).toEqual([1_000])
    journals.onAppend = () => undefined
    alarms.shift()?.ring()
    await expect.poll(() => kinds('a')).toEqual(['began', 'ended'])
  })

  test('keeps the time of an attempt where that is wanted', async () => {
    await open({ tick: (at) => ({ kind: 'ticked', at }) }).begin('a', begin('a'))
    expect(alarms.map(({ ms }) => ms)).toEqual([5_000])
    time += 5_000
    alarms.shift()?.ring()
    await expect.poll(() => kinds('a')).toEqual(['began', 'ticked'])
    await expect.poll(() => alarms.map(({ ms }) => ms)).toEqual([5_000])
  })

  test('an attempt without a limit needs none', async () => {
    await open().begin('a', begin('a'))
    expect(alarms).toEqual([])
  })

  test('is cancelled by the end and by the dispose, and none is set afterwards', async () => {
    const attempts = open()
    await attempts.begin('a', begin('a', 60_000))
    await attempts.begin('b', begin('b', 60_000))
    await attempts.record('a', end)
    expect(alarms).toHaveLength(1)
    await attempts.dispose()
    expect(alarms).toEqual([])
    await attempts.begin('c', begin('c', 60_000))
    expect(alarms).toEqual([])
  })

  test('dispose waits for the event that is being journaled', async () => {
    const attempts = open()
    await attempts.begin('a', begin('a'))
    let written: (() => void) | null = null
    journals.onAppend = () =>
      new Promise((resolve) => {
        written = resolve
      })
    const recorded = attempts.record('a', add(1))
    const disposed = attempts.dispose()
    await expect.poll(() => written).not.toBeNull()
    setImmediate(() => written?.())
    await disposed
    expect(kinds('a')).toEqual(['began', 'added'])
    await recorded
  })
})

describe('another process', () => {
  test('goes on with the same attempt, and the clock went on meanwhile', async () => {
    const first = open()
    await first.begin('a', begin('a', 60_000))
    time += 5_000
    await first.record('a', add(3))
    time += 10_000
    const { attempt, at, startedAt } = await open().get('a')
    expect(attempt.total).toBe(3)
    expect(at).toBeGreaterThanOrEqual(15_000)
    expect(at).toBeLessThan(15_100)
    expect(startedAt).toEqual(new Date(1_000))
  })

  test('goes on where it was, when the clock of the attempt stands still', async () => {
    await open().begin('a', begin('a'))
    time += 10_000
    expect((await open({ stops: () => true }).get('a')).at).toBe(0)
  })
})

test('back on a machine, the time that passed there counts, whatever the clock of another one was set to', async () => {
  let moment: Moment = { monotonic: 0, uptime: 1_000, boot: 'a', host: 'A', wall: 1_000 }
  const there = { now: () => moment }
  await open(there).begin('a', begin('a'))
  moment = { monotonic: 0, uptime: 1, boot: 'b', host: 'B', wall: 1_000 }
  const other = open(there)
  await other.get('a')
  moment = { ...moment, wall: 90_000_000 }
  expect((await other.record('a', add(1))).at).toBeLessThan(100)
  moment = { monotonic: 0, uptime: 61_000, boot: 'a', host: 'A', wall: 61_000 }
  const { at } = await open(there).get('a')
  expect(at).toBeGreaterThanOrEqual(60_000)
  expect(at).toBeLessThan(60_100)
})

describe('list', () => {
  test('has the newest first, all as they are now', async () => {
    const attempts = open()
    await attempts.begin('a', begin('a'))
    time += 1_000
    await attempts.begin('b', begin('b'))
    time += 1_000
    await attempts.record('a', add(4))
    expect((await attempts.list()).map(({ attempt, at }) => [attempt.id, attempt.total, at])).toEqual([
      ['b', 0, 1_000],
      ['a', 4, 2_000],
    ])
  })

  test('two that began in the same moment have an order of their own', async () => {
    const attempts = open()
    for (const id of ['b', 'c', 'a']) await attempts.begin(id, begin(id))
    expect((await attempts.all()).map(({ attempt }) => attempt.id)).toEqual(['a', 'b', 'c'])
  })

  test('ends an attempt whose time ran out while nobody looked', async () => {
    await open().begin('a', begin('a', 1_000))
    time += 5_000
    const [listed] = await open().list()
    expect(listed?.attempt.endedBy).toBe('time')
    expect(kinds('a')).toEqual(['began', 'ended'])
  })

  test('shows an attempt whose end cannot be journaled as it is', async () => {
    await open().begin('a', begin('a', 1_000))
    time += 5_000
    journals.onAppend = () => Promise.reject(new CapstanError('no-space', 'Full.'))
    const [listed] = await open().list()
    expect(listed).toMatchObject({ attempt: { endedBy: null } })
    expect(listed?.at).toBeGreaterThan(1_000)
  })

  test('does not start a clock that stands still', async () => {
    await open().begin('a', begin('a'))
    alarms = []
    const attempts = open({ stops: () => true, tick: (at) => ({ kind: 'ticked', at }) })
    time += 5_000
    expect((await attempts.list())[0]?.at).toBe(0)
    expect(alarms).toEqual([])
    await attempts.get('a')
    expect(alarms).toHaveLength(1)
  })
})

describe('the journals', () => {
  test('of attempts that are over are read once', async () => {
    const first = open()
    await first.begin('over', begin('over'))
    await first.record('over', end)
    await first.begin('running', begin('running'))
    const attempts = open()
    const [before] = await attempts.all()
    await first.record('running', add(1))
    const [after] = await attempts.all()
    expect(after).toBe(before)
    expect((await attempts.get('over')).attempt).toBe(before?.attempt)
    expect(journals.reads).toEqual(['over', 'running', 'running'])
  })

  test('that do not grow are not read again', async () => {
    await open().begin('running', begin('running'))
    const attempts = open()
    await attempts.all()
    await attempts.all()
    expect(journals.reads).toEqual(['running'])
  })

  test('that are gone are gone from the list', async () => {
    const attempts = open()
    await attempts.begin('a', begin('a'))
    await attempts.all()
    journals.entries.delete('a')
    expect(await attempts.all()).toEqual([])
  })

  test('without an entry are no attempts', async () => {
    journals.entries.set('empty', [])
    expect(await open().all()).toEqual([])
    await expect(open().get('empty')).rejects.toMatchObject({ code: 'not-found' })
    expect(problems).toEqual([])
  })

  test.each([
    ['that cannot be read', () => void journals.broken.add('bad'), 'bad is damaged.'],
    [
      'that no attempt could have written',
      () =>
        void journals.entries.set('bad', [
          { event: { kind: 'ticked', at: 1 }, moment: { uptime: 0, boot: '', wall: 0 } },
        ]),
      'folder/bad.jsonl cannot be opened: no beginning',
    ],
    [
      'of another attempt',
      () => void journals.entries.set('bad', journals.entries.get('good') ?? []),
      'folder/bad.jsonl is the journal of another attempt.',
    ],
  ])('%s are reported once and hide no other', async (_what, spoil, message) => {
    const attempts = open()
    await attempts.begin('good', begin('good'))
    spoil()
    for (let count = 0; count < 3; count++)
      expect((await attempts.list()).map(({ attempt }) => attempt.id)).toEqual(['good'])
    expect(problems).toEqual([message])
    await expect(attempts.get('bad')).rejects.toMatchObject({ code: 'store-corrupt' })
    expect(problems).toHaveLength(1)
  })

  test('that were repaired are read again, and reported again when they break again', async () => {
    const attempts = open()
    const { event, moment } = { event: begin('a'), moment: { uptime: 0, boot: '', wall: 0 } }
    const tick: CountEvent = { kind: 'ticked', at: 1 }
    const ids = async () => (await attempts.all()).map(({ attempt }) => attempt.id)
    journals.entries.set('a', [{ event: tick, moment }])
    expect(await ids()).toEqual([])
    journals.entries.set('a', [
      { event, moment },
      { event: tick, moment },
    ])
    expect(await ids()).toEqual(['a'])
    journals.entries.delete('a')
    expect(await ids()).toEqual([])
    journals.entries.set('a', [{ event: tick, moment }])
    expect(await ids()).toEqual([])
    expect(problems).toHaveLength(2)
  })

  test('that fail with a fault of ours are not hidden', async () => {
    journals.entries.set('bad', [])
    journals.read = () => Promise.reject(new TypeError('a fault'))
    await expect(open().all()).rejects.toThrow('a fault')
  })
})

describe('the attempts that are under way', () => {
  test('are those that run, also in the journals of another process', async () => {
    const first = open()
    for (const id of ['a', 'b', 'over']) await first.begin(id, begin(id))
    await first.record('over', end)
    const attempts = open()
    const ids = async () => (await attempts.underWay()).map(({ id }) => id).sort()
    expect(await ids()).toEqual(['a', 'b'])
    await attempts.record('b', end)
    await attempts.begin('c', begin('c'))
    expect(await ids()).toEqual(['a', 'c'])
  })

  test('are found by one look at all journals', async () => {
    await open().begin('a', begin('a'))
    const attempts = open()
    await Promise.all([attempts.underWay(), attempts.underWay()])
    await attempts.underWay()
    expect(journals.reads).toEqual(['a'])
  })

  test('do not include one whose clock stands still, before somebody works on it', async () => {
    await open().begin('a', begin('a'))
    const attempts = open({ stops: () => true })
    expect(await attempts.underWay()).toEqual([])
    await attempts.record('a', add(1))
    expect(await attempts.underWay()).toMatchObject([{ id: 'a', total: 1 }])
  })

  test('are looked for again after a look that failed', async () => {
    await open().begin('a', begin('a'))
    const attempts = open()
    const { list } = journals
    journals.list = () => Promise.reject(new CapstanError('store-corrupt', 'The folder cannot be listed.'))
    await expect(attempts.underWay()).rejects.toMatchObject({ code: 'store-corrupt' })
    journals.list = list
    expect(await attempts.underWay()).toMatchObject([{ id: 'a' }])
  })
})

describe('remove', () => {
  test('an attempt that is over is gone at once, and its id is free', async () => {
    const attempts = open()
    await attempts.begin('a', begin('a'))
    await attempts.record('a', end)
    await attempts.all()
    await attempts.remove('a')
    expect(await attempts.all()).toEqual([])
    await expect(attempts.get('a')).rejects.toMatchObject({ code: 'not-found' })
    expect(journals.entries.has('a')).toBe(false)
  })

  test('an attempt that runs stays', async () => {
    const attempts = open()
    await attempts.begin('a', begin('a', 60_000))
    await expect(attempts.remove('a')).rejects.toMatchObject({ code: 'session-state' })
    await expect(attempts.remove('b')).rejects.toMatchObject({ code: 'not-found' })
    expect(kinds('a')).toEqual(['began'])
    expect(alarms).toHaveLength(1)
  })
})
