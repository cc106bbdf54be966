import { expect, test } from 'vitest'
import { fontSizeAfter } from './font-size'

const SIZES = { smallest: 8, usual: 14, largest: 32 }
const ctrl = (key: string, more = {}) => ({ key, ctrlKey: true, metaKey: false, altKey: false, ...more })

test.each([
  ['+', 20, 21],
  ['=', 20, 21],
  ['-', 20, 19],
  ['0', 20, 14],
  ['+', 32, 32],
  ['-', 8, 8],
])('Ctrl with %s makes %i pixels %i', (key, now, next) => {
  expect(fontSizeAfter(ctrl(key), now, SIZES)).toBe(next)
})

test.each([
  ['a letter', ctrl('c')],
  ['plus without Ctrl', ctrl('+', { ctrlKey: false })],
  ['AltGr, which is Ctrl with Alt', ctrl('0', { altKey: true })],
])('%s is about something else', (_what, press) => {
  expect(fontSizeAfter(press, 20, SIZES)).toBeNull()
})

test('on a Mac it is Cmd', () => {
  expect(fontSizeAfter(ctrl('+', { ctrlKey: false, metaKey: true }), 20, SIZES)).toBe(21)
})
