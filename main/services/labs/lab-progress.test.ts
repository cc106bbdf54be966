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

const reached = (done: number, completed = false) => ({
  labId: 'lab',
  completed,
  steps: ['one', 'two', 'three'].map((id, index) => ({
    id,
    state: index < done ? ('done' as const) : ('open' as const),
    doneAt: null,
    checks: [],
    hints: [],
    solution: null,
  })),
})

test('a lab that was never opened has no progress', () => {
  expect(keeper().of('lab')).toEqual({ stepsDone: 0, completedAt: null })
})

test.each([
  ['the first step', null, reached(1), { stepsDone: 1, completedAt: null }],
  ['the end', { stepsDone: 2, completedAt: null }, reached(3, true), { stepsDone: 3, completedAt: DAY }],
])('%s is saved', async (_what, before, snapshot, after) => {
  if (before) saved.lab = before
  expect(await keeper().keep(snapshot)).toBe(true)
  expect(saved.lab).toEqual(after)
})

test.each([
  ['nothing new', { stepsDone: 1, completedAt: null }, reached(1)],
  ['a lab that is begun again', { stepsDone: 3, completedAt: DAY }, reached(0)],
  ['a second completion', { stepsDone: 3, completedAt: '2025-01-01T00:00:00.000Z' }, reached(3, true)],
])('%s changes nothing', async (_what, before, snapshot) => {
  saved.lab = before
  expect(await keeper().keep(snapshot)).toBe(false)
  expect(saves).toBe(0)
  expect(saved.lab).toBe(before)
})

test('progress that cannot be saved is reported with its lab', async () => {
  const full = keeper(() => Promise.reject(new Error('disk full')))
  expect(await full.keep(reached(1))).toBe(false)
  expect(errors).toEqual(['lab: Error: disk full'])
})
