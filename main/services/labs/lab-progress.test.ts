import { beforeEach, expect, test } from 'vitest'
import type { LabProgress } from '../../store'
import { LabProgressKeeper } from './lab-progress'

let saved: Record<string, LabProgress>
let errors: string[]
let saves: number

beforeEach(() => {
  saved = {}
  errors = []
  saves = 0
})

const DAY = '2026-01-02T03:04:05.000Z'

function keeper(save?: () => Promise<void>): LabProgressKeeper {
  return new LabProgressKeeper({
    store: {
      progress: () => saved,
      updateProgress: async (labId, change) => {
        const progress = change(saved[labId])
        if (!progress || progress === saved[labId]) return false
        saves++
        await save?.()
        saved[labId] = progress
        return true
      },
    },
    now: () => new Date(DAY),
    onError: (error, labId) => errors.push(`${labId}: ${error}`),
  })
}

const IDS = ['one', 'two', 'three']

/** A session of a lab with three steps. @param done the ids of those that are done; the others were done for the student */
const session = (done: readonly string[], completed = false) => ({
  labId: 'lab',
  completed,
  steps: IDS.map((id) => ({
    id,
    state: done.includes(id) ? ('done' as const) : ('skipped' as const),
    doneAt: null,
    checks: [],
    hints: [],
    solution: null,
  })),
})
const reached = (done: number, completed = false) => session(IDS.slice(0, done), completed)

test('a lab that was never opened has no progress', () => {
  expect(keeper().of('lab')).toEqual({ stepsDone: 0, completedAt: null })
})

test.each([
  ['the first step', null, reached(1), { stepsDone: 1, steps: ['one'], completedAt: null }],
  [
    'the end, after steps whose ids were not kept,',
    { stepsDone: 2, completedAt: null },
    reached(3, true),
    { stepsDone: 3, steps: IDS, completedAt: DAY },
  ],
  [
    'a later step',
    { stepsDone: 1, steps: ['one'], completedAt: null },
    session(['three']),
    { stepsDone: 2, steps: ['one', 'three'], completedAt: null },
  ],
  [
    'the last step that was left',
    { stepsDone: 2, steps: ['one', 'three'], completedAt: null },
    session(['two', 'three']),
    { stepsDone: 3, steps: ['one', 'three', 'two'], completedAt: DAY },
  ],
])('%s is saved', async (_what, before, snapshot, after) => {
  if (before) saved.lab = before
  expect(await keeper().keep(snapshot)).toBe(true)
  expect(saved.lab).toEqual(after)
})

test.each([
  ['nothing new', { stepsDone: 1, completedAt: null }, reached(1)],
  ['a lab that is begun again', { stepsDone: 3, completedAt: DAY }, reached(0)],
  ['what was done before', { stepsDone: 2, steps: ['two', 'one'], completedAt: null }, reached(2)],
  ['a second completion', { stepsDone: 3, completedAt: '2025-01-01T00:00:00.000Z' }, reached(3, true)],
])('%s changes nothing', async (_what, before, snapshot) => {
  saved.lab = before
  expect(await keeper().keep(snapshot)).toBe(false)
  expect(saves).toBe(0)
  expect(saved.lab).toBe(before)
})

test('the steps that were done are known by their ids, also those of an older document', () => {
  const lab = { id: 'lab', steps: IDS.map((id) => ({ id })) }
  saved.lab = { stepsDone: 2, completedAt: null }
  expect(keeper().stepsDone(lab)).toEqual(['one', 'two'])
  saved.lab = { stepsDone: 1, steps: ['three'], completedAt: null }
  expect(keeper().stepsDone(lab)).toEqual(['three'])
})

test('progress that cannot be saved is reported with its lab', async () => {
  const full = keeper(() => Promise.reject(new Error('disk full')))
  expect(await full.keep(reached(1))).toBe(false)
  expect(errors).toEqual(['lab: Error: disk full'])
})
