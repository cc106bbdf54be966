import { expect, test } from 'vitest'
import type { FormItem } from '../form'
import { AttemptEvent } from './events'
import { apply, fold, isDomcRight, shownOption, timeLeft } from './state'

const item = (part: Partial<FormItem> = {}): FormItem => ({
  id: 'one',
  domain: 'alpha',
  objectives: [],
  difficulty: 'easy',
  kind: 'choice',
  delivery: 'classic',
  order: [2, 0, 1],
  key: [0],
  extra: false,
  ...part,
})
const begin = (items: FormItem[], limit: number | null = 1000): AttemptEvent => ({
  kind: 'began',
  at: 0,
  attemptId: 'a',
  mode: 'practice',
  form: { seed: 1, minutes: 1, items },
  limit,
})

test.each<[string, AttemptEvent, string]>([
  ['a second beginning', begin([item()]), 'An attempt begins once.'],
  ['an item that the form does not have', { kind: 'moved', at: 1, item: 1 }, 'The form has no item 1.'],
  ['a choice in such an item', { kind: 'chose', at: 1, item: 7, options: [] }, 'The form has no item 7.'],
])('%s is bad input, and the attempt stays as it was', (_what, event, message) => {
  const attempt = fold([begin([item()])])
  const before = structuredClone(attempt)
  expect(() => apply(attempt, event)).toThrow(
    expect.objectContaining({ code: 'bad-input', message, help: 'Reload the page.' }),
  )
  expect(attempt).toEqual(before)
})

test('a journal without its beginning says what to do with it', () => {
  expect(() => fold([{ kind: 'ticked', at: 1 }])).toThrow(
    expect.objectContaining({ code: 'store-corrupt', help: expect.stringContaining('data folder') }),
  )
})

test.each<[string, object]>([
  ['a time before the beginning', { kind: 'ticked', at: -1 }],
  ['an item between two', { kind: 'moved', at: 1, item: 0.5 }],
  ['an item before the first', { kind: 'moved', at: 1, item: -1 }],
  ['an event of another kind', { kind: 'paused', at: 1 }],
  ['an end by nobody', { kind: 'ended', at: 1, by: 'chance' }],
  ['a beginning without a form', { kind: 'began', at: 0, attemptId: 'a', mode: 'real', limit: null }],
])('%s is no event', (_what, event) => {
  expect(AttemptEvent.safeParse(event).success).toBe(false)
})

test('options that the item does not have are not chosen, and an empty choice takes the answer back', () => {
  const chose = (options: number[]): AttemptEvent => ({ kind: 'chose', at: 1, item: 0, options })
  const chosen = apply(fold([begin([item()])]), chose([9, 0]))
  expect(chosen.items[0]?.chosen).toEqual([0])
  expect(apply(chosen, chose([])).items[0]?.chosen).toEqual([])
})

test('an item that was closed takes no choice, but still a flag', () => {
  const closed = apply(fold([begin([item()])]), { kind: 'revealed', at: 1, item: 0 })
  expect(apply(closed, { kind: 'chose', at: 2, item: 0, options: [0] }).items[0]?.chosen).toEqual([])
  expect(apply(closed, { kind: 'flagged', at: 2, item: 0, on: true }).items[0]?.flagged).toBe(true)
})

test('a DOMC item cannot be closed by its candidate, and takes no choice', () => {
  const start = fold([begin([item({ delivery: 'domc' })])])
  expect(apply(start, { kind: 'revealed', at: 1, item: 0 }).items[0]?.closed).toBe(false)
  expect(apply(start, { kind: 'chose', at: 1, item: 0, options: [0] }).items[0]?.chosen).toEqual([])
})

test('a classic item takes no yes or no', () => {
  const event: AttemptEvent = { kind: 'decided', at: 1, item: 0, option: 2, yes: true }
  expect(apply(fold([begin([item()])]), event).items[0]?.decisions).toEqual([])
})

test('a closed DOMC item shows no option', () => {
  expect(shownOption(item({ delivery: 'domc' }), { decisions: [], closed: true })).toBeNull()
  expect(shownOption(item({ delivery: 'domc' }), { decisions: [], closed: false })).toBe(2)
})

test.each<[string, Partial<FormItem>, [number, boolean][], boolean]>([
  ['no decision', {}, [], false],
  ['the key alone', { order: [0, 1] }, [[0, true]], true],
  [
    'the key after a refused wrong one',
    {},
    [
      [2, false],
      [0, true],
    ],
    true,
  ],
  [
    'a wrong one accepted before',
    {},
    [
      [2, true],
      [0, true],
    ],
    false,
  ],
  [
    'one of two right ones',
    { key: [0, 1] },
    [
      [2, false],
      [0, true],
    ],
    false,
  ],
  [
    'a wrong answer to the extra option',
    {},
    [
      [2, false],
      [0, true],
      [1, true],
    ],
    true,
  ],
])('a DOMC item with %s', (_what, part, decisions, isRight) => {
  expect(
    isDomcRight(
      item(part),
      decisions.map(([option, yes]) => ({ option, yes })),
    ),
  ).toBe(isRight)
})

test('an attempt without a limit has no time left, and its time has no end', () => {
  const attempt = apply(fold([begin([item()], null)]), { kind: 'ticked', at: 10 ** 9 })
  expect(attempt.elapsed).toBe(10 ** 9)
  expect(timeLeft(attempt)).toBeNull()
  expect(timeLeft({ limit: 1000, elapsed: 400 })).toBe(600)
  expect(timeLeft({ limit: 1000, elapsed: 4000 })).toBe(0)
})
