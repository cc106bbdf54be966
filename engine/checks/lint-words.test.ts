import { describe, expect, test } from 'vitest'
import { CheckFile, toCheck } from './kinds'
import { lintCheck } from './lint'

const messages = (keys: object) =>
  lintCheck(toCheck(CheckFile.parse({ name: 'A check', ...keys }), 'node1')).map(({ message }) => message)
const state = { query: { api: '/containers/web/json', select: 'State.Status' }, expect: 'running' }

describe.each(['explain', 'missing'])('a sentence of %s', (key) => {
  test.each([
    'It should run.',
    'Does it run?',
    'It says "now".',
    'Run `docker ps --format {{json .}}`.',
    'See {{.Name}} (or so).',
    'Pull team/shop@sha256:….',
    'The file /root/why.txt, 10.0.0.0/24 and *.raw are fine.',
  ])('is fine as %j', (sentence) => {
    expect(messages({ ...state, [key]: sentence })).toEqual([])
  })

  test.each([
    ['The state should be ["exited",0].', 'The sentence has JSON in it.'],
    ['It should be [3,"host"].', 'The sentence has JSON in it.'],
    ['It should be {"a": 1}.', 'The sentence has JSON in it.'],
    ['It should be [true].', 'The sentence has JSON in it.'],
    ['It should match /^1\\s+2$/.', 'The sentence has a regular expression in it.'],
    ['It should match a.*b.', 'The sentence has a regular expression in it.'],
    ['Try again.. It runs.', 'The sentence has two marks at one end.'],
    ['Does it run?.', 'The sentence has two marks at one end.'],
    ['It does not run', 'The sentence does not end with a mark.'],
    ['It runs:', 'The sentence does not end with a mark.'],
    ['Run `docker ps.', 'The sentence has a backtick without its partner.'],
  ])('is refused as %j', (sentence, message) => {
    expect(messages({ ...state, [key]: sentence })).toEqual([message])
  })
})

describe('a template', () => {
  test('is for a value that there is', () => {
    expect(messages({ ...state, explain: 'It is {actual}, not {expected}.' })).toEqual([])
    expect(messages({ ...state, missing: 'It is {actual}.' })).toEqual([
      'While nothing is there, there is no value for {actual}.',
    ])
  })

  test('never shows a pattern', () => {
    const pattern = { ...state, expect: '/^run/', explain: 'It is {actual}, not {expected}.' }
    expect(messages(pattern)).toEqual(['A pattern is never shown.'])
    expect(messages({ ...pattern, expected: 'running' })).toEqual([])
  })

  test('needs a script that says what it found, or a sentence for when it does not', () => {
    const silent = { exec: 'grep -q a /root/b', explain: 'It is {actual}.' }
    expect(messages(silent)).toEqual(['A script that fails has no value for {actual}.'])
    expect(messages({ ...silent, missing: 'There is no a yet.' })).toEqual([])
    expect(messages({ ...silent, explain: 'There is no a.' })).toEqual([])
    expect(messages({ ...silent, exec: 'echo b; exit 1' })).toEqual([])
    expect(messages({ ...silent, expect: 'a' })).toEqual([])
  })
})

describe('a secret check', () => {
  const secret = { file: '/root/port', expect: '2377', secret: true }
  const tells = 'The sentence tells what the student has to find out.'

  test('needs a sentence, which does not tell the answer', () => {
    expect(messages(secret)).toEqual(['A secret check needs a sentence of its author.'])
    expect(messages({ ...secret, explain: 'It holds another port: {actual}.' })).toEqual([])
    expect(messages({ ...secret, explain: 'It should be 2377.' })).toEqual([tells])
    expect(messages({ ...secret, explain: 'Not {expected}.' })).toEqual([tells])
    expect(messages({ ...secret, explain: 'Another.', missing: 'Write 2377 there.' })).toEqual([tells])
  })

  test('may have a word in its sentence that only contains the answer', () => {
    expect(messages({ ...secret, expect: 'port', explain: 'It should be imported.' })).toEqual([])
  })

  test('whose answer is a part or one of several does not tell it either', () => {
    const explain = 'The error is x509.'
    expect(messages({ ...secret, expect: { contains: 'x509' }, explain })).toEqual([tells])
    expect(messages({ ...secret, expect: { allOf: [{ not: 'a' }, 'x509'] }, explain })).toEqual([tells])
    expect(messages({ ...secret, expect: '/^x/', expected: 'x509', explain })).toEqual([tells])
  })

  test('may say what its script compares', () => {
    const explain = 'It should hold the key.'
    expect(
      messages({ exec: 'echo right', expect: 'right', expected: 'the key', secret: true, explain }),
    ).toEqual([])
  })
})

test('a pattern needs words of its author', () => {
  const pattern = { ...state, expect: { not: '/^run/' } }
  expect(messages(pattern)).toEqual(['A pattern is never shown, and there are no words for it.'])
  expect(messages({ ...pattern, explain: 'It runs.' })).toEqual([])
  expect(messages({ ...pattern, expected: 'a rest' })).toEqual([])
})
