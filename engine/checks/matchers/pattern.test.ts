import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPattern, patternError, toPattern } from './pattern'

test.each([
  ['/a/', true],
  ['//', true],
  ['/a/b/i', true],
  ['/a\nb/s', true],
  ['/a/dimsuv', true],
  ['a', false],
  ['/a', false],
  ['/a/g', false],
  ['/a/y', false],
  ['/root/site', false],
  ['', false],
])('%j is a pattern: %s', (text, expected) => {
  expect(isPattern(text)).toBe(expected)
})

test.each([
  ['/a b/i', 'xA Bx', true],
  ['/a b/', 'xA Bx', false],
  ['/a/b/', 'a/b', true],
  ['a+', 'caat', true],
  ['/x/g', 'x/', false],
  ['/x/g', '/x/g', true],
  ['/^b$/', 'a\nb\nc', false],
  ['/^b$/m', 'a\nb\nc', true],
  ['/a.b/', 'a\nb', false],
  ['/a.b/s', 'a\nb', true],
  ['/^[a-z]+\\/\\d{2,}\\s*$/u', 'nginx/27 ', true],
  ['/\\bweb\\b|\\u00e9/', 'caf\u00e9', true],
  ['/(?<name>a)(?:b|c)/', 'xac', true],
  ['//', '', true],
])('%j in %j: %s', (text, value, expected) => {
  expect(toPattern(text).test(value)).toBe(expected)
})

test('the end of the first match is found', () => {
  expect(toPattern('b+').endOf('abbab')).toBe(3)
  expect(toPattern('x').endOf('abbab')).toBeNull()
})

test('the same pattern gives the same answer every time', () => {
  const pattern = toPattern('/a/')
  expect([1, 2, 3].map(() => pattern.test('a'))).toEqual([true, true, true])
})

test('plain patterns answer as those of JavaScript do', () => {
  const atom = fc.constantFrom(
    'a',
    'b',
    '.',
    '[ab]',
    '[^a]',
    '\\d',
    '\\w',
    '(a|bb)',
    '(?:ab)',
    '^',
    '$',
    '\\.',
    '1',
  )
  const part = fc
    .tuple(atom, fc.constantFrom('', '', '?', '*', '+', '{1,2}'))
    .map(([a, many]) => (/[$^]/.test(a) ? a : a + many))
  const body = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''))
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', '.', '\n'), maxLength: 12 })
  fc.assert(
    fc.property(body, fc.constantFrom('', 'i', 'm', 's'), text, (pattern, flags, value) => {
      expect(toPattern(`/${pattern}/${flags}`).test(value)).toBe(new RegExp(pattern, flags).test(value))
    }),
  )
})

test.each([
  ['/(/', 'missing closing )'],
  ['(', 'missing closing )'],
  ['/a/ii', 'there twice'],
  ['/a(?=b)/', 'lookaheads'],
  ['/a(?!b)/', 'lookaheads'],
  ['/(?<=a)b/', 'lookbehinds'],
  ['/(a)\\1/', 'references to groups'],
  ['/(a{0,100}){0,100}/', 'repeat count'],
  ['/(a?){500}a{500}$/', 'too large, by its repetitions'],
  [`/${'a'.repeat(1_001)}/`, 'more than 1000 characters'],
  [`/${'('.repeat(490)}${')'.repeat(490)}/`, ''],
])('%s does not compile, and the reason is named', (text, reason) => {
  expect(patternError(text) ?? expect.fail('It compiles.')).toContain(reason)
})

test.each(['/a/', 'a', '/[a-z]+/u'])('%s compiles', (text) => {
  expect(patternError(text)).toBeNull()
})

/** The limit of the tests' time is the assertion: the RegExp of JavaScript needs minutes to years. */
describe('no pattern hangs on any text that a check may find', () => {
  const SIZE = 256 * 1024
  test.each([
    ['/(a+)+$/ over 40 characters', '/^(a+)+$/', `${'a'.repeat(40)}!`],
    ['/(a+)+$/ over 256 KiB', '/^(a+)+$/', `${'a'.repeat(SIZE)}!`],
    ['quadratic /\\s+$/ over 256 KiB of spaces', '/\\s+$/', `${' '.repeat(SIZE)}x`],
    ['/.*foo.*bar.*baz/s over 256 KiB', '/.*foo.*bar.*baz/s', 'foobar'.repeat(SIZE / 6)],
    ['/(.*,)*x/ over 256 KiB', '/(.*,)*x/', 'a,'.repeat(SIZE / 2)],
    ['as many optional letters as there may be', '/(a?){45}a{45}$/', `${'a'.repeat(SIZE)}b`],
  ])(
    '%s',
    (_what, pattern, text) => {
      expect(toPattern(pattern).test(text)).toBe(false)
    },
    20_000,
  )
})
