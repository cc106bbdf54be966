import { expect, test } from 'vitest'
import { resultItem } from '../../testing/exam-samples.test-kit'
import { mostMissed } from './most-missed'

const item = (objectives: string[], right: boolean, answered = true) =>
  resultItem({ objectives, right, answered })

test('the objectives with the most missed items come first, with how many of how many', () => {
  const items = [
    item(['A'], false),
    item(['A', 'B'], false),
    item(['B'], true),
    item(['C'], true),
    item(['D'], false),
    item(['E'], false),
  ]
  const all = mostMissed(items, () => true)
  expect(all.map(({ id, missed, of }) => [id, missed, of])).toEqual([
    ['A', 2, 2],
    ['D', 1, 1],
    ['E', 1, 1],
  ])
  expect(all[0]?.labs).toEqual(resultItem().labs)
})

test('items that do not count are left out', () => {
  expect(mostMissed([item(['A'], false, false)], ({ answered }) => answered)).toEqual([])
})
