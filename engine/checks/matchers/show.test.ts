import { expect, test } from 'vitest'
import { asText, isRecord, show, showFound } from './show'

test.each<[unknown, string]>([
  [null, 'nothing'],
  [undefined, 'nothing'],
  ['', 'an empty text'],
  ['a\n  b', 'a b'],
  [0, '0'],
  [false, 'false'],
  [[1, 'a'], '[1,"a"]'],
  [{ a: null }, '{"a":null}'],
])('%j is shown as "%s"', (value, text) => {
  expect(show(value)).toBe(text)
})

test('a long value is cut, and the cut is marked', () => {
  expect(show('x'.repeat(200))).toBe('x'.repeat(200))
  expect(show(`${'x'.repeat(500)}\ny`)).toBe(`${'x'.repeat(200)}…`)
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
