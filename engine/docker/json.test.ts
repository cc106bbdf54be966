import { expect, test } from 'vitest'
import { parseJson } from './json'

const read = (text: string) => parseJson(Buffer.from(text), 'looking')
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

test.each(['{"a":[1,{"b":null}]}', '"OK"', '7', '"{[\\"[{,"', nested(64)])('%s is read', (text) => {
  expect(JSON.stringify(read(text))).toBe(text)
})

test.each([
  ['too deep', nested(65), 'more than 64 levels'],
  ['too deep, and without an end', '{"a":'.repeat(1_000_000), 'more than 64 levels'],
  ['too many values', `[${'0,'.repeat(500_000)}0]`, 'more than 500000 values'],
])('JSON that is %s is refused with what was asked', (_what, text, words) => {
  expect(() => read(text)).toThrow(
    expect.objectContaining({ code: 'engine-refused', message: expect.stringContaining(words) }),
  )
  expect(() => read(text)).toThrow('(looking)')
})

test('brackets in texts are no levels', () => {
  expect(read(JSON.stringify('['.repeat(1_000)))).toBe('['.repeat(1_000))
})

test('what is not JSON is not read', () => {
  expect(() => read('{"a"')).toThrow(SyntaxError)
})
