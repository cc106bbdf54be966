import { expect, test } from 'vitest'
import { CheckFile, toCheck } from './kinds'
import { lintCheck } from './lint'

const lint = (file: object) => lintCheck(toCheck(CheckFile.parse({ name: 'A check', ...file }), 'node1'))
const query = { api: '/info', select: 'Name' }

test.each<[string, object]>([
  ['a query', { query, expect: '/^n/', explain: 'No.' }],
  ['a query of the whole answer', { query: { api: '/info' }, expect: { has: { Name: 'a' } } }],
  ['a script', { exec: 'true' }],
  [
    'an address',
    {
      http: 'http://localhost',
      expect: { status: '/^2/', headers: { server: '/nginx/' } },
      expected: 'nginx',
    },
  ],
  ['a file', { file: '/a', expect: { content: '/a/', mode: '0644' }, explain: 'No.' }],
  ['a missing file', { file: '/a', expect: { absent: true } }],
  ['an explanation', { exec: 'echo a', explain: '{name}: {actual}, not {expected}.' }],
])('%s without flaws has none', (_name, file) => {
  expect(lint(file)).toEqual([])
})

test.each<[string, object]>([
  ['a query', { query, expect: '/(/' }],
  ['a script', { exec: 'true', expect: { stdout: { allOf: ['/a/', '/(/'] } } }],
  ['the plain form of a script', { exec: 'true', expect: '/(/' }],
  ['an address', { http: 'http://localhost', expect: { status: 200, body: '/(/' } }],
  ['a header', { http: 'http://localhost', expect: { headers: { server: { not: '/(/' } } } }],
  ['an error', { http: 'http://localhost', expect: { error: '/(/' } }],
  ['a file', { file: '/a', expect: { owner: { oneOf: ['a'] }, content: '/(/' } }],
])('a broken pattern in %s is found', (_name, file) => {
  const [flaw, ...others] = lint(file)
  expect(others).toEqual([])
  expect(flaw).toMatchObject({
    place: ['expect'],
    help: 'Correct it. Patterns are those of RE2: see github.com/google/re2/wiki/Syntax.',
  })
  expect(flaw?.message).toMatch(/^The pattern \/\(\/ does not compile: .*missing closing.*\.$/)
})

test('every broken pattern is reported', () => {
  const flaws = lint({ exec: 'true', expect: { stdout: '/(/', stderr: { any: { matches: '[' } } } })
  expect(flaws.map(({ message }) => message.slice(0, 15))).toEqual(['The pattern /(/', 'The pattern [ d'])
})

test('a selection that is not JMESPath is found', () => {
  const [flaw] = lint({ query: { api: '/info', select: 'a..b' }, expect: 1 })
  expect(flaw).toMatchObject({ place: ['query', 'select'], help: 'See jmespath.org for the syntax.' })
  expect(flaw?.message).toMatch(/^This is not JMESPath: ./)
})

test('a selection that is too long is found', () => {
  const [flaw] = lint({ query: { api: '/info', select: 'a'.repeat(1_001) }, expect: 1 })
  expect(flaw?.message).toBe('The expression has 1001 characters; 1000 are allowed.')
})

test('a placeholder that nothing fills in is found', () => {
  expect(lint({ exec: 'true', explain: '{found} is wrong' })).toEqual([
    {
      place: ['explain'],
      message: '"{found}" is no placeholder.',
      help: 'There are {actual}, {expected} and {name}.',
    },
  ])
})
