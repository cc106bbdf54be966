import { search } from '@jmespath-community/jmespath'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { select } from '.'

const containers = Array.from({ length: 50 }, (_, index) => ({
  Name: `/c${index}`,
  State: { Running: true },
}))

test.each([
  ['length(@)', containers, 50],
  ["[?Name == '/c7'].State.Running | [0]", containers, true],
  ['Missing', {}, null],
  ['let $name = Name in [$name, $name]', { Name: 'a' }, ['a', 'a']],
  ["join(',', sort_by(@, &Name)[:2].Name)", containers, '/c0,/c1'],
])('selects %s as the library does', (expression, value, selected) => {
  expect(select(value, expression)).toEqual(selected)
  expect(select(value, expression)).toEqual(search(value, expression))
})

const doubled = Array(50).fill('[@, @]').join(' | ')
const nested = (depth: number): string => (depth === 0 ? '@' : `map(&${nested(depth - 1)}, $)`)

test.each([
  ['doubles a value again and again', doubled],
  ['writes a doubled value as text', `to_string(${doubled})`],
  ['compares a doubled value with itself', `(${doubled}) == (${doubled})`],
  ['goes over a list for each element of a list, and so on', nested(12)],
  ['hides it behind a name', `let $x = (${doubled}) in $x`],
  ['pads a text', "pad_left('x', `400000000`)"],
])('an expression that %s ends, and says why', (_what, expression) => {
  expect(() => select(containers, expression)).toThrow(/makes values that are too large/)
})

test('a caller can allow less work', () => {
  const expression = '[@, @] | [@, @] | length(@)'
  expect(select({ n: 1 }, expression)).toBe(2)
  expect(() => select({ n: 1 }, expression, 10)).toThrow(/too large/)
})

test('an expression that is too long is refused', () => {
  expect(() => select({}, `[${'a,'.repeat(600)}a]`)).toThrow('1203 characters; 1000 are allowed')
})

const leaf = fc.constantFrom('@', '$', 'Name', 'State', "'text'", '`7`', '`[1,2,3]`')
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 6 },
    leaf,
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `[${a}, ${b}]`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a}) | (${b})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a})[?(${b}) == (${a})]`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `map(&(${a}), to_array(${b}))`),
    tie('expression').map((a) => `(${a})[]`),
    tie('expression').map((a) => `(${a})[*]`),
    tie('expression').map((a) => `to_string(${a})`),
    tie('expression').map((a) => `let $x = (${a}) in [$x, $x]`),
  ),
}))

test('every expression ends: with what the library selects, or with an error', () => {
  fc.assert(
    fc.property(expression, (text) => {
      let selected: unknown
      try {
        selected = select(containers.slice(0, 5), text)
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
        return
      }
      expect(selected).toEqual(search(containers.slice(0, 5), text))
    }),
    { numRuns: 300 },
  )
})
