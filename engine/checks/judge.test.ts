import { describe, expect, test } from 'vitest'
import { failed, judge, unknownPlaceholders } from './judge'
import type { Part } from './kinds'
import type { Found, Matcher } from './matchers'

const value = (found: unknown): Found => ({ kind: 'value', value: found })
const check = { name: 'The service is up', explain: null }
const part = (expect: Matcher, found: Found, name = ''): Part => ({ name, found, expect })

/** Answers of real engines, each with a check's expectation and its result. */
test.each<[Matcher, found: Found, state: string, expected: string, shown: string]>([
  ['running', value('running'), 'green', 'running', 'running'],
  ['running', value('exited'), 'red', 'running', 'exited'],
  [
    'running',
    { kind: 'absent', message: 'No such container: web' },
    'red',
    'running',
    'No such container: web',
  ],
  ['running', { kind: 'error', message: 'no leader' }, 'red', 'running', 'no leader'],
  [{ absent: true }, { kind: 'absent', message: 'No such image' }, 'green', 'nothing there', 'No such image'],
  [
    { error: '/leader/' },
    { kind: 'error', message: 'no leader' },
    'green',
    'an error: text that matches /leader/',
    'no leader',
  ],
  [{ error: '/leader/' }, value(3), 'red', 'an error: text that matches /leader/', '3'],
  ['>= 3', value(null), 'red', 'at least 3', 'nothing'],
  [{ length: 2 }, value(['a', 'b']), 'green', 'a length of 2', '["a","b"]'],
  [{ not: 'root' }, value(''), 'green', 'anything but root', 'an empty text'],
])('%j with %j is %s', (expect_, found, state, expected, shown) => {
  const result = judge(check, [part(expect_, found)])
  expect(result).toMatchObject({ state, expected, found: shown })
  expect(result.explanation).toBe(state === 'green' ? '' : `Expected ${expected}, found ${shown}.`)
})

describe('a check with several parts', () => {
  const status = part('/^2/', value(404), 'status')
  const body = part({ contains: 'Welcome' }, value('Not found'))
  const header = part('nginx', value(null), 'header Server:')

  test('explains the first part that is wrong, by its name', () => {
    expect(judge(check, [status, body])).toEqual({
      state: 'red',
      expected: 'status text that matches /^2/',
      found: 'status 404',
      explanation: 'Expected status text that matches /^2/, found 404.',
    })
  })

  test('passes over the parts that are right', () => {
    const ok = part('/^2/', value(200), 'status')
    expect(judge(check, [ok, body, header])).toMatchObject({
      state: 'red',
      expected: 'something that contains Welcome',
      found: 'Not found',
    })
    expect(judge(check, [ok, header]).found).toBe('header Server: nothing')
  })

  test('shows the first part when all are right', () => {
    const ok = part('/^2/', value(200), 'status')
    expect(judge(check, [ok, part('nginx', value('nginx'), 'header Server:')])).toEqual({
      state: 'green',
      expected: 'status text that matches /^2/',
      found: 'status 200',
      explanation: '',
    })
  })
})

test('a single part that is right needs no name', () => {
  expect(judge(check, [part(0, value(0), 'exit code')])).toMatchObject({ expected: '0', found: '0' })
  expect(judge(check, [part(0, value(1), 'exit code')])).toMatchObject({
    expected: 'exit code 0',
    found: 'exit code 1',
  })
})

test('a check that asks for nothing is green', () => {
  expect(judge(check, [])).toEqual({ state: 'green', expected: '', found: '', explanation: '' })
})

test.each([
  ['{actual} of them answer, not {expected}.', '2 of them answer, not at least 3.'],
  ['{name}: {actual}', 'The service is up: 2'],
  ['Use {{actual}} and {other}', 'Use {2} and {other}'],
  ['Nothing to fill in', 'Nothing to fill in'],
  ['{actual}{actual}', '22'],
  ['{toString}', '{toString}'],
])('the explanation %j becomes %j', (explain, explanation) => {
  expect(judge({ ...check, explain }, [part('>= 3', value(2))]).explanation).toBe(explanation)
})

test("the author's explanation gets the value without the part's name", () => {
  const result = judge({ ...check, explain: 'It says {actual}.' }, [part(200, value(404), 'status')])
  expect(result.explanation).toBe('It says 404.')
})

test('a dollar sign in a value stays as it is', () => {
  expect(judge({ ...check, explain: 'It is {actual}.' }, [part('a', value('$&$1'))]).explanation).toBe(
    'It is $&$1.',
  )
})

test('a node that could not be looked at is an error, not a red check', () => {
  expect(failed('The node node1 has stopped.')).toEqual({
    state: 'error',
    expected: '',
    found: '',
    explanation: 'This could not be looked at: The node node1 has stopped.',
  })
})

test('placeholders that nothing fills in are found', () => {
  expect(unknownPlaceholders('{actual} {found} {name} {Expected} { expected }')).toEqual([
    'found',
    'Expected',
  ])
  expect(unknownPlaceholders('{expected}')).toEqual([])
})
