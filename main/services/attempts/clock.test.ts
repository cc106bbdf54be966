import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AttemptClock, type Mark, type Moment, momentNow, since } from './clock'

const start: Moment = { monotonic: 1_000, uptime: 50_000, boot: 'a', wall: 1_000_000 }

test('counts by the monotonic clock, whatever the wall clock does', () => {
  let now = start
  const clock = AttemptClock.fresh(() => now)
  now = { ...start, monotonic: 6_000, wall: 1 }
  expect(clock.at()).toBe(5_000)
})

test('counts the time that the machine slept', () => {
  let now = start
  const clock = AttemptClock.fresh(() => now)
  now = { ...start, monotonic: 2_000, uptime: 650_000 }
  expect(clock.at()).toBe(599_990)
})

test('after a restart of the app the uptime of the machine counts', () => {
  const later: Moment = { monotonic: 10, uptime: 80_000, boot: 'a', wall: 5 }
  const clock = AttemptClock.resumed({ at: 7_000, moment: start }, { stops: false, now: () => later })
  expect(clock.at()).toBe(37_010)
})

test('a clock that may stand still does not count the time in between', () => {
  const later: Moment = { monotonic: 10, uptime: 80_000, boot: 'a', wall: 5 }
  expect(AttemptClock.resumed({ at: 7_000, moment: start }, { stops: true, now: () => later }).at()).toBe(
    7_000,
  )
})

test('after a restart of the machine the wall clock counts, but never backwards', () => {
  expect(since(start, { uptime: 1_000, boot: 'b', wall: 1_090_000 })).toBe(90_000)
  expect(since(start, { uptime: 60_000, boot: 'a', wall: 0 })).toBe(10_000)
})

test('after a restart of the machine with the wall clock set back, its uptime has passed nevertheless', () => {
  expect(since(start, { uptime: 30_000, boot: 'b', wall: 900_000 })).toBe(30_000)
  expect(since(start, { uptime: 30_000, boot: 'b', wall: 1_000_001 })).toBe(30_000)
})

describe('at another machine', () => {
  const here: Moment = { ...start, host: 'one' }
  const there = (wall: number): Moment => ({ monotonic: 5, uptime: 9_000_000, boot: 'x', host: 'two', wall })
  const resumedAt = (now: Moment, last: Mark, marks: readonly Mark[] = [last]) =>
    AttemptClock.resumed(last, { stops: false, marks, now: () => now }).at()

  test('its uptime does not count: an attempt that was moved at once has lost nothing', () => {
    expect(resumedAt(there(1_002_000), { at: 7_000, moment: here })).toBe(9_010)
  })

  test('a wall clock that is behind gives no time back', () => {
    expect(resumedAt(there(5), { at: 7_000, moment: here })).toBe(7_010)
  })

  test('the time at the first machine counts when the attempt comes back, whatever the second clock said', () => {
    const before: Mark = { at: 7_000, moment: here }
    const away: Mark = { at: 8_000, moment: there(5) }
    const back: Moment = { monotonic: 1, uptime: 110_000, boot: 'a', host: 'one', wall: 10 }
    expect(resumedAt(back, away, [before, away])).toBe(67_010)
  })

  test('after a restart of the first machine its uptime is the least that counts', () => {
    const before: Mark = { at: 7_000, moment: here }
    const away: Mark = { at: 8_000, moment: there(5) }
    const back: Moment = { monotonic: 1, uptime: 30_000, boot: 'b', host: 'one', wall: 10 }
    expect(resumedAt(back, away, [before, away])).toBe(37_010)
  })

  test('one run of a machine counts by its uptime, also when the machine got another name', () => {
    const later: Moment = { monotonic: 1, uptime: 80_000, boot: 'a', host: 'renamed', wall: 5 }
    expect(resumedAt(later, { at: 7_000, moment: here })).toBe(37_010)
  })

  test('without names of runs the same uptime of two machines is not one run', () => {
    const nameless: Mark = { at: 7_000, moment: { ...here, boot: '' } }
    expect(resumedAt({ ...there(1_000_500), boot: '' }, nameless)).toBe(7_510)
  })

  test('a journal without names of machines counts as one of this machine', () => {
    expect(since(start, { uptime: 30_000, boot: 'b', host: 'two', wall: 5 })).toBe(30_000)
  })
})

test('this machine has a name, and it does not tell its machine id', () => {
  const { host } = momentNow()
  expect(host).toMatch(/^[0-9a-f]{16}$/)
  expect(momentNow().host).toBe(host)
})

test.each([-86_400_000, 86_400_000])(
  'a wall clock set by %i ms over a restart of the app changes nothing',
  (by) => {
    const now = (wall: number): Moment => ({ monotonic: 10, uptime: 80_000, boot: 'a', wall })
    const at = (wall: number) =>
      AttemptClock.resumed({ at: 7_000, moment: start }, { stops: false, now: () => now(wall) }).at()
    expect(at(1_030_000 + by)).toBe(at(1_030_000))
  },
)

test('time never goes back and is never gained, whatever is restarted and whatever the wall clock is set to', () => {
  const step = fc.record({
    passes: fc.nat(100_000),
    event: fc.constantFrom('nothing', 'app', 'machine'),
    clockSetBy: fc.integer({ min: -1_000_000, max: 0 }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      let [now, passed, awake] = [start, 0, 0]
      let clock = AttemptClock.fresh(() => now)
      for (const { passes, event, clockSetBy } of steps) {
        const last = { at: clock.at(), moment: clock.moment() }
        const [uptime, wall] = [now.uptime + passes, now.wall + passes + clockSetBy]
        passed += passes
        // While a machine is off only its wall clock counts. When that was set back, only the uptime is sure.
        awake += event === 'machine' ? Math.floor(passes / 2) : passes
        now =
          event === 'nothing'
            ? { ...now, monotonic: now.monotonic + passes, uptime, wall }
            : event === 'app'
              ? { ...now, monotonic: 5, uptime, wall }
              : { monotonic: 5, uptime: Math.floor(passes / 2), boot: `${now.boot}+`, wall }
        if (event !== 'nothing') clock = AttemptClock.resumed(last, { stops: false, now: () => now })
        expect(clock.at()).toBeGreaterThanOrEqual(last.at)
        expect(clock.at()).toBeGreaterThanOrEqual(awake)
        expect(clock.at()).toBeLessThanOrEqual(passed + 20 * steps.length)
      }
    }),
  )
})
