import { expect, test } from 'vitest'
import { contentSecurityPolicy, isOurHost, refusal } from './guard'
import { filePath } from './static-files'

const guarded = { port: 4000, token: 'right-token' }
const good = { host: '127.0.0.1:4000', origin: 'http://127.0.0.1:4000', protocols: 'capstan.right-token' }

test('the page of the host itself is let in', () => {
  expect(refusal(good, guarded)).toBeNull()
  expect(refusal({ ...good, host: 'localhost:4000', origin: 'http://localhost:4000' }, guarded)).toBeNull()
})

test.each([
  ['a name that was made to resolve to loopback', { host: 'evil.example:4000' }, 'wrong host'],
  ['no host', { host: undefined }, 'wrong host'],
  ['another port', { host: '127.0.0.1:4001' }, 'wrong host'],
  ['another page', { origin: 'http://evil.example' }, 'wrong origin'],
  ['another port on loopback', { origin: 'http://127.0.0.1:5000' }, 'wrong origin'],
  ['no origin', { origin: undefined }, 'wrong origin'],
  ['a page without an origin of its own', { origin: 'null' }, 'wrong origin'],
  ['no token', { protocols: undefined }, 'wrong token'],
  ['a wrong token', { protocols: 'capstan.wrong-token' }, 'wrong token'],
  ['the beginning of the token', { protocols: 'capstan.right' }, 'wrong token'],
])('%s is refused', (_what, change, reason) => {
  expect(refusal({ ...good, ...change }, guarded)).toBe(reason)
})

test('only loopback names are ours', () => {
  expect(isOurHost('127.0.0.1:4000', 4000)).toBe(true)
  expect(isOurHost('127.0.0.1.evil.example:4000', 4000)).toBe(false)
})

test('the policy allows no inline and no foreign script', () => {
  const policy = contentSecurityPolicy('')
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toContain('unsafe-eval')
})

test.each(['/../secret', '/%2e%2e/secret', '/assets/../../secret', '/%00/../../x', '/%zz'])(
  '%s does not leave the folder',
  (path) => {
    const found = filePath('/srv/app', path)
    expect(found === null || found.startsWith('/srv/app/')).toBe(true)
  },
)
