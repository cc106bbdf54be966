import { expect, test } from 'vitest'
import {
  type AskedPermission,
  isTrustedSender,
  mayDownload,
  mayNavigate,
  mayOpenOutside,
  mayShowInFrame,
  mayUse,
} from './policy'

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

test.each([
  ['http://127.0.0.1:4000/a', true],
  ['http://a1b2.localhost:4000/', true],
  ['http://localhost.evil.example/', false],
  ['http://127.0.0.1.evil.example/', false],
  ['http://192.168.1.1/', false],
  ['https://example.com/', false],
  ['app://capstan/index.html', false],
  ['file:///etc/passwd', false],
  ['about:blank', false],
  ['not a url', false],
])('a frame that shows %s: %s', (url, allowed) => {
  expect(mayShowInFrame(url)).toBe(allowed)
})

test.each([
  ['blob:app://capstan/1a2b', true],
  ['blob:http://127.0.0.1:4000/1a2b', false],
  ['http://127.0.0.1:4000/file', false],
  ['data:text/plain,x', false],
])('a download of %s: %s', (url, allowed) => {
  expect(mayDownload(url)).toBe(allowed)
})

const PAGE = { permission: 'clipboard-read', origin: 'app://capstan/index.html', isMainFrame: true }

test.each<[string, Partial<AskedPermission>, boolean]>([
  ['the page reads the clipboard', {}, true],
  ['the page writes the clipboard', { permission: 'clipboard-sanitized-write' }, true],
  ['the page, named by its origin only', { origin: 'app://capstan' }, true],
  ['a frame in the page', { isMainFrame: false }, false],
  ['another page', { origin: 'http://127.0.0.1:4000/' }, false],
  ['a page with a name like ours', { origin: 'app://capstan.evil/' }, false],
  ['nobody', { origin: undefined }, false],
])('permission: %s', (_who, part, allowed) => {
  expect(mayUse({ ...PAGE, ...part })).toBe(allowed)
})

test.each(['media', 'geolocation', 'notifications', 'midi', 'pointerLock', 'fullscreen', 'openExternal'])(
  'the page is refused %s',
  (permission) => {
    expect(mayUse({ ...PAGE, permission })).toBe(false)
  },
)
