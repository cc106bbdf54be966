import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseClaim } from './parse'

test('a list of steps is a claim about one node', () => {
  const { claim, problem } = parseClaim([{ run: 'true' }])
  expect(problem).toBeNull()
  expect(claim).toEqual({
    nodes: [{ name: 'node1', swarm: 'none', networks: ['lab'] }],
    requires: [],
    steps: [{ run: 'true' }],
  })
})

test('a claim may be about several nodes and need something of the kernel', () => {
  const { claim } = parseClaim({
    nodes: { manager1: { swarm: 'manager' }, worker1: { swarm: 'worker' }, outside: {} },
    requires: ['vxlan'],
    steps: [{ run: 'docker node ls', on: 'manager1' }],
  })
  expect(claim?.nodes).toEqual([
    { name: 'manager1', swarm: 'manager', networks: ['lab'] },
    { name: 'worker1', swarm: 'worker', networks: ['lab'] },
    { name: 'outside', swarm: 'none', networks: ['lab'] },
  ])
  expect(claim?.requires).toEqual(['vxlan'])
})

test.each<[object, object]>([
  [
    { run: 'true', within: '20s' },
    { run: 'true', within: 20_000 },
  ],
  [
    { run: 'true', expect: { exit: 1, stderr: '/no/' } },
    { run: 'true', expect: { exit: 1, stderr: '/no/' } },
  ],
  [
    { run: 'true', expect: '>= 3', on: 'node1' },
    { run: 'true', expect: '>= 3', on: 'node1' },
  ],
])('%j is a step that runs', (step, expected) => {
  expect(parseClaim([step]).claim?.steps).toEqual([expected])
})

test.each<[object]>([
  [{ query: { api: '/info', select: 'Name' }, expect: 'node1' }],
  [{ http: 'http://localhost', expect: { status: 200 } }],
  [{ file: '/root/a', expect: { absent: true } }],
  [{ exec: 'true' }],
])('%j is a step that looks, with the name and the patience of a check', (step) => {
  expect(parseClaim([step]).claim?.steps[0]).toMatchObject({ ...step, name: 'claim', within: 5_000 })
})

test.each<[string, unknown, RegExp]>([
  ['nothing', undefined, /\S/],
  ['a text', 'docker run nginx', /\S/],
  ['no steps', [], /\S/],
  ['nodes without steps', { nodes: { node1: {} } }, /\S/],
  ['a node with networks', { nodes: { node1: { networks: ['lab'] } }, steps: [{ run: 'true' }] }, /\S/],
  ['a step of no kind', [{ walk: 'true' }], /\S/],
  ['an empty script', [{ run: 'true' }, { run: '' }], /^step 1/],
  ['a misspelt key', [{ run: 'true', expcet: 1 }], /expcet/],
  ['a query without an expectation', [{ query: { api: '/info' } }], /\S/],
  ['patience that is not a duration', [{ run: 'true', within: '20 seconds' }], /\S/],
  [
    'too many nodes',
    { nodes: Object.fromEntries('abcdefgh'.split('').map((name) => [name, {}])), steps: [{ run: 'true' }] },
    /\S/,
  ],
])('%s is not a proof', (_name, proof, problem) => {
  const result = parseClaim(proof)
  expect(result.claim).toBeNull()
  expect(result.problem).toMatch(problem)
})

test('the proofs of all questions can be read', () => {
  const root = fileURLToPath(new URL('../../../questions', import.meta.url))
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  )
  const items: { id?: string; proof?: unknown }[] = files.flatMap((name) => {
    const value: unknown = parse(readFileSync(join(root, name), 'utf8'))
    return Array.isArray(value) ? value : []
  })
  const proofs = items.filter(({ proof }) => proof !== undefined)
  expect(proofs.length).toBeGreaterThan(50)
  const problems = proofs.flatMap(({ id, proof }) => (parseClaim(proof).problem ? [id] : []))
  expect(problems).toEqual([])
})
