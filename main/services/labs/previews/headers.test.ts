import { describe, expect, test } from 'vitest'
import { doorName } from './admission'
import { intoNode, toBrowser } from './headers'

const names = { door: doorName('a1b2', 'e3f4', 4000), node: 'localhost:8080' }
const into = (...headers: string[]) => intoNode(headers, names)
const back = (...headers: string[]) => toBrowser(['Referrer-Policy', 'x', ...headers], names).slice(2)

describe('on the way into the node', () => {
  test('the name of the door is not told', () => {
    const { origin, host } = names.door
    const sent = into('Host', host, 'Origin', origin, 'Referer', `${origin}/a?b`, 'Cookie', 'a=1')
    expect(sent).toEqual([
      ...['Host', 'localhost:8080', 'Origin', 'http://localhost:8080'],
      ...['Referer', 'http://localhost:8080/a?b', 'Cookie', 'a=1'],
    ])
    expect(sent.join()).not.toContain('a1b2')
  })

  test('headers of the connection stay behind, also those that it names', () => {
    expect(into('Connection', 'close, X-Own', 'X-Own', '1', 'TE', 'trailers', 'Accept', '*/*')).toEqual([
      'Accept',
      '*/*',
    ])
  })

  test('a connection cannot take the host away', () => {
    expect(into('Host', 'x', 'Connection', 'Host')).toEqual(['Host', 'localhost:8080'])
  })

  test('a body without a length stays one', () => {
    expect(into('transfer-encoding', 'chunked')).toEqual(['Transfer-Encoding', 'chunked'])
    expect(into('content-length', '3')).toEqual(['content-length', '3'])
  })
})

describe('on the way back', () => {
  test.each([
    ['http://localhost:8080/login?x', '/login?x'],
    ['http://localhost:8080', '/'],
    ['/here', '/here'],
    ['http://localhost:80801/', 'http://localhost:80801/'],
    ['https://example.com/', 'https://example.com/'],
  ])('a redirect to %s leads to %s', (location, leadsTo) => {
    expect(back('Location', location)).toEqual(['Location', leadsTo])
  })

  test('cookies work in a frame, and stay in the door', () => {
    expect(
      back('Set-Cookie', 'a=1; Path=/; Domain=localhost; SameSite=Lax', 'Set-Cookie', 'b=2;Secure'),
    ).toEqual([
      ...['Set-Cookie', 'a=1; Path=/; SameSite=None; Secure; Partitioned'],
      ...['Set-Cookie', 'b=2; SameSite=None; Secure; Partitioned'],
    ])
  })

  test('links tell other sites nothing of the door, unless the server says so', () => {
    expect(toBrowser(['A', 'b'], names)).toEqual(['A', 'b', 'Referrer-Policy', 'same-origin'])
    expect(toBrowser(['referrer-policy', 'origin'], names)).toEqual(['referrer-policy', 'origin'])
  })
})
