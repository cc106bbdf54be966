import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parseQuestions, type QuestionText } from '../format'
import { merged, representatives } from './bank'
import { lintBank } from './lint'
import { blueprint, type Draft, lint, messages, quoted, yaml } from './lint.test-kit'

const questions = fileURLToPath(new URL('../../questions', import.meta.url))
const realBank = (): QuestionText[] =>
  readdirSync(questions, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(?!hands-on|objectives).+\/.+\.yaml$/.test(file))
    .map((file) => ({ file, text: readFileSync(join(questions, file), 'utf8') }))

test('a sound item has no problems', () => {
  expect(messages({})).toEqual([])
})

const LONG = 'The embedded server answers for every name that a container of the network has'

test.each<[string, Draft, RegExp]>([
  ['a key far longer than the rest', { options: [`*${LONG}`, 'short', 'shorter'] }, /by far the longest/],
  ['an option about the others', { options: ['*this', 'none of the above'] }, /speaks of the others/],
  [
    'absolutes in wrong options only',
    { options: ['*It may fail', 'It never fails', 'It always fails'] },
    /2 wrong options say always, never/,
  ],
  [
    'an article that fits the key only',
    { stem: 'It is called an', options: ['*image', 'volume'] },
    /ends in "an"/,
  ],
  [
    'words of the stem in the key only',
    {
      stem: 'What does the embedded resolver of a network answer?',
      options: ['*What the embedded resolver knows', 'Nothing at first', 'Names of hosts'],
    },
    /repeats words of the stem: embedd, resolver/,
  ],
  [
    'an unknown objective',
    { more: '  unprovable: "definition: No."\n  enemies: [net-other]' },
    /no item "net-other"/,
  ],
  ['no proof and no reason', { more: '' }, /is not proven/],
  [
    'text that a page takes for HTML',
    { stem: 'What does docker run <image> start?' },
    /does not show "<image>"/,
  ],
])('%s is reported', (_name, draft, message) => {
  const { problems } = lint(draft)
  expect(problems.map((problem) => problem.message).join()).toMatch(message)
  expect(problems.every(({ file, line }) => file === 'networking/one.yaml' && line >= 1)).toBe(true)
})

const RULES: [string, (text: string) => string, string, RegExp][] = [
  [
    'an objective that is not there',
    (text) => text.replace('NET-05', 'NET-99'),
    '2',
    /^There is no objective NET-99\.$/,
  ],
  [
    'an objective of another domain',
    (text) => text.replace('NET-05', 'STO-01'),
    '2',
    /^No objective of "net-one" is of Networking, whose folder it is in\.$/,
  ],
  [
    'a wrong option without a reason',
    (text) => text.replace(', why: "It is not 1."', ''),
    '8',
    /does not say why it is wrong/,
  ],
  ['an id that is taken', (text) => text + text, '12', /^The id "net-one" is taken\.$/],
]

test.each(RULES)('%s is an error in its line', (_what, change, line, message) => {
  const text = change(yaml({}))
  const report = lintBank([{ file: 'networking/one.yaml', text }], {
    blueprint,
    proofProblem: () => null,
    commandProblem: () => null,
  })
  const problem = report.problems.find((one) => message.test(one.message))
  expect(problem ?? report.problems).toMatchObject({ severity: 'error', line: Number(line) })
  expect(problem?.help).not.toBe('')
})

test('a proof is read by the engine, whose words are passed on', () => {
  const more = '  proof: [{ run: ls }]'
  const proven = (proofProblem: (proof: unknown) => string | null) =>
    lintBank([{ file: 'networking/one.yaml', text: yaml({ more }) }], {
      blueprint,
      proofProblem,
      commandProblem: () => null,
    }).problems
  const seen: unknown[] = []
  expect(
    proven((proof) => {
      seen.push(proof)
      return null
    }),
  ).toEqual([])
  expect(seen).toEqual([[{ run: 'ls' }]])
  expect(proven(() => 'it has no end')).toEqual([
    expect.objectContaining({ message: 'This is not a proof: it has no end.', severity: 'error' }),
  ])
})

test('problems of the format come with those of the linter, each in its own file', () => {
  const { problems } = lintBank(
    [
      { file: 'networking/broken.yaml', text: '- id: net-two\n' },
      { file: 'networking/one.yaml', text: yaml({ options: ['*this', 'none of these'] }) },
    ],
    { blueprint, proofProblem: () => null, commandProblem: () => null },
  )
  expect(new Set(problems.map(({ file }) => file))).toEqual(
    new Set(['networking/broken.yaml', 'networking/one.yaml']),
  )
})

test.each<[string, Draft]>([
  ['a placeholder in code or with a backslash', { stem: 'What does `run <image>` do with \\<name>, a < b?' }],
  ['one absolute word, which may be the misconception', { options: ['*It may fail', 'It never fails'] }],
  ['absolutes on both sides', { options: ['*It never fails', 'It always fails', 'It never ends'] }],
  [
    'an article that fits a wrong one too',
    { stem: 'It is called an', options: ['*image', 'exec', 'volume'] },
  ],
  [
    'words in code, which are the subject',
    { stem: 'What of `docker network connect`?', options: ['*Run `docker network connect`', 'Nothing'] },
  ],
  ['a key that is a little longer', { options: [`*${LONG}`, LONG.slice(12)] }],
])('%s is no clue', (_name, draft) => {
  expect(messages(draft)).toEqual([])
})

const STEM = 'Which command shows the published ports of the container `web` with their addresses?'
const TURNED = 'Which command shows published ports of the container `web`, and with them their addresses?'

test('stems that say the same in nearly the same words are doubles, others are not', () => {
  const double = messages({ id: 'net-one', stem: STEM }, { id: 'net-two', stem: TURNED })
  expect(double).toEqual(['This asks nearly the same as "net-one".'])
  const other = 'Which file names the mirrors that the engine asks before a public registry?'
  expect(messages({ stem: STEM }, { id: 'net-two', stem: other })).toEqual([])
})

test('one stem with another key or exhibit is another question', () => {
  const exhibit = (text: string) =>
    `  unprovable: "definition: No."\n  exhibits: [{ kind: output, text: ${quoted(text)} }]`
  const ports = { stem: 'What does this tell?', more: exhibit('0.0.0.0:8080->80/tcp web nginx published') }
  const layers = { stem: 'What does this tell?', more: exhibit('sha256 layer overlay2 lowerdir upperdir') }
  const found = messages(
    { ...ports, id: 'net-one', options: ['*The port is open', 'It is closed'] },
    { ...layers, id: 'net-two', options: ['*Two layers exist', 'One layer'] },
  )
  expect(found).toEqual([])
})

test('alike items must not meet in one form', () => {
  const near = 'Which command shows the published ports of the network `web` with their guests?'
  const two = { id: 'net-two', stem: near }
  expect(messages({ stem: STEM }, two)).toEqual([expect.stringContaining('is so like "net-one"')])
  expect(
    messages({ stem: STEM }, { ...two, more: '  unprovable: "definition: No."\n  enemies: [net-one]' }),
  ).toEqual([])
})

test('names that nothing fills, lost combinations and equal ids of a template are reported', () => {
  const more = (values: string, rest = '') =>
    `  unprovable: "definition: No."\n  parameters: { n: ${values} }\n${rest}`
  const stem = 'How many of {n}?'
  const template = { id: 'template-one', stem, options: ['*{n} all', '3 all'] }
  expect(messages({ ...template, more: more('[4, 5]') })).toEqual([])
  expect(messages({ ...template, more: more('[3, 4]') })).toEqual([
    expect.stringContaining('1 combinations are left out'),
  ])
  expect(messages({ ...template, stem: 'How many of {m}?', more: more('[4, 5]') })).toEqual([
    'Nothing fills {m} in "template-one".',
  ])
  expect(messages({ ...template, stem: ['`{{.Name}}` $', '{HOME}'].join(''), more: more('[4, 5]') })).toEqual(
    [],
  )
  expect(messages({ ...template, more: more('["a b", "a-b"]') })).toEqual([
    expect.stringContaining('have the id of another'),
  ])
})

const many = (count: number, options: (index: number) => readonly string[]): Draft[] =>
  Array.from({ length: count }, (_one, index) => ({
    id: `net-item-${index}`,
    stem: `Question number${index}?`,
    options: options(index),
  }))
const findings = (drafts: Draft[]) =>
  lint(...drafts)
    .findings.map(({ message }) => message)
    .filter((message) => !message.includes(' ask for '))

test('keys that are mostly in one place are reported, keys in turn are not', () => {
  const texts = ['aa', 'bb', 'cc', 'dd']
  const keyAt = (place: number) => texts.map((text, at) => (at === place ? `*${text}` : text))
  expect(findings(many(40, (index) => keyAt(index % 4)))).toEqual([])
  expect(findings(many(40, (index) => keyAt(index % 3 === 0 ? index % 4 : 0)))).toEqual([
    expect.stringContaining('Keys are not spread'),
  ])
})

test('keys that are too often the longest option are reported', () => {
  const longestAt = (index: number, share: number) =>
    ['aa', 'bb', 'cc', 'dd'].map((text, at) => {
      const isKey = at === index % 4
      return `${isKey ? '*' : ''}${text}${isKey && index % 10 < share ? ' and more' : ''}`
    })
  expect(findings(many(40, (index) => longestAt(index, 2)))).toEqual([])
  expect(findings(many(40, (index) => longestAt(index, 6)))).toEqual([
    expect.stringContaining('The key is the longest option of 24 of 40'),
  ])
})

test('objectives with too few items are reported, and commands without a proof are counted', () => {
  const { findings: found, measures } = lint({ stem: 'What does `docker ps` show?' })
  const about = (id: string) => found.find(({ message }) => message.includes(`${id} `))
  expect(about('NET-05')).toMatchObject({ severity: 'warning', message: expect.stringMatching(/^1 items/) })
  expect(about('NET-06')).toMatchObject({ severity: 'error', message: expect.stringMatching(/^0 items/) })
  expect(measures.unprovenCommands).toEqual(['net-one'])
})

test('our own bank has no problems', () => {
  const { problems, findings: found } = lintBank(realBank(), {
    blueprint,
    proofProblem: () => null,
    commandProblem: () => null,
  })
  expect([...problems, ...found].map(({ message }) => message)).toEqual([])
})

test('every combination of every template has options that differ, and as many right ones as its first', () => {
  const bank = merged(realBank().map(parseQuestions))
  expect(representatives(bank).length).toBeGreaterThan(500)
  for (const { items } of bank.templates) {
    const right = (index: number) => items[index]?.options.filter((option) => option.right).length
    for (const [index, { kind, options }] of items.entries()) {
      expect(new Set(options.map(({ text }) => text.toLowerCase())).size).toBe(options.length)
      expect(right(index)).toBe(kind === 'choice' ? 1 : right(0))
    }
  }
})
