import { expect, test } from 'vitest'
import { AttemptClock, type Moment, since } from './attempt-clock'

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

test('goes on after a restart of the app by the uptime of the machine', () => {
  const later: Moment = { monotonic: 10, uptime: 80_000, boot: 'a', wall: 5 }
  const clock = AttemptClock.resumed({ at: 7_000, moment: start }, { stops: false, now: () => later })
  expect(clock.at()).toBe(37_010)
})

test('stands still in between where it may', () => {
  const later: Moment = { monotonic: 10, uptime: 80_000, boot: 'a', wall: 5 }
  expect(AttemptClock.resumed({ at: 7_000, moment: start }, { stops: true, now: () => later }).at()).toBe(
    7_000,
  )
})

test('after a restart of the machine the wall clock counts, and never backwards', () => {
  expect(since(start, { uptime: 1_000, boot: 'b', wall: 1_090_000 })).toBe(90_000)
  expect(since(start, { uptime: 1_000, boot: 'b', wall: 900_000 })).toBe(0)
  expect(since(start, { uptime: 60_000, boot: 'a', wall: 0 })).toBe(10_000)
})
