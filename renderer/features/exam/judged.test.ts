import { expect, test } from 'vitest'
import { judged } from './judged'

const option = (id: number, right: boolean, picked: boolean, shown = true) => ({
  id,
  text: `option ${id}`,
  right,
  why: null,
  picked,
  shown,
})
const verdicts = (options: ReturnType<typeof option>[], delivery: 'classic' | 'domc') =>
  judged(options, delivery).map(({ answer, mistaken }) => [answer, mistaken])

test('a yes or no is wrong when it differs from the truth, and an option that nobody saw is neither', () => {
  const options = [option(1, true, false), option(2, false, false), option(3, true, false, false)]
  expect(verdicts(options, 'domc')).toEqual([
    ['You said no', true],
    ['You said no', false],
    ['It was not shown', null],
  ])
})

test('an option that was shown after the result was certain does not count', () => {
  const options = [option(1, false, false), option(2, true, true), option(3, false, true)]
  expect(verdicts(options, 'domc')).toEqual([
    ['You said no', false],
    ['You said yes', false],
    ['You said yes. It does not count', null],
  ])
})

test('of a choice of one only the chosen option was answered', () => {
  expect(verdicts([option(1, true, false), option(2, false, true)], 'classic')).toEqual([
    ['You did not choose it', null],
    ['You chose it', true],
  ])
})

test('of several right options each counts', () => {
  const options = [option(1, true, true), option(2, true, false), option(3, false, false)]
  expect(verdicts(options, 'classic').map(([, mistaken]) => mistaken)).toEqual([false, true, false])
})

test('an item without an answer has no mistakes', () => {
  const options = [option(1, true, false), option(2, true, false)]
  expect(verdicts(options, 'classic').map(([, mistaken]) => mistaken)).toEqual([null, null])
})
