import { expect, test } from 'vitest'
import { z } from 'zod'
import { type FileProblem, problemText, YamlSource } from '.'

const read = (text: string) => new YamlSource('lab.yaml', text).read()

/** The problems of a text with a schema. */
function problemsOf(schema: z.ZodType, text: string): FileProblem[] {
  const source = new YamlSource('lab.yaml', text, 'the guide')
  const { value, problems } = source.read()
  if (problems.length > 0) return problems
  const parsed = schema.safeParse(value)
  return parsed.success ? [] : source.schemaProblems(parsed.error)
}
const places = (problems: readonly FileProblem[]) => problems.map(({ line, column }) => `${line}:${column}`)

test('a value is read as it is written', () => {
  expect(read('a: [1, "two", null]\nb: &x { c: true }\nd: *x\n')).toEqual({
    value: { a: [1, 'two', null], b: { c: true }, d: { c: true } },
    problems: [],
  })
  expect(read('')).toEqual({ value: null, problems: [] })
})

test.each([
  ['a tab', 'a:\n\tb: 1\n', '2:1', /indented with spaces, and here is a tab/],
  ['a key twice', 'a: 1\nb: 2\na: 3\n', '3:1', /This key is here twice/],
  [
    'an indentation that does not fit',
    'a:\n    b: 1\n  c: 2\n',
    '3:1',
    /indentation does not fit|not valid YAML/,
  ],
  ['an open quote', 'a: "one\n', '2:1', /not valid YAML/],
  ['an open list', 'a: [1, 2\n', '2:1', /indentation does not fit the lines above/],
  ['an unknown alias', 'a: *nobody\n', '1:1', /nobody/],
])('%s is a problem with its place', (_what, text, place, message) => {
  const { value, problems } = read(text)
  expect(value).toBeNull()
  expect(problems[0]).toMatchObject({
    file: 'lab.yaml',
    severity: 'error',
    message: expect.stringMatching(message),
  })
  expect(problems[0]?.help).not.toBe('')
  expect(places(problems)[0]).toBe(place)
})

test('aliases that multiply are refused, and a few are fine', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
  for (const [name, before] of ['b a', 'c b', 'd c', 'e d'].map((pair) => pair.split(' ')))
    bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`)
  expect(read(bomb.join('\n'))).toMatchObject({
    value: null,
    problems: [{ help: expect.stringContaining('aliases') }],
  })
  expect(read(bomb.slice(0, 2).join('\n')).problems).toEqual([])
})

const Lab = z.strictObject({
  title: z.string(),
  level: z.enum(['easy', 'hard']),
  steps: z.array(z.strictObject({ id: z.string(), minutes: z.number() })).default([]),
})

test.each<[string, string, string, RegExp, RegExp]>([
  ['a wrong type', 'title: 3\nlevel: easy\n', '1:1', /^"title": /, /^A string is needed\.$/],
  ['a wrong value', 'title: a\nlevel: medium\n', '2:1', /^"level": /, /^It may be easy, hard\.$/],
  ['a missing key', 'level: easy\n', '1:1', /^"title": /, /string/],
  [
    'an unknown key',
    'title: a\nlevel: easy\nlevle: b\n',
    '3:1',
    /^The key "levle" is not known here\.$/,
    /the guide/,
  ],
  [
    'a value deep inside',
    'title: a\nlevel: easy\nsteps:\n  - { id: a, minutes: 1 }\n  - { id: b, minutes: soon }\n',
    '5:14',
    /^"steps\.1\.minutes": /,
    /^A number is needed\.$/,
  ],
  [
    'a missing key deep inside: its parent',
    'title: a\nlevel: easy\nsteps:\n  - { id: a }\n',
    '4:5',
    /^"steps\.0\.minutes": /,
    /number/,
  ],
  ['a value in place of the whole', 'just words', '1:1', /^The file: /, /^An object is needed\.$/],
])('%s is found at its place', (_what, text, place, message, help) => {
  const problems = problemsOf(Lab, text)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatchObject({
    message: expect.stringMatching(message),
    help: expect.stringMatching(help),
    severity: 'error',
  })
  expect(places(problems)).toEqual([place])
})

test('all problems are found at once, a misspelt key before the one that is missing for it', () => {
  const problems = problemsOf(Lab, 'titel: a\nlevel: medium\n')
  expect(problems.map(({ message }) => message.split('"')[1])).toEqual(['titel', 'title', 'level'])
})

const Step = z.union([
  z.strictObject({ run: z.string(), on: z.string().optional() }),
  z.strictObject({ file: z.string(), text: z.string() }),
])

test('a value of several forms is compared with the one that fits best', () => {
  const problems = problemsOf(z.array(Step), '- { run: ls, onn: node1 }\n- { file: a, text: 3 }\n')
  expect(problems.map(({ message }) => message)).toEqual([
    'The key "onn" is not known here.',
    expect.stringMatching(/^"text": /),
  ])
  expect(places(problems)).toEqual(['1:14', '2:14'])
})

test('in a file that is a list, names begin below the entry', () => {
  const [problem] = problemsOf(z.array(z.object({ id: z.string() })), '- id: a\n- id: 3\n')
  expect(problem).toMatchObject({ line: 2, message: expect.stringMatching(/^"id": /) })
})

test('the problems of a part are placed in the whole file', () => {
  const source = new YamlSource('lab.yaml', 'one: 1\nlist:\n  - { id: a }\n  - { id: 3 }\n')
  const parsed = z.object({ id: z.string() }).safeParse({ id: 3 })
  const problems = parsed.success ? [] : source.schemaProblems(parsed.error, ['list', 1])
  expect(places(problems)).toEqual(['4:7'])
})

test.each<[string, PropertyKey[], string]>([
  ['a key', ['b'], '2:1'],
  ['an entry of a list', ['b', 1], '4:5'],
  ['a place that is not there: the nearest above', ['b', 1, 'gone', 'deeper'], '4:5'],
  ['nothing that is there', ['gone'], '1:1'],
  ['the whole file', [], '1:1'],
])('a problem at %s', (_what, place, at) => {
  const source = new YamlSource('lab.yaml', 'a: 1\nb:\n  - x\n  - y\n')
  expect(places([source.problem(place, 'No.')])).toEqual([at])
})

test('a problem is an error without help, unless it says otherwise', () => {
  const source = new YamlSource('lab.yaml', 'a: 1\n')
  expect(source.problem(['a'], 'No.')).toEqual({
    file: 'lab.yaml',
    line: 1,
    column: 1,
    message: 'No.',
    help: '',
    severity: 'error',
  })
  const warning = source.problem(['a'], 'No.', { help: 'Try b.', severity: 'warning' })
  expect(warning.severity).toBe('warning')
  expect(problemText(warning)).toBe('lab.yaml:1:1 No. Try b.')
  expect(problemText({ ...warning, help: '' })).toBe('lab.yaml:1:1 No.')
})
