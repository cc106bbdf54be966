import { expect, test } from 'vitest'
import { SAMPLE_ITEMS } from './sample-items'
import { standingOf } from './sample-standing'

const [one, two] = SAMPLE_ITEMS
if (!one || !two) throw new Error('there are two sample items')

test.each([
  [[], { end: null, shown: 0 }],
  [[false], { end: null, shown: 1 }],
  [[false, true], { end: 'accepted-all', shown: null }],
  [[true], { end: 'accepted-wrong', shown: null }],
  [[false, false], { end: 'refused-right', shown: null }],
])('an item with one right option, answered %j', (said, standing) => {
  expect(standingOf(one, said)).toEqual(standing)
})

test('an item with several right options is over when all of them were accepted', () => {
  expect(standingOf(two, [true])).toEqual({ end: null, shown: 1 })
  expect(standingOf(two, [true, false])).toEqual({ end: null, shown: 2 })
  expect(standingOf(two, [true, false, true])).toEqual({ end: 'accepted-all', shown: null })
})

test('the samples show what they are there for: options that are not reached, and a wrong one before a right one', () => {
  for (const { options } of SAMPLE_ITEMS) {
    const last = options.findLastIndex(({ right }) => right)
    expect(last).toBeLessThan(options.length - 1)
    expect(options.slice(0, last).some(({ right }) => !right)).toBe(true)
    expect(options.every(({ right, why }) => right === (why === null))).toBe(true)
  }
})
