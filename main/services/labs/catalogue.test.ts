import { beforeEach, expect, test } from 'vitest'
import type { LabResult } from '../../../engine'
import { fakeLab, loaded } from '../../../test/fakes/labs'
import { FakeSessions } from '../../../test/fakes/sessions'
import { LabSummary, type LabSummary as Summary } from '../../api'
import type { LabProgress } from '../../store'
import { LabsService } from './catalogue'

const PROBLEM = {
  file: 'lab.yaml',
  line: 3,
  column: 5,
  message: 'There is no step.',
  help: 'Add one.',
  severity: 'error' as const,
}
const broken = (id: string, domain: string): LabResult => ({
  id,
  domain,
  directory: '/labs',
  lab: null,
  problems: [PROBLEM],
})
const swarm = ['node1', 'node2'].map((name) => ({ name, swarm: 'manager' as const, networks: [] }))
const [STEP = expect.fail('a lab has a step')] = fakeLab({ id: 'any' }).steps
const RESULTS: readonly LabResult[] = [
  loaded(fakeLab({ id: 'swarm', nodes: swarm, requires: ['ipvs'] })),
  loaded(fakeLab({ id: 'ports' })),
  loaded(fakeLab({ id: 'volumes', steps: [STEP, { ...STEP, id: 'two' }] })),
  loaded(fakeLab({ id: 'a-task', kind: 'task', domain: 'tasks' })),
  broken('half', 'storage'),
  broken('half-task', 'tasks'),
]

const HASH = 'a'.repeat(64)
const CONSENT = { hash: HASH, folder: '/labs/volumes', scripts: 2, files: 0, isolation: null }

let sessions: FakeSessions | null
let progress: Record<string, LabProgress>
let lacks: readonly string[]
let labs: LabsService
let allowed: string[]

beforeEach(async () => {
  sessions = new FakeSessions((id) => (id === 'a-task' ? 'task' : 'lab'))
  progress = {}
  lacks = []
  allowed = []
  labs = new LabsService({
    read: async () => RESULTS,
    store: {
      progress: () => progress,
      updateProgress: async (labId, change) => {
        const one = change(progress[labId])
        if (!one || one === progress[labId]) return false
        progress = { ...progress, [labId]: one }
        return true
      },
    },
    now: () => new Date(0),
    missing: ({ requires }) => requires.filter((name) => lacks.includes(name)),
    sessions: () => sessions,
    trust: {
      consentFor: ({ id }) => (id === 'volumes' && !allowed.includes(HASH) ? CONSENT : null),
      allow: async (_lab, hash) => void allowed.push(hash),
    },
    onError: (error) => expect.fail(String(error)),
  })
  await labs.load()
})

const summary = (id: string): Summary => labs.list().find((one) => one.id === id) ?? expect.fail(id)

test('the catalogue has the labs and the broken ones, and no tasks', () => {
  expect(labs.list().map(({ id }) => id)).toEqual(['swarm', 'ports', 'volumes', 'half'])
  expect(labs.labs().map(({ id }) => id)).toEqual(['swarm', 'ports', 'volumes'])
  expect(labs.tasks().map(({ id }) => id)).toEqual(['a-task'])
  expect(labs.all()).toHaveLength(4)
  for (const one of labs.list()) expect(LabSummary.parse(one)).toEqual(one)
})

test('a summary shows progress, the open session and what the engine lacks', () => {
  expect(summary('swarm')).toMatchObject({ stepsDone: 0, completedAt: null, sessionId: null, missing: [] })
  progress = { swarm: { stepsDone: 1, completedAt: 'then' } }
  lacks = ['ipvs', 'esp']
  sessions?.add('swarm')
  expect(summary('swarm')).toMatchObject({
    stepCount: 1,
    stepsDone: 1,
    completedAt: 'then',
    sessionId: 's-swarm',
    missing: ['ipvs'],
    nodes: ['node1', 'node2'],
  })
  sessions = null
  expect(summary('swarm').sessionId).toBeNull()
})

test('a summary says where a lab that was stopped goes on, until it is completed', () => {
  progress = { volumes: { stepsDone: 1, steps: ['one'], completedAt: null } }
  expect(summary('volumes').continueAt).toEqual({ stepId: 'two', number: 2 })
  progress = { volumes: { stepsDone: 1, steps: ['one'], completedAt: 'then' } }
  expect(summary('volumes').continueAt).toBeNull()
})

test('a broken lab is shown with its place and what to correct', () => {
  expect(summary('half').problem).toEqual({
    code: 'lab-invalid',
    message: 'lab.yaml:3:5 There is no step.',
    help: 'Add one.',
  })
})

test('the detail of a lab has its steps, but neither hints nor solutions', () => {
  const detail = labs.detail('ports')
  expect(detail.steps).toEqual([
    { id: 'one', title: 'One', markdown: 'Do it.', hintCount: 1, hasSolution: true, done: false },
  ])
  expect(JSON.stringify(detail)).not.toMatch(/secret-solution|Look again/)
  progress = { ports: { stepsDone: 1, steps: ['one'], completedAt: null } }
  expect(labs.detail('ports').steps).toMatchObject([{ done: true }])
})

test.each([
  ['none', 'not-found'],
  ['a-task', 'not-found'],
  ['half', 'lab-invalid'],
])('the detail of "%s" is refused with %s', (id, code) => {
  expect(() => labs.detail(id)).toThrow(expect.objectContaining({ code }))
})

test('a task is not started like a lab', () => {
  expect(() => labs.refuseTask('a-task')).toThrow(expect.objectContaining({ code: 'not-found' }))
  expect(() => labs.refuseTask('ports')).not.toThrow()
})

test('a lab that somebody looks at is made ready, unless it is open', () => {
  labs.looksAt(summary('volumes'))
  sessions?.add('ports')
  labs.looksAt(summary('ports'))
  expect(sessions?.expected).toEqual(['volumes'])
})

test('nodes are warmed up for a lab of one node that is not open', () => {
  sessions?.add('ports')
  labs.warmUp()
  expect(sessions?.expected).toEqual(['volumes'])
  sessions = null
  expect(() => labs.warmUp()).not.toThrow()
})

test('with nothing to warm up nothing is expected', () => {
  for (const id of ['ports', 'volumes']) sessions?.add(id)
  labs.warmUp()
  expect(sessions?.expected).toEqual([])
})

test('a change of a session is in the summaries soon, once for many changes', async () => {
  const seen: (string | null)[] = []
  labs.summaries.watch((all) => seen.push(all.find(({ id }) => id === 'ports')?.sessionId ?? null))
  const session = sessions?.add('ports') ?? expect.fail()
  for (let count = 0; count < 5; count++) void labs.sessionChanged(session)
  await expect.poll(() => seen).toEqual([null, 's-ports'])
})

test('progress is kept for labs, not for tasks', async () => {
  const steps = [{ id: 'one', state: 'done' as const, doneAt: null, checks: [], hints: [], solution: null }]
  for (const id of ['ports', 'a-task']) {
    const session = sessions?.add(id) ?? expect.fail()
    session.shows = { steps, completed: true }
    await labs.sessionChanged(session)
  }
  await expect
    .poll(() => progress)
    .toEqual({ ports: { stepsDone: 1, steps: ['one'], completedAt: '1970-01-01T00:00:00.000Z' } })
})

test('a lab that does not ship shows what it asks for, until it is allowed', async () => {
  expect(summary('ports').consent).toBeNull()
  expect(summary('volumes').consent).toEqual(CONSENT)
  const shown: (string | undefined)[] = []
  labs.summaries.watch((all) => shown.push(all.find(({ id }) => id === 'volumes')?.consent?.hash))
  await labs.allow('volumes', HASH)
  expect(shown).toEqual([HASH, undefined])
  await expect(labs.allow('nothing', HASH)).rejects.toMatchObject({ code: 'not-found' })
})
