import { describe, expect, test } from 'vitest'
import { type Asked, doorName, firstPage, judge, newSecret } from './admission'

const name = doorName('a1b2', 'e3f4', 4000)

function asked(rawHeaders: readonly string[], url = '/', method = 'GET'): Asked {
  const headers: Record<string, string> = {}
  for (let at = 0; at < rawHeaders.length; at += 2)
    headers[(rawHeaders[at] ?? '').toLowerCase()] ??= rawHeaders[at + 1] ?? ''
  return { method, url, headers, rawHeaders: [...rawHeaders] }
}

const ours = ['Host', 'a1b2.localhost:4000']
const verdictOf = (headers: readonly string[], url?: string, method?: string) =>
  judge(asked([...ours, ...headers], url, method), name)

test('a door has a name that nobody guesses, and another one each time', () => {
  expect(newSecret()).toMatch(/^[0-9a-f]{32}$/)
  expect(newSecret()).not.toBe(newSecret())
})

describe('what passes', () => {
  test.each([
    ['a program that is no browser', []],
    ['an address that was typed', ['Sec-Fetch-Site', 'none']],
    ["a part of the door's page", ['Sec-Fetch-Site', 'same-origin']],
    ['its form or WebSocket', ['Origin', 'http://a1b2.localhost:4000']],
    ['a form of a page without a referrer', ['Origin', 'null', 'Sec-Fetch-Site', 'same-origin']],
  ])('%s', (_what, headers) => {
    expect(verdictOf(headers)).toEqual({ kind: 'forward' })
  })

  test('the host in capital letters', () => {
    expect(judge(asked(['HOST', 'A1B2.LOCALHOST:4000']), name)).toEqual({ kind: 'forward' })
  })

  test('the entrance, also from another site', () => {
    expect(verdictOf(['Sec-Fetch-Site', 'cross-site'], name.entrance)).toEqual({ kind: 'entrance' })
  })
})

test.each([
  ['/.capstan-entrance/e3f4', '/'],
  ['/.capstan-entrance/e3f4?to=%2Fhealth', '/health'],
  ['/.capstan-entrance/e3f4?to=%2Fa%20b%3Fx%3D1%26y%3D2%23top', '/a%20b?x=1&amp;y=2#top'],
  ['/.capstan-entrance/e3f4?to=%2F%2Fevil.example%2F', '/evil.example/'],
  ['/.capstan-entrance/e3f4?to=%5C%5Cevil.example', '/evil.example'],
  ['/.capstan-entrance/e3f4?to=http%3A%2F%2Fevil.example', '/http://evil.example'],
  ['/.capstan-entrance/e3f4?to=%2F%22%3E%3Cscript%3E', '/%22%3E%3Cscript%3E'],
  ["/.capstan-entrance/e3f4?to=%2F'%3Bx%3Fq%3D'%3B", '/%27%3Bx?q=%27%3B'],
])('the entrance %s leads to %s', (url, path) => {
  expect(verdictOf(['Sec-Fetch-Site', 'cross-site'], url)).toEqual({ kind: 'entrance' })
  expect(firstPage(url)).toBe(path)
})

describe('what does not pass', () => {
  test.each([
    ['another name', ['Host', 'evil.example:4000'], 421],
    ['the address of this machine', ['Host', '127.0.0.1:4000'], 421],
    ['localhost itself', ['Host', 'localhost:4000'], 421],
    ["another door's name", ['Host', 'ffff.localhost:4000'], 421],
    ['another port', ['Host', 'a1b2.localhost:4001'], 421],
    ['a longer name', ['Host', 'x.a1b2.localhost:4000'], 421],
    ['no name', [], 421],
    ['two names', [...ours, 'Host', 'evil.example'], 400],
  ])('%s', (_what, headers, status) => {
    expect(judge(asked(headers), name)).toMatchObject({ kind: 'refuse', status })
  })

  test.each([
    ['a page of another site', ['Sec-Fetch-Site', 'cross-site']],
    ['another program of the same name', ['Sec-Fetch-Site', 'same-site']],
    ['a site that is none', ['Sec-Fetch-Site', '']],
    ['another origin', ['Origin', 'http://evil.example']],
    ['the app itself', ['Origin', 'http://127.0.0.1:4000']],
    ['an origin that is hidden', ['Origin', 'null']],
  ])('%s', (_what, headers) => {
    expect(verdictOf(headers)).toMatchObject({ kind: 'refuse', status: 403 })
  })

  test.each(['http://evil.example/', '*', ''])('the address "%s"', (url) => {
    expect(verdictOf([], url)).toMatchObject({ kind: 'refuse', status: 400 })
  })

  test.each([
    ['/.capstan-entrance/e3f5', 'GET'],
    [name.entrance, 'POST'],
  ])('%s %s from another site', (url, method) => {
    expect(verdictOf(['Sec-Fetch-Site', 'cross-site'], url, method)).toMatchObject({ status: 403 })
  })
})
