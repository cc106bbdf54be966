/** What the linter tells of matchings, orderings and command items. */
import { expect, test } from 'vitest'
import { lintBank } from './lint'
import { blueprint } from './lint.test-kit'

const item = (kind: string, answer: string) => `- id: net-one
  objectives: [NET-05]
  kind: ${kind}
  difficulty: easy
  stem: Put these together.
${answer}
  explanation: Because.
  source: measured
`
const more = '  unprovable: "definition: It is a test."\n'
const lint = (text: string, commandProblem: () => string | null = () => null) =>
  lintBank([{ file: 'networking/one.yaml', text }], {
    blueprint,
    proofProblem: () => null,
    commandProblem,
  }).problems
const found = (text: string) => lint(text).map(({ line, message }) => `${line}: ${message}`)

const matching = (...lines: string[]) =>
  `${item('matching', ['  pairs:', ...lines.map((line) => `    - ${line}`)].join('\n'))}${more}`
const PAIRS = [
  '{ left: one, right: alpha, why: It begins. }',
  '{ left: two, right: beta, why: It goes on. }',
  '{ left: three, right: beta, why: It is the same. }',
]
const ordering = (...lines: string[]) =>
  `${item('ordering', ['  sequence:', ...lines.map((line) => `    - ${line}`)].join('\n'))}${more}`
const ENTRIES = [
  '{ text: build, why: It makes the image. }',
  '{ text: push, why: It sends the image. }',
  '{ text: pull, why: It fetches the image. }',
]

test('a sound matching and a sound ordering are clean', () => {
  expect(found(matching(...PAIRS))).toEqual([])
  expect(found(ordering(...ENTRIES))).toEqual([])
})

test.each<[string, string, string]>([
  [
    'a pair without why',
    matching(...PAIRS.slice(0, 2), '{ left: three, right: beta }'),
    '9: This pair does not say why.',
  ],
  [
    'an extra without why',
    matching(...PAIRS).replace(more, `  extras: [gamma]\n${more}`),
    '12: This extra does not say why.',
  ],
  [
    'as many options as prompts',
    matching(...PAIRS.slice(0, 2), '{ left: three, right: gamma, why: It ends. }'),
    '6: Whoever knows all pairs but one knows the last one too.',
  ],
  [
    'words of a left side that only its right side has',
    matching(
      '{ left: overlay networks, right: an overlay of several networks, why: It spans them. }',
      ...PAIRS.slice(1),
    ),
    '7: Only this right side repeats words of its left side: overlay, network.',
  ],
  [
    'two equal whys',
    matching(...PAIRS.slice(0, 2), '{ left: three, right: beta, why: It goes on. }'),
    '9: Another pair or extra of this item has the same why.',
  ],
  [
    'an entry without why',
    ordering(...ENTRIES.slice(0, 2), 'pull'),
    '9: This entry does not say why it is there.',
  ],
  [
    'an entry with its number',
    ordering(...ENTRIES.slice(0, 2), '{ text: 3. pull, why: It fetches. }'),
    '9: The first word of this entry tells its place.',
  ],
  [
    'an entry that begins with "then"',
    ordering(...ENTRIES.slice(0, 2), '{ text: Then pull, why: It fetches. }'),
    '9: The first word of this entry tells its place.',
  ],
])('%s is told at its line', (_name, text, message) => {
  expect(found(text)).toEqual([message])
})

test('what a superlative or an output would give away in a choice gives nothing away in an ordering', () => {
  const text = ordering(...ENTRIES).replace('Put these together.', 'Which is usually done first?')
  expect(found(text)).toEqual([])
})

test('a command item is proven by itself, and what is wrong with its checks is told', () => {
  const command = item(
    'command',
    `  command:
    checks: [{ name: x }]
    solution: docker ps
    mistakes: [{ run: docker images, why: It lists images. }]`,
  )
  expect(lint(command)).toEqual([])
  expect(lint(command, () => 'check 1: it looks nowhere')).toMatchObject([
    { line: 6, severity: 'error', message: 'This cannot be run: check 1: it looks nowhere.' },
  ])
})
