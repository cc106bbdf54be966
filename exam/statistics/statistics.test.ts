import { expect, test } from 'vitest'
import { itemStatistics, type Response } from './statistics'

const OPTIONS = [0, 1, 2].map((id) => ({ id, right: id === 0 }))

/** Forty people of rising ability, five items; the item in question is answered as told. */
function responses(isRight: (person: number) => boolean, wrongOption = 1): Response[] {
  return Array.from({ length: 40 }, (_one, person) => person).flatMap((person) => {
    const others = [1, 2, 3, 4].map((item) => {
      const right = person >= item * 8
      return { attemptId: `${person}`, itemId: `other-${item}`, right, picked: [right ? 0 : 1] }
    })
    const right = isRight(person)
    return [...others, { attemptId: `${person}`, itemId: 'it', right, picked: [right ? 0 : wrongOption] }]
  })
}
const statisticsOf = (list: Response[]) =>
  itemStatistics(list, () => OPTIONS).find(({ itemId }) => itemId === 'it')

test('an item that the able get right discriminates, one that they get wrong is flagged', () => {
  const good = statisticsOf(responses((person) => person >= 20))
  expect(good).toMatchObject({ count: 40, p: 0.5 })
  expect(good?.discrimination).toBeGreaterThan(0.6)
  const bad = statisticsOf(responses((person) => person < 20))
  expect(bad?.discrimination).toBeLessThan(0)
  expect(bad?.flags).toContain('does-not-discriminate')
})

test('too hard, too easy, and distractors that nobody picks', () => {
  expect(statisticsOf(responses((person) => person > 36))?.flags).toContain('too-hard')
  expect(statisticsOf(responses(() => true))).toMatchObject({ p: 1, discrimination: null })
  expect(statisticsOf(responses(() => true))?.flags).toContain('too-easy')
  const one = statisticsOf(responses((person) => person >= 20))
  expect(one?.picks).toEqual({ 0: 0.5, 1: 0.5, 2: 0 })
  expect(one?.flags).toEqual(['unused-distractor'])
})

test('few answers are not judged', () => {
  const few = responses(() => false).filter(({ attemptId }) => Number(attemptId) < 10)
  expect(statisticsOf(few)?.flags).toEqual([])
})
