import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadLab } from '../../engine/labs'
import { type LabVerdict, type ProblemKind, proveLab, type Share } from '../../engine/proofs'
import { recordsInMemory } from '../../engine/session'
import { topologiesOn } from '../../engine/topology'
import { openEngine, type ReadyEngine } from './engine-fixture'

const owner = `test-${randomUUID()}`
let ready: ReadyEngine

beforeAll(async () => {
  ready = await openEngine()
})
afterAll(async () => {
  expect(await topologiesOn(ready.engine, owner)).toEqual([])
  await ready[Symbol.asyncDispose]()
})

async function prove(id: string, runs = 1, mistakes: Share = { part: 1, of: 1 }): Promise<LabVerdict> {
  const { lab, problems } = await loadLab(
    fileURLToPath(new URL(`../fixtures/labs/proofs/${id}`, import.meta.url)),
  )
  if (!lab) throw new Error(JSON.stringify(problems))
  const { engine, images } = ready
  const signal = new AbortController().signal
  return await proveLab(lab, {
    engine,
    images,
    records: recordsInMemory(),
    owner,
    runs,
    onlyEngine: null,
    ahead: true,
    mistakes,
    signal,
    onProgress: () => undefined,
  })
}

test('a good lab is proven, twice in a row', async () => {
  const verdict = await prove('good', 2)
  expect(verdict).toMatchObject({ id: 'good', ok: true, skipped: false })
  expect(verdict.steps.flatMap(({ problems }) => problems)).toEqual([])
})

test('of a share of the mistakes only those are made', async () => {
  expect((await prove('mistake-passes', 1, { part: 2, of: 2 })).ok).toBe(true)
})

test.each<[ProblemKind, step: string]>([
  ['green-at-start', 'one'],
  ['solution-stays-red', 'one'],
  ['mistake-passes', 'one'],
  ['wrong-explanation', 'one'],
  ['later-step-green', 'two'],
  ['reset-leftover', 'one'],
])('%s is caught, in the step %s', async (kind, step) => {
  const verdict = await prove(kind)
  expect(verdict.ok).toBe(false)
  expect(verdict.steps.find(({ id }) => id === step)?.problems.map((problem) => problem.kind)).toContain(kind)
})
