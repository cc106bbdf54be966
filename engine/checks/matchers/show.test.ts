import { expect, test } from 'vitest'
import { asText, isNothing, isRecord, show, showFound, wholeOf } from './show'

test.each<[unknown, string]>([
  [null, 'nothing'],
  [undefined, 'nothing'],
  ['', 'nothing'],
  [' \n ', 'nothing'],
  ['a\n  b', 'a b'],
  [0, '0'],
  [false, 'false'],
  [[], 'nothing'],
  [['a'], 'a'],
  [[1, 'a', null], '1, a and nothing'],
  [
    [
      ['worker', 'ready'],
      ['manager', 'down'],
    ],
    'worker and ready; manager and down',
  ],
  [{ a: null, b: [1, 2] }, 'a: nothing, b: 1 and 2'],
  [[{ a: 1 }, { a: 2 }], 'a: 1; a: 2'],
  [{}, 'nothing'],
  ['<!DOCTYPE html><html><style>p {}</style><p>Not <b>found</b></p></html>', 'Not found'],
  ['a <b> c', 'a <b> c'],
])('%j is shown as "%s"', (value, text) => {
  expect(show(value)).toBe(text)
})

test('a long value is cut, and the cut is marked', () => {
  expect(show('x'.repeat(120))).toBe('x'.repeat(120))
  expect(show(`${'x'.repeat(500)}\ny`)).toBe(`${'x'.repeat(120)}…`)
})

test('the whole of what was found is there when its line leaves something out, within a limit', () => {
  expect(wholeOf({ kind: 'value', value: 'exited\n' })).toBeUndefined()
  expect(wholeOf({ kind: 'value', value: ['a', 'b'] })).toBeUndefined()
  expect(wholeOf({ kind: 'value', value: null })).toBeUndefined()
  expect(wholeOf({ kind: 'error', message: '' })).toBeUndefined()
  expect(wholeOf({ kind: 'value', value: 'a\nb\n' })).toBe('a\nb')
  expect(wholeOf({ kind: 'value', value: '<p>Not found</p>' })).toBe('<p>Not found</p>')
  expect(wholeOf({ kind: 'value', value: 'x'.repeat(9_000) })).toBe(`${'x'.repeat(4_000)}…`)
})

test.each([[null], [undefined], [''], [' \n'], [[]], [[null, '']]])('%j is nothing', (value) => {
  expect(isNothing(value)).toBe(true)
})

test.each([[0], [false], ['a'], [[0]], [[null, 1]], [{}]])('%j is something', (value) => {
  expect(isNothing(value)).toBe(false)
})

test('what was found is shown by its value, or by its message', () => {
  expect(showFound({ kind: 'value', value: null })).toBe('nothing')
  expect(showFound({ kind: 'absent', message: 'No such container: web' })).toBe('No such container: web')
  expect(showFound({ kind: 'error', message: 'no leader' })).toBe('no leader')
})

test('texts of values are whole, with JSON for what has parts', () => {
  expect(asText({ a: [1] })).toBe('{"a":[1]}')
  expect(asText(' a ')).toBe(' a ')
  expect(asText(true)).toBe('true')
  expect(asText(null)).toBe('')
})

test('only objects with named fields are records', () => {
  expect([{}, { a: 1 }].every(isRecord)).toBe(true)
  expect([null, undefined, [], 'a', 1].some(isRecord)).toBe(false)
})
