import type { IncomingHttpHeaders } from 'node:http'
import { expect, test } from 'vitest'
import { answerTo } from './entry'
import { cookieName, cookieValue, pageKey } from './secrets'

const guarded = { port: 4000, token: 'right-token' }
const cookie = `${cookieName(4000)}=${cookieValue('right-token')}`
const key = pageKey('right-token')

const get = (url: string, headers: IncomingHttpHeaders = {}) =>
  answerTo({ method: 'GET', url, headers: { host: '127.0.0.1:4000', ...headers } }, guarded)

test('what else the address holds stays in it', () => {
  expect(get('/?token=right-token&renderer=dom')).toMatchObject({
    status: 303,
    headers: { Location: `/?renderer=dom&key=${key}` },
  })
})

test.each([
  ['no cookie', '/', {}],
  ['a wrong token', '/?token=wrong', {}],
  ['a token that is not one', '/?token=', {}],
  ['a wrong cookie', '/', { cookie: `${cookieName(4000)}=wrong` }],
  ['the cookie of another port', '/', { cookie: cookie.replace('4000', '4001') }],
  ['a key of an earlier token', '/?key=old', { cookie }],
  ['the key alone', `/?key=${key}`, {}],
])('%s gets a page that says what to do', (_what, url, headers) => {
  const answer = get(url, headers)
  expect(answer).toMatchObject({ status: 401, headers: { 'Cache-Control': 'no-store' } })
  const { body } = answer as { body: string }
  expect(body).toContain('<code>capstan serve</code>')
  expect(body).toContain('prefers-color-scheme: dark')
  expect(body).not.toContain('<script')
  // Somebody else's page must not be able to clear what the page of this host keeps.
  expect(answer.headers).not.toHaveProperty('Clear-Site-Data')
})

test.each([
  ['the cookie', '/', { cookie }],
  ['the cookie among others', '/', { cookie: `a=b; ${cookie}; c=d` }],
  ['the cookie, with a token of an earlier start', '/?token=old', { cookie }],
  ['the cookie with the key', `/?key=${key}`, { cookie }],
])('%s gets the page, which nobody keeps', (_what, url, headers) => {
  expect(get(url, headers)).toMatchObject({
    file: '/index.html',
    headers: { 'Cache-Control': 'no-store', 'Set-Cookie': expect.stringContaining(cookie) },
  })
})

test('a link of another site leads here over a page of our own, which the browser trusts with the cookie', () => {
  const answer = get(`/?key=${key}&x="><b>`, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })
  expect(answer).toMatchObject({ status: 200 })
  expect((answer as { body: string }).body).toContain(`content="0; url=/?key=${key}&amp;x=%22%3E%3Cb%3E"`)
})

test('a picture of another site gets no such page', () => {
  expect(get('/', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).toMatchObject({
    status: 401,
  })
})

test('a service worker that somebody else left is replaced by one that leaves', () => {
  const answer = get('/sw.js', { 'service-worker': 'script' })
  expect(answer).toMatchObject({ status: 200, headers: { 'Content-Type': 'text/javascript' } })
  expect((answer as { body: string }).body).toContain('registration.unregister()')
})
