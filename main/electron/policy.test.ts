import { expect, test } from 'vitest'
import { isTrustedSender, mayNavigate, mayOpenOutside, onScreen } from './policy'

test.each([
  ['app://capstan/index.html', true],
  ['app://capstan.evil/index.html', false],
  ['https://example.com/', false],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['', false],
])('navigation to %s: %s', (url, allowed) => {
  expect(mayNavigate(url)).toBe(allowed)
})

test.each([
  ['https://docs.docker.com/', true],
  ['http://localhost:8080/', true],
  ['file:///etc/passwd', false],
  ['smb://host/share', false],
  ['not a url', false],
])('opening %s outside: %s', (url, allowed) => {
  expect(mayOpenOutside(url)).toBe(allowed)
})

test('only our page is trusted', () => {
  expect(isTrustedSender('app://capstan/index.html')).toBe(true)
  expect(isTrustedSender('https://example.com/app://capstan/')).toBe(false)
  expect(isTrustedSender(undefined)).toBe(false)
})

test('a window whose screen is gone comes back on one that is there', () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }]
  const state = { width: 1000, height: 700, x: 2500, y: 100, maximized: false }
  expect(onScreen(state, screens)).toEqual({ width: 1000, height: 700, maximized: false })
  expect(onScreen({ ...state, x: 100 }, screens)).toEqual({ ...state, x: 100 })
})
