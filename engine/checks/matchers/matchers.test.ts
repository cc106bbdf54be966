import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Found, inWords, matches, show } from '.'
import type { Matcher } from './matcher'

const value = (found: unknown): Found => ({ kind: 'value', value: found })
const absent: Found = { kind: 'absent', message: 'No such container: web' }
const refused: Found = { kind: 'error', message: 'the swarm does not have a leader' }

test.each<[Matcher, unknown, boolean]>([
  ['running', 'running', true],
  ['running', 'exited', false],
  [5, 5, true],
  [5, '5', false],
  ['5', 5, true],
  [true, true, true],
  ['/^ng/i', 'Nginx', true],
  ['/root/site', '/root/site', true],
  ['>= 3', 3, true],
  ['>= 3', '4', true],
  ['>= 3', null, false],
  ['< 5', 'many', false],
  ['!= 0', 1, true],
  [[1, 'a'], [1, 'a'], true],
  [[1], [1, 2], false],
  [['/^ng/', '> 1'], ['nginx', 2], true],
  [['/^ng/', '> 1'], ['nginx', 1], false],
  [{ contains: 'b' }, ['a', 'b'], true],
  [{ contains: 'ell' }, 'hello', true],
  [{ contains: 'key' }, { key: 1 }, true],
  [{ length: 2 }, ['a', 'b'], true],
  [{ length: '> 1' }, 'a', false],
  [{ all: '> 0' }, [1, 2], true],
  [{ all: '> 0' }, [], false],
  [{ any: 2 }, [1, 2], true],
  [{ has: { a: 1 } }, { a: 1, b: 2 }, true],
  [{ has: { a: 1 } }, null, false],
  [{ oneOf: ['a', 'b'] }, 'b', true],
  [{ not: 'a' }, 'b', true],
  [{ equals: { a: [1] } }, { a: [1] }, true],
  [{ allOf: ['/a/', '/b/'] }, 'ab', true],
])('%j against %j: %s', (matcher, found, expected) => {
  expect(matches(matcher, value(found))).toBe(expected)
})

test('what is not there matches only a question about absence', () => {
  expect(matches({ absent: true }, absent)).toBe(true)
  expect(matches({ not: { absent: true } }, value('x'))).toBe(true)
  expect(matches({ not: 'root' }, absent)).toBe(false)
  expect(matches('x', absent)).toBe(false)
})

test('an error is matched by its words', () => {
  expect(matches({ error: '/does not have a leader/' }, refused)).toBe(true)
  expect(matches({ error: '/leader/' }, value('leader'))).toBe(false)
})

const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
const matcher = fc.letrec<{ matcher: Matcher }>((tie) => ({
  matcher: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('matcher'), { maxLength: 3 }),
    fc.record({ not: tie('matcher') }),
    fc.record({ length: tie('matcher') }),
    fc.record({ all: tie('matcher') }),
    fc.record({ any: tie('matcher') }),
    fc.record({ has: fc.dictionary(fc.string(), tie('matcher'), { maxKeys: 2 }) }),
    fc.record({ contains: fc.string() }),
    fc.record({ absent: fc.boolean() }),
  ),
})).matcher

test('no matcher throws on any value, and each says what it wants', () => {
  fc.assert(
    fc.property(matcher, fc.anything({ withNullPrototype: false, maxDepth: 2 }), (wanted, found) => {
      fc.pre(!isBrokenPattern(wanted))
      expect(typeof matches(wanted, value(found))).toBe('boolean')
      expect(inWords(wanted)).not.toBe('')
    }),
  )
})

/** Patterns that do not compile are the linter's to refuse. */
function isBrokenPattern(wanted: unknown): boolean {
  return JSON.stringify(wanted).includes('/')
}

test('a long value is shown in one short line', () => {
  expect(show(`${'x'.repeat(500)}\ny`).length).toBeLessThan(210)
  expect(show('a\n  b')).toBe('a b')
  expect(show(null)).toBe('nothing')
})
