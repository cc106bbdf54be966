import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asValue, inWords, type Matcher, MatcherFile, matches, patternsIn } from '.'
import type { Found } from './matcher'

const absent: Found = { kind: 'absent', message: 'No such container: web' }
const refused: Found = { kind: 'error', message: 'the swarm does not have a leader' }

interface Case {
  readonly matcher: Matcher
  readonly words: string
  readonly green: readonly unknown[]
  readonly red: readonly unknown[]
}

/** Each matcher with values that it takes and values that it refuses. */
const cases: readonly Case[] = [
  { matcher: 'running', words: 'running', green: ['running'], red: ['exited', 'Running', null, ['running']] },
  { matcher: '5', words: '5', green: ['5', 5], red: ['5.0', [5], { 5: 5 }] },
  { matcher: 5, words: '5', green: [5], red: ['5', 6, null] },
  { matcher: true, words: 'true', green: [true], red: ['true', 1, false] },
  { matcher: 'true', words: 'true', green: [true, 'true'], red: [false] },
  { matcher: null, words: 'nothing', green: [null], red: [undefined, '', 0] },
  { matcher: '', words: 'nothing', green: [''], red: [' ', 0, [], null] },
  { matcher: '>= 3', words: 'at least 3', green: [3, '4', 3.5], red: [2, null, '', 'many', undefined] },
  { matcher: '<= 3', words: 'at most 3', green: [3, -1, '0'], red: [4, null, ''] },
  { matcher: '> 1.5', words: 'more than 1.5', green: [2], red: [1.5, 1] },
  { matcher: '<5', words: 'less than 5', green: [4, '4.9'], red: [5, 'many', {}] },
  { matcher: '> -2', words: 'more than -2', green: [-1], red: [-2] },
  { matcher: '!= 0', words: 'anything but 0', green: [1, '2'], red: [0, '0', null, ''] },
  { matcher: '> many', words: '> many', green: ['> many'], red: [3] },
  { matcher: '/^ng/i', words: 'text that matches /^ng/i', green: ['Nginx', 'ng'], red: ['engine', null] },
  { matcher: '/^2/', words: 'text that matches /^2/', green: [204, '200'], red: [404, undefined] },
  { matcher: '/a.b/s', words: 'text that matches /a.b/s', green: ['a\nb'], red: ['ab'] },
  { matcher: '/^b$/m', words: 'text that matches /^b$/m', green: ['a\nb'], red: ['ab'] },
  { matcher: '/"a":1/', words: 'text that matches /"a":1/', green: [{ a: 1 }, [{ a: 1 }]], red: [{ a: 2 }] },
  { matcher: '/root/site', words: '/root/site', green: ['/root/site'], red: ['root', '/root/sites'] },
  { matcher: '/x/g', words: '/x/g', green: ['/x/g'], red: ['x'] },
  { matcher: [1, 'a'], words: '1 and a', green: [[1, 'a']], red: [[1], [1, 'a', 2], ['a', 1], 'a'] },
  { matcher: ['/^ng/', '> 1'], words: '/^ng/ and > 1', green: [['nginx', 2]], red: [['nginx', 1]] },
  { matcher: [], words: 'nothing', green: [[]], red: [[0], null, ''] },
  {
    matcher: { equals: { a: [1] } },
    words: 'a: 1',
    green: [{ a: [1] }],
    red: [{ a: [1], b: 2 }, { a: [] }],
  },
  { matcher: { equals: '/a/' }, words: '/a/', green: ['/a/'], red: ['a'] },
  {
    matcher: { contains: 'b' },
    words: 'something that contains b',
    green: [['a', 'b'], 'abc', { b: 0 }],
    red: [['ab'], 'a', {}, null],
  },
  {
    matcher: { contains: 80 },
    words: 'something that contains 80',
    green: [[80], 8080, { 80: 1 }],
    red: [['80'], 8],
  },
  {
    matcher: { contains: 'toString' },
    words: 'something that contains toString',
    green: [],
    red: [{}, { a: 1 }],
  },
  { matcher: { matches: 'a+$' }, words: 'text that matches a+$', green: ['baa'], red: ['ab'] },
  { matcher: { matches: '/A/i' }, words: 'text that matches /A/i', green: ['a'], red: ['b'] },
  {
    matcher: { length: 2 },
    words: 'a length of 2',
    green: ['ab', [1, 2], { a: 1, b: 2 }],
    red: ['a', 2, null, [1]],
  },
  { matcher: { length: '> 1' }, words: 'a length of more than 1', green: ['ab'], red: ['a', 5, null] },
  {
    matcher: { all: '> 0' },
    words: 'each to be more than 0',
    green: [[1, 2]],
    red: [[], [1, 0], 1, { a: 1 }],
  },
  { matcher: { any: 2 }, words: 'at least one to be 2', green: [[1, 2]], red: [[], [1], 2] },
  {
    matcher: { any: { has: { n: 1 } } },
    words: 'at least one to be n: 1',
    green: [[{ n: 0 }, { n: 1, m: 2 }]],
    red: [[{ n: 2 }]],
  },
  {
    matcher: { has: { a: 1, b: '/x/' } },
    words: 'a: 1, b: text that matches /x/',
    green: [{ a: 1, b: 'xy', c: 0 }],
    red: [{ a: 1 }, null, 'ab', [1]],
  },
  {
    // What every object inherits is no field of it.
    matcher: { has: { constructor: { absent: true }, toString: { absent: true } } },
    words: 'constructor: nothing there, toString: nothing there',
    green: [{}],
    red: [{ constructor: 'a' }],
  },
  {
    matcher: { contains: 'constructor' },
    words: 'something that contains constructor',
    green: [{ constructor: 1 }],
    red: [{}],
  },
  { matcher: { has: {} }, words: 'an object', green: [{}, { a: 1 }], red: [[], 'a', null] },
  {
    matcher: { has: { a: { absent: true } } },
    words: 'a: nothing there',
    green: [{}, { a: '' }],
    red: [{ a: 0 }, null],
  },
  {
    matcher: { oneOf: ['a', 2, null] },
    words: 'one of a, 2, nothing',
    green: ['a', 2, null],
    red: ['2', 'b'],
  },
  { matcher: { not: 'a' }, words: 'anything but a', green: ['b', null, []], red: ['a'] },
  {
    matcher: { not: { contains: 'a' } },
    words: 'anything but something that contains a',
    green: ['b'],
    red: ['ba'],
  },
  {
    matcher: { allOf: ['/a/', { not: '/b/' }] },
    words: 'text that matches /a/, and anything but text that matches /b/',
    green: ['ac'],
    red: ['ab', 'c'],
  },
  {
    matcher: { absent: true },
    words: 'nothing there',
    green: [null, undefined, ''],
    red: [0, false, 'x', []],
  },
  { matcher: { absent: false }, words: 'something there', green: [0, 'x', []], red: [null, ''] },
  { matcher: { not: { absent: true } }, words: 'anything but nothing there', green: ['x'], red: [null] },
  {
    matcher: { error: '/leader/' },
    words: 'an error: text that matches /leader/',
    green: [],
    red: ['leader', null],
  },
]

describe.each(cases.map((one) => [JSON.stringify(one.matcher), one] as const))('%s', (_text, one) => {
  test('takes and refuses values', () => {
    for (const value of one.green)
      expect(matches(one.matcher, asValue(value)), `${value} is green`).toBe(true)
    for (const value of one.red) expect(matches(one.matcher, asValue(value)), `${value} is red`).toBe(false)
  })

  test('says in words what it wants', () => {
    expect(inWords(one.matcher)).toBe(one.words)
  })

  test('is taken by the schema as it is', () => {
    expect(MatcherFile.parse(one.matcher)).toEqual(one.matcher)
  })
})

test.each<[Matcher, found: Found, expected: boolean]>([
  ['x', absent, false],
  ['', absent, false],
  [null, absent, false],
  ['/No such/', absent, false],
  [{ absent: true }, absent, true],
  [{ absent: true }, refused, false],
  [{ absent: false }, absent, false],
  [{ absent: false }, refused, false],
  [{ error: '/does not have a leader/' }, refused, true],
  [{ error: '/No such container/' }, absent, true],
  [{ error: '/quorum/' }, refused, false],
  [{ error: { contains: 'leader' } }, refused, true],
  [{ not: 'root' }, absent, false],
  [{ not: 'root' }, refused, false],
  [{ not: { absent: true } }, absent, false],
  [{ not: { absent: true } }, refused, false],
  [{ not: { absent: false } }, absent, true],
  [{ not: { error: '/quorum/' } }, absent, true],
  [{ not: { error: '/No such/' } }, absent, false],
  [{ not: { error: '/quorum/' } }, refused, true],
  [{ not: { error: '/leader/' } }, refused, false],
  [{ allOf: [{ error: '/swarm/' }, { error: '/leader/' }] }, refused, true],
  [{ allOf: [{ error: '/swarm/' }, 'x'] }, refused, false],
  [{ length: 0 }, absent, false],
  [{ all: { absent: true } }, absent, false],
  [{ any: { absent: true } }, absent, false],
  [{ has: {} }, absent, false],
  [{ contains: '' }, absent, false],
  [{ oneOf: [null] }, absent, false],
  [{ equals: undefined }, absent, false],
  [{ matches: '' }, refused, false],
])('%j against %j is %s', (matcher, found, expected) => {
  expect(matches(matcher, found)).toBe(expected)
})

test.each([
  { is: 'a' },
  { length: 1, any: 2 },
  {},
  { contains: ['a'] },
  { absent: 'yes' },
  { oneOf: [['a']] },
  { allOf: '/a/' },
  { not: { is: 'a' } },
  { has: ['a'] },
  { matches: 5 },
])('%j is not a matcher', (matcher) => {
  expect(MatcherFile.safeParse(matcher).success).toBe(false)
})

test.each<[Matcher, string[]]>([
  ['/a/', ['/a/']],
  ['a', []],
  ['/root/site', []],
  [5, []],
  [
    ['/a/', ['/b/i']],
    ['/a/', '/b/i'],
  ],
  [{ matches: 'a(' }, ['a(']],
  [{ not: '/a/' }, ['/a/']],
  [{ length: '/1/' }, ['/1/']],
  [{ all: '/a/' }, ['/a/']],
  [{ any: { has: { x: '/a/', matches: 'b' } } }, ['/a/']],
  [{ error: '/a/' }, ['/a/']],
  [{ allOf: ['/a/', { not: { matches: 'b' } }] }, ['/a/', 'b']],
  [{ equals: '/(/' }, []],
  [{ contains: '/(/' }, []],
  [{ oneOf: ['/(/'] }, []],
  [{ absent: true }, []],
])('the patterns in %j are %j', (matcher, patterns) => {
  expect(patternsIn(matcher)).toEqual(patterns)
})

test('a pattern that does not compile is an error, not a red value', () => {
  expect(() => matches('/(/', asValue('('))).toThrow(SyntaxError)
  expect(() => matches({ matches: '(' }, asValue('('))).toThrow(SyntaxError)
})

const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
const anyMatcher = fc.letrec<{ matcher: Matcher }>((tie) => ({
  matcher: fc.oneof(
    { depthSize: 'small' },
    scalar.filter((value) => typeof value !== 'string' || !value.startsWith('/')),
    fc.constantFrom('/a/', '/^b$/i', '>= 1', '!= 0'),
    fc.array(tie('matcher'), { maxLength: 3 }),
    fc.record({ equals: fc.jsonValue() }),
    fc.record({ not: tie('matcher') }),
    fc.record({ contains: fc.oneof(fc.string(), fc.integer()) }),
    fc.record({ matches: fc.constantFrom('a', '/b/i') }),
    fc.record({ absent: fc.boolean() }),
    fc.record({ length: tie('matcher') }),
    fc.record({ all: tie('matcher') }),
    fc.record({ any: tie('matcher') }),
    fc.record({ has: fc.dictionary(fc.string(), tie('matcher'), { maxKeys: 2 }) }),
    fc.record({ oneOf: fc.array(scalar, { maxLength: 3, minLength: 1 }) }),
    fc.record({ error: tie('matcher') }),
    fc.record({ allOf: fc.array(tie('matcher'), { maxLength: 2, minLength: 1 }) }),
  ),
})).matcher
const anyFound = fc.oneof(
  fc.anything({ withNullPrototype: false, maxDepth: 2 }).map(asValue),
  fc.record({ kind: fc.constantFrom('absent' as const, 'error' as const), message: fc.string() }),
)

test('no matcher throws on anything that a check finds, and each says what it wants', () => {
  fc.assert(
    fc.property(anyMatcher, anyFound, (matcher, found) => {
      expect(typeof matches(matcher, found)).toBe('boolean')
      expect(inWords(matcher)).not.toBe('')
    }),
  )
})

test('a value and its negation never agree', () => {
  fc.assert(
    fc.property(anyMatcher, fc.jsonValue(), (matcher, value) => {
      const found = asValue(value)
      expect(matches({ not: matcher }, found)).toBe(!matches(matcher, found))
    }),
  )
})

test('every JSON value equals itself', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(matches({ equals: structuredClone(value) }, asValue(value))).toBe(true)
    }),
  )
})

test('the words of a comparison agree with its answer', () => {
  const holds: Readonly<Record<string, (a: number, b: number) => boolean>> = {
    'at least': (a, b) => a >= b,
    'at most': (a, b) => a <= b,
    'more than': (a, b) => a > b,
    'less than': (a, b) => a < b,
    'anything but': (a, b) => a !== b,
  }
  fc.assert(
    fc.property(
      fc.constantFrom('>=', '<=', '>', '<', '!='),
      fc.integer({ min: -3, max: 3 }),
      fc.integer({ min: -3, max: 3 }),
      (operator, wanted, value) => {
        const matcher = `${operator} ${wanted}`
        const [, words = '', number] = /^(\D+) (-?\d+)$/.exec(inWords(matcher)) ?? []
        expect(matches(matcher, asValue(value))).toBe(holds[words]?.(value, Number(number)))
      },
    ),
  )
})

test('every matcher in a file is read back as it was written', () => {
  fc.assert(
    fc.property(anyMatcher, (matcher) => {
      expect(MatcherFile.parse(JSON.parse(JSON.stringify(matcher)))).toEqual(
        JSON.parse(JSON.stringify(matcher)),
      )
    }),
  )
})
