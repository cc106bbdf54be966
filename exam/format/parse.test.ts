import { expect, test } from 'vitest'
import { optionId } from './item'
import { parseQuestions } from './parse'

const ITEM = `- id: net-one
  objectives: [NET-05]
  kind: choice
  difficulty: easy
  stem: Which one?
  options:
    - { text: this, right: true }
    - { text: that, why: It is not. }
  explanation: Because.
  source: measured
`
const parse = (text: string) => parseQuestions({ file: 'networking/one.yaml', text })

test('an item is read with its defaults, and its domain from its folder', () => {
  const { items, problems } = parse(ITEM)
  expect(problems).toEqual([])
  expect(items[0]).toMatchObject({
    id: 'net-one',
    domain: 'networking',
    enemies: [],
    versions: null,
    template: null,
  })
  expect(items[0]?.options).toEqual([
    { id: optionId('this'), text: 'this', right: true, why: null },
    { id: optionId('that'), text: 'that', right: false, why: 'It is not.' },
  ])
})

test.each([
  ['a misspelt key', ITEM.replace('difficulty', 'dificulty'), 1, /"dificulty" is not known/],
  ['no right option', ITEM.replace(', right: true', ''), 6, /No option is right/],
  [
    'two right options of a choice',
    ITEM.replace('why: It is not.', 'right: true'),
    6,
    /2 options of a choice/,
  ],
  [
    'every option right',
    ITEM.replace('why: It is not.', 'right: true').replace('choice', 'multiple'),
    6,
    /Every option/,
  ],
  ['two options alike', ITEM.replace('that', 'This'), 6, /say the same/],
  ['an objective that cannot be', ITEM.replace('NET-05', 'NET5'), 2, /objective such as/],
  ['no list', 'id: one', 1, /not a list/],
  ['broken YAML', '- id: "one', 1, /not valid YAML/],
])('%s is reported with its line', (_name, text, line, message) => {
  const { items, problems } = parse(text)
  expect(items).toEqual([])
  expect(problems[0]).toMatchObject({ file: 'networking/one.yaml', message: expect.stringMatching(message) })
  expect(problems.map((problem) => problem.line)).toContain(line)
})

test('a broken item does not hide the others', () => {
  const { items, problems } = parse(`${ITEM.replace('easy', 'simple')}${ITEM.replace('net-one', 'net-two')}`)
  expect(items.map(({ id }) => id)).toEqual(['net-two'])
  expect(problems).toHaveLength(1)
})

const TEMPLATE = `- template: raft
  parameters: { n: [3, 4, 5], who: [managers] }
  compute: { lost: "(n - \`1\`) // \`2\`", half: "(n + \`1\`) // \`2\`" }
  when: "n != \`4\`"
  objectives: [ORC-03]
  kind: choice
  difficulty: easy
  stem: "{n} {who} of {{.Name}}: how many may fail?"
  options:
    - { text: "{lost}", right: true }
    - { text: "{half}", why: "Then {lost} would be left." }
  explanation: A majority.
  source: measured
  proof: [{ run: "echo {n}" }]
`

test('a template gives an item for each combination that its condition allows, filled everywhere', () => {
  const { templates, problems } = parse(TEMPLATE.replace('[managers]', '[managers, masters]'))
  expect(problems).toEqual([])
  expect(templates[0]?.items.map(({ id }) => id)).toEqual([
    'raft.3-managers',
    'raft.3-masters',
    'raft.5-managers',
    'raft.5-masters',
  ])
  expect(templates[0]?.items[0]).toMatchObject({
    stem: '3 managers of {{.Name}}: how many may fail?',
    proof: [{ run: 'echo 3' }],
    template: { id: 'raft', parameters: { n: 3, who: 'managers', lost: 1, half: 2 } },
  })
})

test('combinations whose options say the same are left out; none left is an error', () => {
  const twin = TEMPLATE.replace('[managers]', '[managers, masters]').replace('"{half}"', '"{lost}"')
  expect(parse(twin).problems[0]?.message).toContain('No combination of "raft"')
})

test('an expression that computes nothing is reported', () => {
  const broken = TEMPLATE.replace('[managers]', '[managers, masters]').replace('(n + `1`) // `2`', 'nothing')
  expect(parse(broken).problems[0]?.message).toContain('"half" is null')
})
