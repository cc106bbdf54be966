import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { LAB } from './lab-folder.test-kit'
import { LabFile, labJsonSchema, NodesFile } from './schema'

const good: Readonly<Record<string, unknown>> = parse(LAB)
const step: Readonly<Record<string, unknown>> = parse(LAB).steps[0]
const withStep = (change: object) => ({ ...good, steps: [{ ...step, ...change }] })

test('a good lab is taken', () => {
  expect(LabFile.safeParse(good).success).toBe(true)
})

test.each<[string, object, path: string]>([
  ['a title that is too short', { ...good, title: 'ab' }, 'title'],
  ['a title that is too long', { ...good, title: 'x'.repeat(81) }, 'title'],
  ['an objective of no domain', { ...good, objectives: ['ABC-01'] }, 'objectives.0'],
  ['an unknown difficulty', { ...good, difficulty: 'extreme' }, 'difficulty'],
  ['no time', { ...good, minutes: 0 }, 'minutes'],
  ['no steps', { ...good, steps: [] }, 'steps'],
  ['no nodes', { ...good, nodes: {} }, 'nodes'],
  ['an unknown kind', { ...good, kind: 'exam' }, 'kind'],
  ['a file for a relative path', { ...good, files: [{ from: 'a', to: 'b' }] }, 'files.0.to'],
  ['a step without checks', withStep({ checks: [] }), 'steps.0.checks'],
  ['a step whose id is no name', withStep({ id: 'Step 1' }), 'steps.0.id'],
  [
    'an explanation that is too short',
    withStep({ mistakes: [{ script: 'a.sh', explains: 'no' }] }),
    'steps.0.mistakes.0.explains',
  ],
  ['an empty list of scripts', withStep({ solution: [] }), 'steps.0.solution'],
  ['an unknown action', withStep({ solution: { action: 'explode', node: 'node1' } }), 'steps.0.solution'],
])('%s is refused at its place', (_name, lab, path) => {
  const { error } = LabFile.safeParse(lab)
  expect(error?.issues.map((issue) => issue.path.join('.'))).toContain(path)
})

test.each(['start', 'stop', 'kill', 'restart', 'cut', 'rejoin'])('a node can %s', (action) => {
  expect(LabFile.safeParse(withStep({ solution: { action, node: 'node1' } })).success).toBe(true)
})

test.each([
  [1, true],
  [7, true],
  [8, false],
])('a lab with %d nodes is taken: %s', (count, expected) => {
  const nodes = Object.fromEntries(Array.from({ length: count }, (_node, index) => [`node${index}`, {}]))
  expect(NodesFile.safeParse(nodes).success).toBe(expected)
})

test('an image may be a name, or say whether it is preloaded', () => {
  const { images } = LabFile.parse({
    ...good,
    images: ['a:1', { name: 'b:1' }, { name: 'c:1', preloaded: false }],
  })
  expect(images).toEqual(['a:1', { name: 'b:1', preloaded: true }, { name: 'c:1', preloaded: false }])
})

test('the JSON Schema for editors knows every key that the guide shows', () => {
  const text = JSON.stringify(labJsonSchema())
  const guide = readFileSync(fileURLToPath(new URL('../../labs/README.md', import.meta.url)), 'utf8')
  const keys = ['steps', 'checks', 'mistakes', 'guard', 'within', 'query', 'exec', 'http', 'file']
  for (const key of [
    ...keys,
    'contains',
    'length',
    'has',
    'all',
    'any',
    'oneOf',
    'allOf',
    'not',
    'absent',
    'error',
  ]) {
    expect(text).toContain(`"${key}"`)
    expect(guide).toContain(key)
  }
})

test('the JSON Schema asks for what must be written, and not for what has a default', () => {
  expect(labJsonSchema()).toMatchObject({
    required: ['title', 'summary', 'difficulty', 'minutes', 'nodes', 'steps'],
    additionalProperties: false,
  })
})
