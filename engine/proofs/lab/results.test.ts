import { expect, test } from 'vitest'
import type { Check, CheckResult } from '../../checks'
import { allGreen, askedGreen, type Results, redOnes } from './results'

type Entry = readonly [state: CheckResult['state'], guard?: 'guard']

function resultsOf(...entries: readonly Entry[]): Results {
  return new Map(
    entries.map(([state, guard], index): [Check, CheckResult] => [
      {
        name: `check ${index + 1}`,
        on: 'node1',
        within: 0,
        explain: null,
        missing: null,
        expected: null,
        secret: false,
        guard: guard === 'guard',
        points: 1,
        kind: 'file',
        path: '/a',
        in: null,
        expect: {},
      },
      { state, expected: '', found: '', explanation: state === 'green' ? '' : `It is ${state}.` },
    ]),
  )
}

test.each<[string, all: boolean, asked: boolean, Entry[]]>([
  ['nothing', false, false, []],
  ['one green check', true, true, [['green']]],
  ['a red one', false, false, [['green'], ['red']]],
  ['one that could not be looked at', false, false, [['green'], ['error']]],
  ['a green check and a green guard', true, true, [['green'], ['green', 'guard']]],
  ['a green check and a broken guard', false, true, [['green'], ['red', 'guard']]],
  ['a red check and a green guard', false, false, [['red'], ['green', 'guard']]],
  ['only a guard', true, false, [['green', 'guard']]],
])('%s: all green is %s, all that is asked for is green is %s', (_name, all, asked, entries) => {
  const results = resultsOf(...entries)
  expect(allGreen(results)).toBe(all)
  expect(askedGreen(results)).toBe(asked)
})

test('the checks that are not green are named with their explanations', () => {
  expect(redOnes(resultsOf(['red'], ['green'], ['error', 'guard']))).toBe(
    '"check 1": It is red. · "check 3": It is error.',
  )
  expect(redOnes(resultsOf(['green']))).toBe('')
})
