import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  chance,
  GRID,
  likelihood,
  moments,
  normalBelief,
  normalised,
  quantile,
  SHARES,
  updated,
} from './ability'
import { type DoneLab, evidenceOf, type KnownAnswer } from './evidence'
import { type Review, review, reviewsDue, reviewsOf } from './reviews'

const NOW = new Date('2026-11-21T12:00:00Z')
const DAY_MS = 86_400_000
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY_MS)

test('the probability of a right answer is one half where ability meets difficulty, and rises with ability', () => {
  expect(chance(0.7, 0.7)).toBe(0.5)
  expect(chance(1, 0)).toBeCloseTo(0.731, 3)
  expect(chance(1, 0) + chance(0, 1)).toBeCloseTo(1, 12)
})

test('the share of right answers rises over the grid, from nearly none to nearly all', () => {
  expect(GRID[0]).toBe(-5)
  expect(GRID.at(-1)).toBe(5)
  expect(SHARES[0]).toBeLessThan(0.02)
  expect(SHARES.at(-1)).toBeGreaterThan(0.98)
  SHARES.forEach((share, index) => {
    if (index > 0) expect(share).toBeGreaterThan(SHARES[index - 1] ?? 1)
  })
})

test('no evidence changes no belief', () => {
  const belief = normalBelief(0.5, 1)
  expect(likelihood([]).every((value) => value === 1)).toBe(true)
  updated(belief, likelihood([])).forEach((p, index) => {
    expect(p).toBeCloseTo(belief[index] ?? 0, 12)
  })
})

test('a right answer moves the belief up, a wrong one down; a hard item says more when it is right', () => {
  const before = moments(normalBelief(0, 1), GRID).mean
  const after = (difficulty: 'easy' | 'hard', right: boolean) =>
    moments(updated(normalBelief(0, 1), likelihood([{ difficulty, right, weight: 1 }])), GRID).mean
  expect(after('hard', true)).toBeGreaterThan(after('easy', true))
  expect(after('easy', true)).toBeGreaterThan(before)
  expect(after('easy', false)).toBeLessThan(after('hard', false))
  expect(after('hard', false)).toBeLessThan(before)
})

test('much evidence does not lose the numbers: the belief still adds up', () => {
  const evidence = Array.from(
    { length: 5_000 },
    () => ({ difficulty: 'hard', right: true, weight: 1 }) as const,
  )
  const belief = updated(normalBelief(0, 1), likelihood(evidence))
  expect(belief.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9)
  expect(moments(belief, GRID).mean).toBeGreaterThan(4)
})

test('quantiles rise with their share, and stay within the values', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 100 }), { minLength: GRID.length, maxLength: GRID.length }),
      fc.double({ min: 0.01, max: 0.5, noNaN: true }),
      (weights, share) => {
        const belief = normalised(weights)
        const [low, high] = [quantile(belief, GRID, share), quantile(belief, GRID, share + 0.4)]
        expect(low).toBeLessThanOrEqual(high)
        expect(low).toBeGreaterThanOrEqual(-5)
        expect(high).toBeLessThanOrEqual(5)
      },
    ),
  )
  expect(quantile(normalBelief(0, 1), GRID, 2)).toBe(5)
})

const answer = (part: Partial<KnownAnswer> = {}): KnownAnswer => ({
  itemId: 'a',
  difficulty: 'medium',
  right: true,
  domain: 'alpha',
  objectives: ['ALP-01'],
  at: NOW,
  ...part,
})
const lab: DoneLab = { id: 'lab', difficulty: 'easy', domain: 'alpha', objectives: ['ALP-02'], at: NOW }

test.each<[string, KnownAnswer[], DoneLab[], number[]]>([
  ['nothing', [], [], []],
  ['a new answer weighs 1', [answer()], [], [1]],
  ['after a half-life it weighs half', [answer({ at: daysAgo(60) })], [], [0.5]],
  ['after two it weighs a quarter', [answer({ at: daysAgo(120) })], [], [0.25]],
  ['a repeated item weighs half', [answer(), answer({ at: daysAgo(1) })], [], [0.5]],
  ['a lab weighs half', [], [lab], [0.5]],
  ['an old lab weighs less', [], [{ ...lab, at: daysAgo(60) }], [0.25]],
  ['a clock that was set back does not make evidence heavier', [answer({ at: daysAgo(-30) })], [], [1]],
])('evidence: %s', (_what, answers, labs, weights) => {
  expect(evidenceOf(answers, labs, NOW).map(({ weight }) => weight)).toEqual(weights)
})

test('the last answer counts by its time, and a lab counts as known', () => {
  const answers = [answer({ right: true }), answer({ right: false, at: daysAgo(3) })]
  const [item, done] = evidenceOf(answers, [lab], NOW)
  expect(item).toMatchObject({ source: 'item', right: true, domain: 'alpha', objectives: ['ALP-01'] })
  expect(done).toMatchObject({ source: 'lab', right: true, difficulty: 'easy', objectives: ['ALP-02'] })
  expect(answers[0]?.at).toBe(NOW)
})

const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

test('the first review of a missed item is due soon, that of a known one later', () => {
  const missed = review(null, { right: false, at: NOW })
  const known = review(null, { right: true, at: NOW })
  expect(Date.parse(missed.due)).toBeGreaterThan(NOW.getTime())
  expect(Date.parse(missed.due)).toBeLessThan(Date.parse(known.due))
  expect(missed.last_review).toBe(NOW.toISOString())
})

test('the same answers give the same dates, whatever their order', () => {
  const answers = [0, 15, 2_000, 9_000].map((minutes, index) => ({
    itemId: 'one',
    right: index > 0,
    at: at(minutes),
  }))
  expect(reviewsOf([...answers].reverse())).toEqual(reviewsOf(answers))
})

test('a review that is taken from JSON goes on as the one that was kept', () => {
  const kept = review(null, { right: false, at: NOW })
  const read: Review = JSON.parse(JSON.stringify(kept))
  expect(review(read, { right: true, at: at(20) })).toEqual(review(kept, { right: true, at: at(20) }))
  expect(review({ ...read, last_review: null }, { right: true, at: at(20) }).due).toMatch(/^2026-/)
})

test('a missed item comes back sooner each time it is missed again', () => {
  const days = ({ due }: Review, from: Date) => (Date.parse(due) - from.getTime()) / DAY_MS
  let known = review(null, { right: true, at: NOW })
  for (let turn = 0; turn < 3; turn++) known = review(known, { right: true, at: new Date(known.due) })
  const later = new Date(known.due)
  const missed = review(known, { right: false, at: later })
  expect(days(missed, later)).toBeLessThan(1)
  expect(missed.lapses).toBe(known.lapses + 1)
})

test('due reviews come with the longest overdue first, and one that is due this moment counts', () => {
  const due = (id: string, minutes: number): [string, Review] => [
    id,
    { ...review(null, { right: false, at: NOW }), due: at(minutes).toISOString() },
  ]
  const reviews = new Map([due('later', 1), due('now', 0), due('long ago', -900), due('today', -10)])
  expect(reviewsDue(reviews, NOW)).toEqual(['long ago', 'today', 'now'])
  expect(reviewsDue(new Map(), NOW)).toEqual([])
})
