import { expect, test } from 'vitest'
import { FORMATS, type Item, importForeign, parseQuestions } from '../../../exam'
import { KnownPrints } from './duplicates'

const REST = `
  objectives: [NET-05]
  difficulty: easy
  explanation: It is.
  source: mine
`
const OPTIONS = 'options: [{ text: a, right: true }, { text: b }]'

function read(...entries: string[]): readonly Item[] {
  const text = entries.map((entry, index) => `- id: item-${index}\n  ${entry}${REST}`).join('')
  const { items, problems } = parseQuestions({ file: 'networking/one.yaml', text })
  expect(problems).toEqual([])
  return items
}
const exhibit = (text: string) =>
  `kind: choice\n  stem: What does it print?\n  exhibits: [{ kind: output, text: ${text} }]\n  ${OPTIONS}`
const matching = (...lefts: string[]) =>
  `kind: matching\n  stem: Is it kept?\n  pairs: [${lefts
    .map((left, index) => `{ left: ${left}, right: ${index === 0 ? 'yes' : 'no'} }`)
    .join(', ')}]`

test.each<[string, string, string]>([
  ['other exhibits', exhibit('one'), exhibit('two')],
  ['other parts to match', matching('a', 'b', 'c'), matching('d', 'e', 'f')],
])('questions with the same words and %s are two', (_what, one, other) => {
  const known = new KnownPrints([{ where: 'here', items: read(one) }])
  expect(known.placesOf(read(one, other), () => '')).toEqual(['here as “item-0”', null])
})

/** Aiken has one line for a question and its exhibits. */
const WITH_EXHIBITS = Object.keys(FORMATS).filter((format) => format !== 'aiken')

test.each(WITH_EXHIBITS)('a question with exhibits that was exported as %s is the same one', (format) => {
  const items = read(
    `kind: choice
  stem: What does it print?
  exhibits:
    - { kind: output, title: The output, text: "NAME  ID\\n\\none   1 \\n\\n" }
    - { kind: topology, nodes: [{ id: one, kind: host }, { id: two, label: Two, kind: worker }], links: [{ from: one, to: two }] }
  ${OPTIONS}`,
  )
  const content = FORMATS[format]?.write(items).content ?? ''
  const back = importForeign(content, { name: 'back', format, objective: 'NET-05', taken: ['item-0'] })
  const known = new KnownPrints([{ where: 'here', items }])
  expect(known.placesOf(back.items, () => '')).toEqual(['here as “item-0”'])
})

test('questions of a file that differ in their pictures alone are two', () => {
  const shows = (name: string) => `kind: choice\n  stem: "Which? ![x](pictures/${name}.png)"\n  ${OPTIONS}`
  const items = read(shows('one'), shows('two'), shows('three'))
  const places = new KnownPrints([]).placesOf(items, ({ id }) => (id === 'item-1' ? 'ship' : 'whale'))
  expect(places).toEqual([null, null, 'earlier in this file as “item-0”'])
})
