import { expect, test } from 'vitest'
import { aboveLimits } from './json-size'

const above = (text: string) => aboveLimits(new TextEncoder().encode(text), { values: 4, levels: 2 })

test.each([
  ['[1,2]', null],
  ['[[]]', null],
  ['[[[]]]', 'levels'],
  ['[1,2,3,4]', 'values'],
  ['"[[[,,,,,"', null],
  ['"\\"[[["', null],
  ['{"a":'.repeat(1_000), 'levels'],
])('%s', (text, limit) => {
  expect(above(text)).toBe(limit)
})
