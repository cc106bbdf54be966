import { expect, test } from 'vitest'
import { buildBank, provables } from '.'

const bankOf = (values: string, proof: string) =>
  buildBank([
    {
      file: 'networking/one.yaml',
      text: `- template: net-all
  parameters: { n: ${values} }
  objectives: [NET-05]
  kind: choice
  difficulty: easy
  stem: How many of {n}?
  options: [{ text: all, right: true }, { text: none, why: No. }]
  explanation: Because.
  source: measured
  proof: [{ run: '${proof}' }]
- id: net-one
  objectives: [NET-05]
  kind: choice
  difficulty: easy
  stem: Which?
  options: [{ text: this, right: true }, { text: that, why: No. }]
  explanation: Because.
  source: measured
  proof: [{ run: ls }]
`,
    },
  ])
const names = (values: string, proof: string) =>
  provables(bankOf(values, proof)).map(({ name, items }) => [name, items.map(({ id }) => id)])

test('a template is proven by each combination that has a proof of its own', () => {
  expect(names('[1, 2, 3]', 'echo {n}')).toEqual([
    ['net-one', ['net-one']],
    ['net-all', ['net-all.1', 'net-all.2', 'net-all.3']],
  ])
  expect(names('[1, 2, 3]', 'echo')).toContainEqual(['net-all', ['net-all.1']])
})

test('of more than twelve proofs, twelve are taken that are spread from the first to the last', () => {
  const values = `[${Array.from({ length: 34 }, (_one, index) => index).join(', ')}]`
  const found = names(values, 'echo {n}').find(([name]) => name === 'net-all')?.[1]
  expect(found).toHaveLength(12)
  expect(found?.at(0)).toBe('net-all.0')
  expect(found?.at(-1)).toBe('net-all.33')
  expect(new Set(found).size).toBe(12)
})
