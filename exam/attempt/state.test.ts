import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Form, FormItem } from '../form'
import type { AttemptEvent } from './events'
import { type Attempt, apply, canLookAt, fold, isDomcRight, shownOption, timeLeft } from './state'

const domc = (part: Partial<FormItem> = {}): FormItem => ({
  id: 'd',
  domain: 'alpha',
  objectives: [],
  difficulty: 'easy',
  kind: 'multiple',
  delivery: 'domc',
  order: [2, 0, 3, 1],
  key: [0, 3],
  extra: false,
  ...part,
})
const classic = (part: Partial<FormItem> = {}): FormItem => domc({ delivery: 'classic', ...part })

function begin(items: FormItem[], limit: number | null = 60_000): AttemptEvent {
  const form: Form = { seed: 1, minutes: 1, items }
  return { kind: 'began', at: 0, attemptId: 'a', mode: 'real', form, limit }
}
const decide = (option: number, yes: boolean, item = 0, at = 0): AttemptEvent => ({
  kind: 'decided',
  at,
  item,
  option,
  yes,
})

function play(items: FormItem[], ...events: AttemptEvent[]): Attempt {
  return fold([begin(items), ...events])
}

test('a DOMC item shows one option after the other, in the order of the form', () => {
  const start = play([domc()])
  expect(shownOption(domc(), start.items[0] ?? expect.fail())).toBe(2)
  const next = apply(start, decide(2, false))
  expect(shownOption(domc(), next.items[0] ?? expect.fail())).toBe(0)
})

test.each([
  [
    'refusing a right option',
    [
      [2, false],
      [0, false],
    ],
    false,
  ],
  ['accepting a wrong option', [[2, true]], false],
  [
    'accepting all right options',
    [
      [2, false],
      [0, true],
      [3, true],
    ],
    true,
  ],
] as const)('%s ends the item', (_name, said, right) => {
  const item = domc()
  const attempt = play([item], ...said.map(([option, yes]) => decide(option, yes)))
  expect(attempt.items[0]?.closed).toBe(true)
  expect(isDomcRight(item, attempt.items[0]?.decisions ?? [])).toBe(right)
})

test('an extra option is shown after the last right one, and does not count', () => {
  const item = domc({ extra: true })
  const before = play([item], decide(2, false), decide(0, true), decide(3, true))
  expect(before.items[0]?.closed).toBe(false)
  for (const yes of [true, false]) {
    const after = apply(before, decide(1, yes))
    expect(after.items[0]?.closed).toBe(true)
    expect(isDomcRight(item, after.items[0]?.decisions ?? [])).toBe(true)
  }
})

test('an answer to an option that is not shown, or to a closed item, changes nothing', () => {
  const attempt = play([domc()], decide(0, true), decide(2, true), decide(0, true))
  expect(attempt.items[0]?.decisions).toEqual([{ option: 2, yes: true }])
})

test('there is no way back to a DOMC item, nor past one that is open', () => {
  const items = [classic(), domc(), classic(), domc()]
  const start = play(items)
  expect([0, 1, 2, 3].map((at) => canLookAt(start, at))).toEqual([true, true, false, false])
  const later = apply(apply(start, { kind: 'moved', at: 1, item: 1 }), decide(2, true, 1, 2))
  expect([0, 1, 2, 3].map((at) => canLookAt(later, at))).toEqual([true, false, true, true])
})

test('outside of a real exam what is over can be read again, and what is open keeps its turn', () => {
  const practice = { ...play([domc(), domc(), domc()]), mode: 'practice' as const }
  const later = apply(practice, decide(2, true, 0, 2))
  expect([0, 1, 2].map((at) => canLookAt(later, at))).toEqual([true, true, false])
  const next = apply(later, { kind: 'moved', at: 3, item: 1 })
  expect(apply(next, { kind: 'moved', at: 4, item: 0 }).current).toBe(0)
})

test('time counts for the item that is looked at, never runs back, and stops at the limit', () => {
  const attempt = play(
    [classic(), classic()],
    { kind: 'ticked', at: 10_000 },
    { kind: 'moved', at: 12_000, item: 1 },
    { kind: 'ticked', at: 3_000 },
    { kind: 'ticked', at: 90_000 },
  )
  expect(attempt.items.map(({ time }) => time)).toEqual([12_000, 48_000])
  expect(timeLeft(attempt)).toBe(0)
})

test('nothing happens after the end', () => {
  const ended = play([classic()], { kind: 'ended', at: 5, by: 'candidate' })
  expect(apply(ended, { kind: 'chose', at: 6, item: 0, options: [0] })).toBe(ended)
})

test('a journal without a beginning is no journal', () => {
  expect(() => fold([])).toThrow(expect.objectContaining({ code: 'store-corrupt' }))
  expect(() => fold([{ kind: 'ticked', at: 0 }])).toThrow(expect.objectContaining({ code: 'store-corrupt' }))
})

const anyEvent = fc.oneof(
  fc.record({ kind: fc.constant('moved' as const), at: fc.nat(70_000), item: fc.nat(3) }),
  fc.record({
    kind: fc.constant('decided' as const),
    at: fc.nat(70_000),
    item: fc.nat(3),
    option: fc.nat(4),
    yes: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('chose' as const),
    at: fc.nat(70_000),
    item: fc.nat(3),
    options: fc.array(fc.nat(5)),
  }),
  fc.record({ kind: fc.constant('flagged' as const), at: fc.nat(70_000), item: fc.nat(3), on: fc.boolean() }),
  fc.record({ kind: fc.constant('ticked' as const), at: fc.nat(70_000) }),
)
const items = [domc({ extra: true }), classic(), domc(), classic()]

test('whatever happens: a journal cut anywhere and gone on with folds to the same, and its laws hold', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 40 }), fc.nat(40), (events, cut) => {
      const whole = [begin(items), ...events]
      const resumed = whole.slice(cut + 1).reduce(apply, fold(whole.slice(0, cut + 1)))
      expect(resumed).toEqual(fold(whole))
      const spent = resumed.items.reduce((sum, { time }) => sum + time, 0)
      expect(spent).toBe(resumed.elapsed)
      expect(resumed.elapsed).toBeLessThanOrEqual(60_000)
      resumed.items.forEach((state, index) => {
        const { order } = items[index] as FormItem
        expect(state.decisions.map(({ option }) => option)).toEqual(order.slice(0, state.decisions.length))
      })
    }),
  )
})
