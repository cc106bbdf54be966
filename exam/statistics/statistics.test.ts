import { expect, test } from 'vitest'
import { itemStatistics, type Response } from './statistics'

const OPTIONS = [0, 1, 2].map((id) => ({ id, right: id === 0 }))

/** Forty people of rising ability answer five items. `isRight` decides the answers to the item in question. */
function responses(isRight: (person: number) => boolean, wrongOption = 1): Response[] {
  return Array.from({ length: 40 }, (_one, person) => person).flatMap((person) => {
    const others = [1, 2, 3, 4].map((item) => {
      const right = person >= item * 8
      return {
        attemptId: `${person}`,
        itemId: `other-${item}`,
        right,
        picked: [right ? 0 : 1],
        shown: [0, 1, 2],
      }
    })
    const right = isRight(person)
    const picked = [right ? 0 : wrongOption]
    return [...others, { attemptId: `${person}`, itemId: 'it', right, picked, shown: [0, 1, 2] }]
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

test('an option counts among those who saw it, and one that nobody saw is not called unused', () => {
  const shown = responses((person) => person >= 20).map((one) =>
    one.itemId === 'it' ? { ...one, shown: one.right ? [0] : [1, 0] } : one,
  )
  expect(statisticsOf(shown)).toMatchObject({ picks: { 0: 0.5, 1: 1 }, flags: [] })
})

test('thousands of responses are counted in a moment', () => {
  const many = Array.from({ length: 50 }, () => responses((person) => person >= 20)).flat()
  expect(statisticsOf(many)).toMatchObject({ count: 2000, p: 0.5 })
})
