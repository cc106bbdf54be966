import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { problemText } from '../../shared/files'
import { courseImageNames } from '../images'
import { lintLab } from './lint'
import { loadCatalogue, loadLab } from './load'
import { labJsonSchema } from './schema'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const known = {
  images: courseImageNames(),
  capabilities: ['ipvs', 'vxlan', 'esp', 'macvlan', 'ipvlan', 'userns'],
}

const TASK = `kind: task
title: A task
summary: For the test of the linter.
objectives: [STO-05]
difficulty: easy
minutes: 5
nodes: { node1: {} }
steps:
  - id: work
    text: 1.md
    checks: [{ name: It is there, points: 3, file: /root/a, expect: b }]
    solution: one.sh
    mistakes: [{ script: one.sh, explains: not there }]
`

test.each([
  ['bad-yaml', 4, 'here is a tab'],
  ['unknown-key', 14, 'The key "solutoin" is not known here.'],
  ['missing-file', 10, 'The file "nowhere.md" does not exist.'],
  ['path-escape', 10, "leads out of the lab's folder"],
  ['unknown-node', 13, 'There is no node called "node2".'],
])('%s: the problem names file, line and help', async (name, line, words) => {
  const { lab, problems } = await loadLab(at(`test/fixtures/labs/broken/${name}`))
  expect(lab).toBeNull()
  expect(problems[0]).toMatchObject({ file: 'lab.yaml', line, severity: 'error' })
  expect(problems[0]?.message).toContain(words)
  expect(problems[0]?.help).not.toBe('')
  expect(problemText(problems[0] ?? expect.fail())).toMatch(/^lab\.yaml:\d+:\d+ /)
})

test('one broken lab does not hide the others', async () => {
  const results = await loadCatalogue(at('test/fixtures/labs'))
  expect(results.filter(({ lab }) => lab).map(({ id }) => id)).toContain('good')
  expect(results.filter(({ domain }) => domain === 'broken').every(({ lab }) => lab === null)).toBe(true)
})

test('defaults are filled in', async () => {
  const { lab } = await loadLab(at('test/fixtures/labs/proofs/good'))
  const [one] = lab?.steps ?? []
  expect(one?.title).toBe('One')
  expect(one?.checks[0]).toMatchObject({ kind: 'query', on: 'node1', within: 5000, guard: false })
  expect(one?.solution).toEqual([{ on: 'node1', file: 'one.sh', text: 'docker volume create data\n' }])
})

test('every lab of the catalogue is free of errors and warnings', async () => {
  const labs = await loadCatalogue(at('labs'))
  expect(labs.length).toBeGreaterThanOrEqual(5)
  for (const { directory } of labs) expect((await lintLab(directory, known)).problems).toEqual([])
})

test.each([
  [
    'a second step',
    TASK.replace(
      'steps:\n',
      'steps:\n  - { id: zero, text: 1.md, checks: [{ name: It is, file: /a, expect: b }], solution: one.sh }\n',
    ),
    'A task has one step.',
  ],
  ['hints', TASK.replace('    solution', '    hints: [1.md]\n    solution'), 'A task gives no hints.'],
  ['no objective', TASK.replace('objectives: [STO-05]\n', ''), 'The task names no objective.'],
  ['guards only', TASK.replace('points: 3', 'points: 3, guard: true'), 'has guards only'],
])('a task with %s is an error', async (_name, text, words) => {
  const { problems } = await lintTask(text)
  expect(problems.map(({ message }) => message).join()).toContain(words)
})

test('a task needs no hints, and its checks have points', async () => {
  const { lab, problems } = await lintTask(TASK)
  expect(problems).toEqual([])
  expect(lab?.kind).toBe('task')
  expect(lab?.steps[0]?.checks[0]?.points).toBe(3)
})

async function lintTask(text: string) {
  const folder = await mkdtemp(join(tmpdir(), 'capstan-task-'))
  const files = { 'lab.yaml': text, '1.md': '# One\n', 'one.sh': 'true\n' }
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  return await lintLab(folder, known).finally(() => rm(folder, { recursive: true }))
}

test('the JSON Schema for editors knows the keys of the format', () => {
  const text = JSON.stringify(labJsonSchema())
  for (const key of ['steps', 'checks', 'mistakes', 'guard', 'within']) expect(text).toContain(`"${key}"`)
  expect(readFileSync(at('labs/README.md'), 'utf8')).toContain('guard: true')
})
