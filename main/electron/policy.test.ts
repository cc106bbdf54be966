import { expect, test } from 'vitest'
import { isTrustedSender, mayNavigate, mayOpenOutside } from './policy'

test.each([
  ['app://capstan/index.html', true],
  ['app://capstan/', true],
  ['app://capstan', false],
  ['app://capstan.evil/index.html', false],
  ['app://capstan@evil/index.html', false],
  ['app://capstan:80/index.html', false],
  ['APP://CAPSTAN/index.html', false],
  ['data:text/html,x', false],
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
  ['mailto:somebody@example.com', false],
  ['javascript:alert(1)', false],
  ['app://capstan/index.html', false],
  ['not a url', false],
])('opening %s outside: %s', (url, allowed) => {
  expect(mayOpenOutside(url)).toBe(allowed)
})

test.each([
  ['app://capstan/index.html', true],
  ['app://capstan.evil/', false],
  ['https://example.com/app://capstan/', false],
  ['about:blank', false],
  [undefined, false],
])('a port for %s: %s', (url, trusted) => {
  expect(isTrustedSender(url)).toBe(trusted)
})
