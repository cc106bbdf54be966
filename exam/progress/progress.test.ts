import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Blueprint } from '../blueprint'
import { type Answer, chance, estimate } from './ability'
import { normal, readiness } from './readiness'
import { type Review, review, reviewsDue } from './reviews'

const answers = (count: number, rightShare: number): Answer[] =>
  Array.from({ length: count }, (_one, index) => ({
    itemId: `item-${index}`,
    difficulty: 'medium' as const,
    right: (index * 7919) % 100 < rightShare * 100,
  }))

test('more right answers mean more ability, and more answers mean more certainty', () => {
  const abilityOf = (list: Answer[]) => estimate(list).ability
  expect(abilityOf(answers(40, 0.9)).value).toBeGreaterThan(abilityOf(answers(40, 0.5)).value)
  expect(abilityOf(answers(40, 0.5)).value).toBeGreaterThan(abilityOf(answers(40, 0.1)).value)
  const width = (list: Answer[]) => abilityOf(list).high - abilityOf(list).low
  expect(width(answers(80, 0.5))).toBeLessThan(width(answers(10, 0.5)))
  expect(width([])).toBeGreaterThan(width(answers(10, 0.5)))
})

test('an item that is missed gets harder, one that is known easier', () => {
  const missed = estimate([{ itemId: 'a', difficulty: 'medium', right: false }]).difficulties.get('a')
  const known = estimate([{ itemId: 'a', difficulty: 'medium', right: true }]).difficulties.get('a')
  expect(missed?.value).toBeGreaterThan(0)
  expect(known?.value).toBeLessThan(0)
})

test('an ability is always a number, whatever was answered', () => {
  const anyAnswer = fc.record({
    itemId: fc.constantFrom('a', 'b', 'c'),
    difficulty: fc.constantFrom('easy' as const, 'medium' as const, 'hard' as const),
    right: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(anyAnswer, { maxLength: 300 }), (list) => {
      const { ability } = estimate(list)
      expect(Number.isFinite(ability.value)).toBe(true)
      expect(ability.low).toBeLessThan(ability.high)
      expect(chance(ability.value, 0)).toBeGreaterThan(0)
    }),
  )
})

const blueprint: Blueprint = {
  exam: { items: 55, minutes: 90, delivery: { classic: 13, domc: 42 }, passMark: 65, source: 'test' },
  domains: [
    { id: 'alpha', prefix: 'ALP', title: 'Alpha', weight: 70 },
    { id: 'beta', prefix: 'BET', title: 'Beta', weight: 30 },
  ],
  objectives: [{ id: 'ALP-01', title: 'One', source: 'test', hands: false }],
}
const given = (count: number, share: number) =>
  answers(count, share).map((answer) => ({ ...answer, domain: 'alpha', objectives: ['ALP-01'] }))

test('readiness rises with what is known, and the chance to pass with it', () => {
  const weak = readiness(given(60, 0.3), blueprint)
  const strong = readiness(given(60, 0.97), blueprint)
  expect(strong.total.percent).toBeGreaterThan(weak.total.percent)
  expect(strong.total.pass).toBeGreaterThan(weak.total.pass)
  expect(strong.domains.find(({ id }) => id === 'beta')).toMatchObject({ answers: 0 })
  for (const { low, percent, high } of [...strong.domains, ...strong.objectives, strong.total]) {
    expect(low).toBeLessThanOrEqual(percent)
    expect(high).toBeGreaterThanOrEqual(percent)
  }
})

test('the normal distribution', () => {
  expect(normal(0)).toBeCloseTo(0.5, 6)
  expect(normal(1.645)).toBeCloseTo(0.95, 3)
  expect(normal(-1.645)).toBeCloseTo(0.05, 3)
})

test('what is missed comes back sooner than what is known, and can be kept as JSON', () => {
  const at = new Date('2026-11-21T12:00:00Z')
  let known: Review | null = null
  for (let turn = 0; turn < 4; turn++) {
    known = review(known, { right: true, at: new Date(known?.due ?? at) })
    expect(JSON.parse(JSON.stringify(known))).toEqual(known)
  }
  const missed = review(known, { right: false, at: new Date(known?.due ?? at) })
  const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000
  expect(days(at.toISOString(), known?.due ?? '')).toBeGreaterThan(5)
  expect(days(missed.last_review ?? '', missed.due)).toBeLessThan(1)
  const all = new Map([
    ['known', known as Review],
    ['missed', missed],
  ])
  expect(reviewsDue(all, new Date(missed.due))).toContain('missed')
  expect(reviewsDue(all, at)).toEqual([])
})
