import { expect, test } from 'vitest'
import { tabAfter } from './tab-keys'

const press = (key: string, more = {}) => ({
  key,
  code: /^\d$/.test(key) ? `Digit${key}` : key,
  ctrlKey: false,
  shiftKey: false,
  metaKey: false,
  altKey: false,
  ...more,
})

test('Alt with a digit is the tab of that number', () => {
  expect(tabAfter(press('2', { altKey: true }), 0, 3)).toBe(1)
  expect(tabAfter(press('9', { altKey: true }), 0, 3)).toBeNull()
  expect(tabAfter(press('2', { altKey: true, ctrlKey: true }), 0, 3)).toBeNull()
  expect(tabAfter(press('2'), 0, 3)).toBeNull()
})

test('Ctrl+PgDn and Ctrl+PgUp go through the tabs in a circle', () => {
  const ctrl = { ctrlKey: true }
  expect([0, 1, 2].map((now) => tabAfter(press('PageDown', ctrl), now, 3))).toEqual([1, 2, 0])
  expect([0, 1, 2].map((now) => tabAfter(press('PageUp', ctrl), now, 3))).toEqual([2, 0, 1])
  expect(tabAfter(press('PageDown'), 0, 3)).toBeNull()
  expect(tabAfter(press('PageDown', ctrl), 0, 0)).toBeNull()
})
