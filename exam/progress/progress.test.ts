import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Blueprint } from '../blueprint'
import { GRID, likelihood, moments, normalBelief, quantile, updated } from './ability'
import { type DoneLab, evidenceOf, type KnownAnswer } from './evidence'
import { normal, readiness } from './readiness'
import { type Review, review, reviewsDue, reviewsOf } from './reviews'

const NOW = new Date('2026-11-21T12:00:00Z')
const DAY_MS = 86_400_000

const blueprint: Blueprint = {
  exam: { items: 55, minutes: 90, delivery: { classic: 13, domc: 42 }, passMark: 65, source: 'test' },
  domains: [
    { id: 'alpha', prefix: 'ALP', title: 'Alpha', weight: 70 },
    { id: 'beta', prefix: 'BET', title: 'Beta', weight: 30 },
  ],
  objectives: [
    { id: 'ALP-01', title: 'One', source: 'test', hands: false },
    { id: 'ALP-02', title: 'Two', source: 'test', hands: false },
    { id: 'BET-01', title: 'Three', source: 'test', hands: false },
  ],
}

function answer(part: Partial<KnownAnswer> = {}): KnownAnswer {
  const where = { domain: 'alpha', objectives: ['ALP-01'] }
  return { itemId: 'a', difficulty: 'medium', right: true, at: NOW, ...where, ...part }
}
const answers = (count: number, rightShare: number, part: Partial<KnownAnswer> = {}): KnownAnswer[] =>
  Array.from({ length: count }, (_one, index) =>
    answer({
      itemId: `${part.domain ?? 'alpha'}-${index}`,
      right: Math.floor((index + 1) * rightShare) > Math.floor(index * rightShare),
      ...part,
    }),
  )
const everywhere = (count: number, share: number) => [
  ...answers(count, share),
  ...answers(count, share, { domain: 'beta', objectives: ['BET-01'] }),
]
const lab: DoneLab = { id: 'lab', difficulty: 'medium', domain: 'alpha', objectives: ['ALP-02'], at: NOW }
const report = (list: readonly KnownAnswer[], labs: readonly DoneLab[] = [], now = NOW) =>
  readiness(evidenceOf(list, labs, now), blueprint)
const width = ({ low, high }: { low: number; high: number }) => high - low
const objective = (id: string, list: readonly KnownAnswer[], labs: readonly DoneLab[] = []) => {
  const found = report(list, labs).objectives.find((one) => one.id === id)
  if (!found) throw new Error(`no objective ${id}`)
  return found
}

test('the grid gives a normal distribution its mean, variance and quantiles', () => {
  const belief = normalBelief(0.5, 0.8)
  expect(moments(belief, GRID).mean).toBeCloseTo(0.5, 3)
  expect(moments(belief, GRID).variance).toBeCloseTo(0.8, 2)
  expect(quantile(belief, GRID, 0.95)).toBeCloseTo(0.5 + 1.645 * Math.sqrt(0.8), 0)
  // Half a right answer twice is one right answer.
  const half = { difficulty: 'hard', right: true, weight: 0.5 } as const
  const twice = updated(belief, likelihood([half, half]))
  const once = updated(belief, likelihood([{ ...half, weight: 1 }]))
  twice.forEach((p, index) => {
    expect(p).toBeCloseTo(once[index] ?? 0, 12)
  })
})

test('without any answer nothing is claimed: the interval takes in nearly everything', () => {
  const { total, domains } = report([])
  expect(width(total)).toBeGreaterThan(50)
  expect(total.low).toBeLessThan(25)
  expect(total.high).toBeGreaterThan(75)
  expect(total).toMatchObject({ items: 0, labs: 0 })
  for (const domain of domains) expect(width(domain)).toBeGreaterThan(55)
})

test('a few right answers do not make anybody ready', () => {
  const { total } = report(answers(3, 1))
  expect(total.low).toBeLessThan(65)
  expect(total.pass).toBeLessThan(0.8)
})

test('readiness rises with what is known, and the chance to pass with it', () => {
  const [weak, strong] = [report(everywhere(60, 0.3)), report(everywhere(60, 0.97))]
  expect(strong.total.percent).toBeGreaterThan(weak.total.percent)
  expect(weak.total.pass).toBeLessThan(0.01)
  expect(strong.total.pass).toBeGreaterThan(0.98)
  expect(weak.total.percent).toBeGreaterThan(25)
  expect(weak.total.percent).toBeLessThan(38)
})

test('more answers mean more certainty, and the true share lies in the interval', () => {
  const widths = [2, 8, 30, 120].map((count) => width(report(everywhere(count, 0.5)).total))
  expect(widths).toEqual([...widths].sort((a, b) => b - a))
  const { total } = report(everywhere(120, 0.5))
  expect(total.low).toBeLessThan(52)
  expect(total.high).toBeGreaterThan(48)
})

test('what is not known of a domain is borrowed from the others, with more doubt', () => {
  const { domains } = report(answers(60, 0.95))
  const [alpha, beta] = domains
  expect(beta).toMatchObject({ id: 'beta', items: 0 })
  expect(beta?.percent).toBeGreaterThan(60)
  expect(beta?.percent).toBeLessThan(alpha?.percent ?? 0)
  expect(width(beta ?? { low: 0, high: 0 })).toBeGreaterThan(1.5 * width(alpha ?? { low: 0, high: 0 }))
})

test('an item that was seen again counts once, by its last answer, and less than a new one', () => {
  const early = new Date(NOW.getTime() - 60_000)
  const [wrong, right] = [answer({ right: false, at: early }), answer({ right: true })]
  expect(objective('ALP-01', [wrong, right]).items).toBe(1)
  // The order in which they are handed over does not matter, that of their times does.
  expect(report([right, wrong])).toEqual(report([wrong, right]))
  expect(objective('ALP-01', [wrong, right]).percent).toBeGreaterThan(objective('ALP-01', []).percent)
  expect(objective('ALP-01', [wrong, right]).percent).toBeLessThan(objective('ALP-01', [right]).percent)
  const drilled = Array.from({ length: 50 }, (_one, index) => answer({ at: new Date(NOW.getTime() - index) }))
  expect(report(drilled).total.pass).toBeLessThan(report(answers(8, 1)).total.pass)
})

test('a completed lab speaks for its objective, and less than a right answer', () => {
  const [nothing, done, known] = [
    objective('ALP-02', []),
    objective('ALP-02', [], [lab]),
    objective('ALP-02', [answer({ objectives: ['ALP-02'] })]),
  ]
  expect(done).toMatchObject({ items: 0, labs: 1 })
  expect(done.percent).toBeGreaterThan(nothing.percent)
  expect(done.percent).toBeLessThan(known.percent)
})

test('what was shown long ago counts less: the interval widens again', () => {
  const list = everywhere(40, 0.9)
  const later = new Date(NOW.getTime() + 180 * DAY_MS)
  expect(width(report(list, [], later).total)).toBeGreaterThan(width(report(list).total))
  expect(report(list, [], later).total.percent).toBeLessThan(report(list).total.percent)
})

const anyAnswer = fc.record({
  itemId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  difficulty: fc.constantFrom('easy' as const, 'medium' as const, 'hard' as const),
  right: fc.boolean(),
  domain: fc.constantFrom('alpha', 'beta', 'gone'),
  objectives: fc.subarray(['ALP-01', 'ALP-02', 'BET-01']),
  at: fc.nat(400).map((days) => new Date(NOW.getTime() - days * DAY_MS)),
})

test('whatever was answered: every share lies in its interval, and one right answer more never lowers it', () => {
  fc.assert(
    fc.property(fc.array(anyAnswer, { maxLength: 60 }), (list) => {
      const { total, domains, objectives } = report(list)
      for (const { low, percent, high } of [total, ...domains, ...objectives]) {
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(percent)
        expect(percent).toBeLessThanOrEqual(high)
        expect(high).toBeLessThanOrEqual(100)
      }
      expect(total.pass).toBeGreaterThanOrEqual(0)
      expect(total.pass).toBeLessThanOrEqual(1)
      const better = report([...list, answer({ itemId: 'new' })])
      expect(better.total.percent).toBeGreaterThan(total.percent)
    }),
    { numRuns: 40 },
  )
})

test('only what was ever missed is reviewed', () => {
  const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
  const reviews = reviewsOf([
    { itemId: 'missed', right: false, at: at(0) },
    { itemId: 'known', right: true, at: at(0) },
    { itemId: 'learnt', right: true, at: at(20) },
    { itemId: 'learnt', right: false, at: at(0) },
  ])
  expect([...reviews.keys()].sort()).toEqual(['learnt', 'missed'])
  expect(reviewsDue(reviews, at(21))).toEqual(['missed'])
  expect(reviewsDue(reviews, at(60 * 24 * 30))).toEqual(['missed', 'learnt'])
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
