import { expect, test } from 'vitest'
import { resultItem } from '../../testing/exam-samples.test-kit'
import { mostMissed } from './most-missed'

const item = (objectives: string[], right: boolean, reached = true) =>
  resultItem({ objectives, right, reached })

test('the objectives with the most missed items come first, with how many of how many', () => {
  const items = [
    item(['A'], false),
    item(['A', 'B'], false),
    item(['B'], true),
    item(['C'], true),
    item(['D'], false),
    item(['D'], false),
    item(['D'], true),
    item(['E'], false),
  ]
  const all = mostMissed(items)
  expect(all.map(({ id, missed, of }) => [id, missed, of])).toEqual([
    ['A', 2, 2],
    ['D', 2, 3],
  ])
  expect(all[0]?.labs).toEqual(resultItem().labs)
})

test('one missed item says nothing about its objective, and items that were not reached say nothing', () => {
  expect(mostMissed([item(['A'], false)])).toEqual([])
  expect(mostMissed([item(['A'], false), item(['A'], false, false)])).toEqual([])
})
