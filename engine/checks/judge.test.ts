import { describe, expect, test } from 'vitest'
import { failed, judge, judgeForAuthor } from './judge'
import type { Part } from './kinds'
import type { Found, Matcher } from './matchers'

const value = (found: unknown): Found => ({ kind: 'value', value: found })
const check = { name: 'The service is up', explain: null }
const part = (expect: Matcher, found: Found, name = ''): Part => ({ name, found, expect })

/** Answers of real engines, each with a check's expectation and its result. */
test.each<[Matcher, found: Found, state: string, expected: string, shown: string]>([
  ['running', value('running'), 'green', 'running', 'running'],
  ['running', value('exited'), 'red', 'running', 'exited'],
  [{ absent: true }, { kind: 'absent', message: 'No such image' }, 'green', 'nothing there', 'No such image'],
  [{ error: '/leader/' }, { kind: 'error', message: 'no leader' }, 'green', '', 'no leader'],
  ['>= 3', value(null), 'red', 'at least 3', 'nothing'],
  [{ length: 2 }, value(['a']), 'red', 'a length of 2', 'a'],
  [['host', 8080], value(['ingress', 8080]), 'red', 'host and 8080', 'ingress and 8080'],
  [{ not: 'root' }, value(''), 'green', 'anything but root', 'nothing'],
])('%j with %j is %s', (expect_, found, state, expected, shown) => {
  const result = judge(check, [part(expect_, found)])
  expect(result).toMatchObject({ state, expected, found: shown })
  expect(result.explanation).toBe(state === 'green' ? '' : `Expected ${expected}, found ${shown}.`)
})

describe('what is not there yet', () => {
  const absent: Found = {
    kind: 'absent',
    message: 'No such container: web',
    missing: 'There is no container called web',
  }
  const explain = 'The state of web is {actual}.'

  test('is told as such, and never by the template', () => {
    expect(judge({ ...check, explain }, [part('running', absent)])).toMatchObject({
      state: 'missing',
      explanation: 'There is no container called web yet.',
    })
  })

  test("is told by the author's sentence where there is one", () => {
    expect(
      judge({ ...check, explain, missing: 'Start web first.' }, [part('running', absent)]),
    ).toMatchObject({
      state: 'missing',
      explanation: 'Start web first.',
    })
  })

  test('is told somehow when nobody knows what it is', () => {
    const found: Found = { kind: 'absent', message: 'page not found' }
    expect(judge({ ...check, explain }, [part('running', found)]).explanation).toBe('This is not there yet.')
  })

  test('can be a value that holds nothing, when the author has a sentence for that', () => {
    const missing = 'No task of web runs yet.'
    const nothing = part('a', value([null, '']))
    expect(judge({ ...check, explain, missing }, [nothing])).toMatchObject({
      state: 'missing',
      explanation: missing,
    })
    expect(judge({ ...check, explain }, [nothing])).toMatchObject({ state: 'red' })
    expect(judge({ ...check, explain, missing }, [part('a', value('b'))])).toMatchObject({ state: 'red' })
  })

  test('is a loss when a guard protects it', () => {
    const guard = { ...check, guard: true }
    const judged = (keys: object) => judge({ ...guard, ...keys }, [part('running', absent)])
    expect(judged({ explain })).toMatchObject({
      state: 'red',
      explanation: 'There is no container called web any more.',
    })
    expect(judged({ explain: 'web is gone.' })).toMatchObject({ state: 'red', explanation: 'web is gone.' })
    expect(judged({ explain, missing: 'web was here.' })).toMatchObject({
      state: 'red',
      explanation: 'web was here.',
    })
  })
})

describe('an error that came instead of a value', () => {
  const error = part('running', { kind: 'error', message: 'bash: line 1: syntax error' })

  test.each<[object, state: string, explanation: string]>([
    [{ explain: 'lab0 must be up.' }, 'red', 'lab0 must be up.'],
    [{ explain: 'It is {actual}.', missing: 'lab0 is not there yet.' }, 'missing', 'lab0 is not there yet.'],
    [{ explain: 'It is {actual}.' }, 'red', 'This did not work.'],
    [{ explain: null }, 'red', 'This did not work.'],
  ])('never reaches the sentence of %j', (keys, state, explanation) => {
    expect(judge({ ...check, ...keys }, [error])).toMatchObject({
      state,
      explanation,
      found: 'bash: line 1: syntax error',
    })
  })
})

describe('what is expected', () => {
  test('is never a pattern', () => {
    for (const matcher of ['/^2/', { allOf: ['a', { not: '/b/' }] }, { matches: 'a+' }] as Matcher[])
      expect(judge(check, [part(matcher, value('x'))])).toMatchObject({
        expected: '',
        explanation: 'This is not right yet. Found: x.',
      })
  })

  test("can be in the author's words, or in those of the part", () => {
    const words = { ...part('/^2/', value(404), 'status'), words: 'success' }
    expect(judge(check, [words]).expected).toBe('status success')
    expect(judge({ ...check, expected: 'a page' }, [words]).expected).toBe('a page')
    expect(judge(check, [{ ...words, words: '' }]).expected).toBe('')
  })

  test('is in no sentence of a check whose answer is to be found out', () => {
    const secret = judge({ ...check, secret: true }, [part('2377', value('7946'))])
    expect(secret.explanation).toBe('This is not right yet.')
  })
})

test('all of a long text is kept beside its line', () => {
  expect(judge(check, [part('a', value('one\ntwo'))])).toMatchObject({ found: 'one two', whole: 'one\ntwo' })
})

test('an author is told everything, patterns and errors too', () => {
  const found: Found = { kind: 'error', message: 'no leader' }
  expect(judgeForAuthor(check, [part('/^2/', found, 'status')]).explanation).toBe(
    'Expected status text that matches /^2/, found no leader.',
  )
  expect(judgeForAuthor(check, [part('a', value('a'))])).toMatchObject({ state: 'green', explanation: '' })
})

describe('a check with several parts', () => {
  const status = part(200, value(404), 'status')
  const body = part({ contains: 'Welcome' }, value('Not found'))
  const header = part('nginx', value(null), 'header Server:')

  test('explains the first part that is wrong, by its name', () => {
    expect(judge(check, [status, body])).toEqual({
      state: 'red',
      expected: 'status 200',
      found: 'status 404',
      explanation: 'Expected status 200, found 404.',
    })
  })

  test('passes over the parts that are right', () => {
    const ok = part(200, value(200), 'status')
    expect(judge(check, [ok, body, header])).toMatchObject({
      state: 'red',
      expected: 'something that contains Welcome',
      found: 'Not found',
    })
    expect(judge(check, [ok, header]).found).toBe('header Server: nothing')
  })

  test('shows the first part when all are right', () => {
    const ok = part(200, value(200), 'status')
    expect(judge(check, [ok, part('nginx', value('nginx'), 'header Server:')])).toEqual({
      state: 'green',
      expected: 'status 200',
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
  expect(failed('This could not be looked at.', 'x is undefined')).toEqual({
    state: 'error',
    expected: '',
    found: 'x is undefined',
    explanation: 'This could not be looked at.',
  })
})
