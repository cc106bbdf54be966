import { expect, test } from 'vitest'
import { optionId } from './item'
import { parseQuestions } from './parse'
import { questionsJsonSchema } from './schema'
import { fill } from './template'

interface Draft {
  readonly parameters?: string
  readonly compute?: string
  readonly when?: string
  readonly stem?: string
  readonly options?: readonly string[]
  readonly more?: string
}

function parse({
  parameters = '{ n: [1, 2, 3] }',
  compute,
  when,
  stem = 'What is {n}?',
  options,
  more,
}: Draft) {
  const text = [
    '- template: numbers',
    `  parameters: ${parameters}`,
    compute && `  compute: ${compute}`,
    when && `  when: ${JSON.stringify(when)}`,
    '  objectives: [NET-01]\n  kind: choice\n  difficulty: easy',
    `  stem: ${JSON.stringify(stem)}`,
    '  options:',
    ...(options ?? ['{ text: "{n} it is", right: true }', '{ text: "more than {n}", why: "Not {n}." }']).map(
      (option) => `    - ${option}`,
    ),
    '  explanation: "It is {n}."\n  source: measured',
    more,
  ]
  return parseQuestions({ file: 'networking/numbers.yaml', text: text.filter(Boolean).join('\n') })
}

test.each([
  ['{n} of {who}', { n: 3, who: 'managers' }, '3 of managers'],
  ['{n}{n}', { n: 1 }, '11'],
  ['{{.Name}} and {gone}', { n: 1 }, '{{.Name}} and {gone}'],
  ['{constructor}', {}, '{constructor}'],
])('%j is filled', (text, values, filled) => {
  expect(fill(text, values)).toBe(filled)
})

test('every text of an item is filled, and its options are known by the filled text', () => {
  const exhibit = '  exhibits: [{ kind: file, title: "f", text: "n={n}" }]'
  const [item] =
    parse({ more: `${exhibit}\n  proof: [{ run: "echo {n}", list: ["{n}", 4] }]` }).templates[0]?.items ?? []
  expect(item).toMatchObject({
    id: 'numbers.1',
    stem: 'What is 1?',
    explanation: 'It is 1.',
    exhibits: [{ kind: 'file', text: 'n=1' }],
    proof: [{ run: 'echo 1', list: ['1', 4] }],
    options: [
      { id: optionId('1 it is'), text: '1 it is', right: true, why: null },
      { id: optionId('more than 1'), text: 'more than 1', right: false, why: 'Not 1.' },
    ],
    place: { file: 'networking/numbers.yaml', index: 0 },
  })
})

test('computed values build on each other, in their order', () => {
  const { templates } = parse({ compute: '{ twice: "n + n", four: "twice + twice" }', stem: '{four}' })
  expect(templates[0]?.items.map(({ stem }) => stem)).toEqual(['4', '8', '12'])
})

test('a condition keeps only the combinations for which it is true', () => {
  const items = (when: string) => parse({ when }).templates[0]?.items.map(({ id }) => id)
  expect(items('n > `1`')).toEqual(['numbers.2', 'numbers.3'])
  // Truthy is not true: a condition must be a comparison.
  expect(parse({ when: 'n' }).problems[0]?.message).toContain('No combination')
})

test('a template with very many combinations is cut', () => {
  const numbers = Array.from({ length: 30 }, (_one, index) => index)
  const { templates } = parse({ parameters: `{ n: [${numbers}], m: [${numbers}] }` })
  expect(templates[0]?.items).toHaveLength(400)
})

test.each<[string, Draft, number, RegExp]>([
  [
    'an expression that would need too much work',
    { compute: `{ x: "to_string(${Array(40).fill('[@, @]').join(' | ')})" }` },
    3,
    /makes values that are too large/,
  ],
  [
    'too many values',
    { compute: `{ ${Array.from({ length: 31 }, (_, index) => `x${index}: "n"`).join(', ')} }` },
    3,
    /at most 30/,
  ],
  ['an expression that is none', { compute: '{ x: "n +" }' }, 3, /./],
  [
    'an expression without a value',
    { compute: '{ x: "nothing" }' },
    3,
    /^"x" is null for \{"n":1\}, not a number or a text\.$/,
  ],
  ['a condition that is no expression', { when: '((' }, 1, /./],
  ['a parameter with one value', { parameters: '{ n: [1] }' }, 2, /^"parameters\.n"/],
  ['a name that is none', { parameters: '{ "1n": [1, 2] }' }, 2, /1n/],
  ['no right option', { options: ['{ text: a }', '{ text: b }'] }, 7, /^No option is right\.$/],
  [
    'several right options of a choice',
    { options: ['{ text: a, right: true }', '{ text: b, right: true }', '{ text: c }'] },
    7,
    /^2 options of a choice are right\.$/,
  ],
])('%s is a problem with its line', (_what, draft, line, message) => {
  const { templates, problems } = parse(draft)
  expect(templates).toEqual([])
  expect(problems[0]).toMatchObject({
    file: 'networking/numbers.yaml',
    message: expect.stringMatching(message),
  })
  expect(problems[0]?.line).toBeGreaterThanOrEqual(1)
  if (line > 1) expect(problems[0]?.line).toBe(line)
})

test('lost combinations are a warning that names one of them', () => {
  const { templates, problems } = parse({
    options: ['{ text: "{n}", right: true }', '{ text: "2", why: No. }'],
  })
  expect(templates[0]?.items.map(({ id }) => id)).toEqual(['numbers.1', 'numbers.3'])
  expect(problems).toEqual([
    expect.objectContaining({ severity: 'warning', message: expect.stringContaining('numbers.2 is one') }),
  ])
})

const twoOptions = (one: string, other: string) =>
  parse({
    options: [
      `{ text: ${JSON.stringify(one)}, right: true }`,
      `{ text: ${JSON.stringify(other)}, why: No. }`,
    ],
  })

test('options that differ only in marks, blanks or case are equal', () => {
  for (const other of ['`docker ps`', 'docker  ps.', 'DOCKER PS'])
    expect(twoOptions('docker ps', other).problems[0]?.message).toContain('No combination')
})

test('every blank and letter of code counts', () => {
  for (const other of ['`docker run -p`', '`docker  run -P`'])
    expect(twoOptions('`docker run -P`', other).problems).toEqual([])
})

test('items and templates of one file keep their order and places', () => {
  const one =
    '- id: net-one\n  objectives: [NET-01]\n  kind: choice\n  difficulty: easy\n  stem: S\n  options: [{ text: a, right: true }, { text: b }]\n  explanation: E\n  source: s\n'
  const two = one.replace('net-one', 'net-two')
  const { items } = parseQuestions({ file: 'one.yaml', text: one + two })
  expect(items.map(({ id, domain, place }) => [id, domain, place.index])).toEqual([
    ['net-one', '', 0],
    ['net-two', '', 1],
  ])
})

test('the JSON Schema of a file of questions is a list of items and templates', () => {
  const schema = questionsJsonSchema()
  expect(schema).toMatchObject({ type: 'array', minItems: 1 })
  expect(JSON.stringify(schema)).toContain('"template"')
})
