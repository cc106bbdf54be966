import { expect, test } from 'vitest'
import { parseQuestions } from '../format'
import { merged, representatives } from './bank'
import { bankNumbers, proofsByEngine } from './numbers'

const item = (id: string, more: string, options = '{ text: aa, right: true }, { text: bb, why: No. }') =>
  `- id: ${id}
  objectives: [NET-05]
  difficulty: easy
  options: [${options}]
  explanation: Because.
  source: measured
${more}
`
const itemsOf = (text: string, file = 'networking/one.yaml') => {
  const { problems, ...parsed } = parseQuestions({ file, text })
  expect(problems).toEqual([])
  return representatives(merged([{ problems, ...parsed }]))
}
const CHOICE = '  kind: choice\n  stem: one two three'
const PROOF = '  proof: [{ run: ls }]'
const THREE = '{ text: aa, right: true }, { text: bb, right: true }, { text: cc, why: No. }'

test('reading counts the words of stem, exhibits and options', () => {
  const exhibit = '  exhibits: [{ kind: output, text: "four five" }]'
  const long = `  kind: choice\n  stem: ${'word '.repeat(96)}`
  const items = itemsOf(
    [item('net-a', CHOICE), item('net-b', `${CHOICE}\n${exhibit}`), item('net-c', long)].join(''),
  )
  expect(bankNumbers(items).reading).toEqual({ median: 7, p90: 98 })
})

test('keys are counted for multiples only', () => {
  const multiple = '  kind: multiple\n  stem: Which?'
  const items = itemsOf([item('net-a', CHOICE), item('net-b', multiple, THREE)].join(''))
  expect(bankNumbers(items).keys).toEqual([{ options: 3, keys: { 2: 1 } }])
})

test('an exhibit of twelve lines or a second exhibit makes a scenario', () => {
  const exhibits = (...lines: number[]) =>
    `${CHOICE}\n  exhibits: [${lines.map((count) => `{ kind: output, text: ${JSON.stringify('x\n'.repeat(count))} }`).join(', ')}]`
  const scenarios = (...lines: number[]) => bankNumbers(itemsOf(item('net-a', exhibits(...lines)))).scenarios
  expect([scenarios(11), scenarios(12), scenarios(2, 2)]).toEqual([0, 1, 1])
})

test('pairs that nobody has judged are counted', () => {
  const asks = (more = '') =>
    `  kind: choice\n  stem: Who prints the long listing of published addresses?${more}`
  const pair = (more?: string) =>
    bankNumbers(itemsOf(item('net-a', asks()) + item('net-b', asks(more)))).unjudged.twins
  expect([pair(), pair('\n  enemies: [net-a]'), pair('\n  distinct: [net-a]')]).toEqual([1, 0, 0])
})

test('the share with a proof, and what each version of the engine must show', () => {
  const items = itemsOf(
    [
      item('net-a', `${CHOICE}\n${PROOF}`),
      item('net-b', `${CHOICE}\n${PROOF}\n  versions: ">=23"`),
      item('net-c', CHOICE),
      item('net-d', CHOICE),
    ].join(''),
  )
  expect(bankNumbers(items).provenShare).toBe(0.5)
  expect(proofsByEngine(items, ['20.10', '26.1'])).toEqual([
    { engine: '20.10', holds: 1, fails: 1 },
    { engine: '26.1', holds: 2, fails: 0 },
  ])
})
