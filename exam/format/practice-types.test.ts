/** Matchings, orderings and command items: how they are read, and what is told about a broken one. */
import { expect, test } from 'vitest'
import { optionId } from './item'
import { parseQuestions } from './parse'

const head = (kind: string) => `- id: net-one
  objectives: [NET-05]
  kind: ${kind}
  difficulty: easy
  stem: Put them together.
`
const tail = `  explanation: Because.
  source: measured
`
const MATCHING = `${head('matching')}  pairs:
    - { left: one, right: first, why: It begins. }
    - { left: two, right: second }
    - { left: three, right: second }
  extras:
    - { text: fourth, why: There is no fourth. }
${tail}`
const ORDERING = `${head('ordering')}  sequence:
    - build
    - { text: push, why: There is nothing to push before. }
    - pull
${tail}`
const COMMAND = `${head('command')}  command:
    setup: docker volume create data
    checks:
      - { name: It is gone, query: { api: /volumes, select: "length(Volumes)" }, expect: 0 }
    solution: docker volume rm data
    mistakes:
      - { run: docker volume prune -f, why: It removes anonymous volumes only. }
${tail}`
const parse = (text: string) => parseQuestions({ file: 'networking/one.yaml', text })

test('a matching has a prompt for each pair, and an option for each right side and each extra', () => {
  const { items, problems } = parse(MATCHING)
  expect(problems).toEqual([])
  expect(items[0]?.prompts).toEqual([
    { text: 'one', option: optionId('first'), why: 'It begins.' },
    { text: 'two', option: optionId('second'), why: null },
    { text: 'three', option: optionId('second'), why: null },
  ])
  expect(items[0]?.options.map(({ text, right, why }) => [text, right, why])).toEqual([
    ['first', true, null],
    ['second', true, null],
    ['fourth', false, 'There is no fourth.'],
  ])
})

test('the entries of an ordering are its options, in their right order', () => {
  const { items, problems } = parse(ORDERING)
  expect(problems).toEqual([])
  expect(items[0]?.options.map(({ text, right, why }) => [text, right, why])).toEqual([
    ['build', true, null],
    ['push', true, 'There is nothing to push before.'],
    ['pull', true, null],
  ])
})

test('a command item has what is done, and no options', () => {
  const { items, problems } = parse(COMMAND)
  expect(problems).toEqual([])
  expect(items[0]).toMatchObject({ kind: 'command', options: [], prompts: [] })
  expect(items[0]?.command).toMatchObject({
    setup: 'docker volume create data',
    solution: 'docker volume rm data',
  })
})

test.each([
  ['a kind that is not known', ORDERING.replace('ordering', 'sorting'), 3, /kind.*Invalid/],
  ['options in an ordering', `${ORDERING}  options: [{ text: a }]\n`, 12, /"options" is not known/],
  ['a sequence in a choice', ORDERING.replace('ordering', 'choice'), 6, /"sequence" is not known/],
  ['two entries', ORDERING.replace('    - pull\n', ''), 6, /at least 3 are needed/],
  ['eleven entries', ORDERING.replace('    - pull\n', '    - x\n'.repeat(9)), 6, /at most 10/],
  ['an entry twice', ORDERING.replace('- pull', '- Build'), 6, /Two entries say the same/],
  ['a left side twice', MATCHING.replace('left: two', 'left: One'), 6, /the same left side/],
  ['one right side for all', MATCHING.replaceAll('second', 'first'), 6, /the same right side/],
  ['an extra that is a right side', MATCHING.replace('fourth,', 'second,'), 6, /nearly the same/],
  ['right sides that differ in case', MATCHING.replace('second', 'Second'), 6, /nearly the same/],
  ['a misspelt key of a pair', MATCHING.replace('why: It', 'wy: It'), 7, /"wy" is not known/],
  ['a proof of a command', `${COMMAND}  proof: [{ run: "true" }]\n`, 15, /"proof" is not known/],
  ['a command without a mistake', COMMAND.replace(/ {4}mistakes:\n.*\n/, ''), 6, /mistakes/],
  ['a script that is too long', COMMAND.replace('rm data', `rm ${'x'.repeat(4_000)}`), 10, /solution/],
])('%s is reported with its line', (_name, text, line, message) => {
  const { items, problems } = parse(text)
  expect(items).toEqual([])
  expect(problems[0]).toMatchObject({ line, message: expect.stringMatching(message) })
})

test('a template makes choices only', () => {
  const template = ORDERING.replace('id: net-one', 'template: net-one\n  parameters: { n: [1, 2] }')
  expect(parse(template).problems.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/"kind"/),
  )
})
