import { expect, test } from 'vitest'
import { PART_SECONDS, RemainingTime } from './remaining-time'

type Event = readonly [at: number, id: string, state: 'running' | 'done', fraction?: number]

/** A set-up on the machine whose times are known, with the course images reporting as they do. */
const WHOLE: readonly Event[] = [
  [0, 'packages', 'running'],
  [6, 'packages', 'done'],
  [6, 'engine-start', 'running'],
  [8, 'engine-start', 'done'],
  [8, 'node-image', 'running'],
  [8, 'base', 'running'],
  [28, 'base', 'done'],
  [28, 'course-images', 'running'],
  [38, 'course-images', 'running', 0.3],
  [50, 'course-images', 'running', 0.6],
  [56, 'node-image', 'done'],
  [63, 'course-images', 'done'],
  [63, 'mirror', 'running'],
  [69, 'mirror', 'running', 0.5],
  [75, 'mirror', 'done'],
  [75, 'template', 'running'],
  [82, 'template', 'done'],
]
const END = 82

/** What was told after each event, with what was true then. */
function told(events: readonly Event[], slower = 1): { at: number; told: number | null; left: number }[] {
  const remaining = new RemainingTime()
  return events.map(([at, id, state, fraction = null]) => {
    remaining.see({ id, state, fraction }, at * slower)
    return { at, told: remaining.at(at * slower), left: (END - at) * slower }
  })
}

test('on such a machine it is true from the first part to the last', () => {
  for (const { at, told: seconds, left } of told(WHOLE).slice(1))
    expect(Math.abs((seconds ?? 0) - left), `after ${at} s`).toBeLessThanOrEqual(2)
})

test('on a machine of a third of the speed it is true when the first parts are done', () => {
  const late = told(WHOLE, 3).filter(({ at }) => at >= 6)
  for (const { at, told: seconds, left } of late)
    expect(Math.abs((seconds ?? 0) - left), `after ${at * 3} s`).toBeLessThanOrEqual(left / 10 + 2)
})

test('where everything is there already, nothing is told', () => {
  const quick = WHOLE.map(([at, id, state]): Event => [at / 1000, id, state])
  expect(told(quick).map((one) => one.told)).toEqual(WHOLE.map(() => null))
})

test('what was there already says nothing about the speed of the machine', () => {
  const remaining = new RemainingTime()
  for (const id of ['packages', 'engine-start', 'base']) {
    remaining.see({ id, state: 'running', fraction: null }, 0)
    remaining.see({ id, state: 'done', fraction: 1 }, 0.1)
  }
  remaining.see({ id: 'course-images', state: 'running', fraction: null }, 0)
  remaining.see({ id: 'node-image', state: 'running', fraction: null }, 0)
  expect(remaining.at(5)).toBe(PART_SECONDS['node-image'] - 5 + PART_SECONDS.mirror + PART_SECONDS.template)
})

test('a part that takes longer than it should is never told to be over', () => {
  const remaining = new RemainingTime()
  remaining.see({ id: 'template', state: 'running', fraction: null }, 0)
  for (const id of Object.keys(PART_SECONDS).filter((part) => part !== 'template'))
    remaining.see({ id, state: 'done', fraction: 1 }, 0)
  expect(remaining.at(100)).toBe(1)
})
