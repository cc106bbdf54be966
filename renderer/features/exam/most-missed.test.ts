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

test('where no objective was missed twice, those of single items are named', () => {
  const ids = (items: Parameters<typeof mostMissed>[0]) => mostMissed(items).map(({ id }) => id)
  expect(ids([item(['B'], false), item(['A'], false), item(['C'], true)])).toEqual(['A', 'B'])
  expect(ids(['A', 'B', 'C', 'D'].map((id) => item([id], false)))).toEqual(['A', 'B', 'C'])
})

test('items that were not reached say nothing', () => {
  expect(mostMissed([item(['A'], false, false)])).toEqual([])
})

test('among equals the objective of the domain in which most was missed comes first', () => {
  const one = (id: string, domain: string) => resultItem({ objectives: [id], domain, right: false })
  const missed = mostMissed([one('A', 'images'), one('B', 'storage'), one('C', 'storage')])
  expect(missed.map(({ id }) => id)).toEqual(['B', 'C', 'A'])
})
