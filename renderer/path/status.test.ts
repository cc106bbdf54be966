import { expect, test } from 'vitest'
import { statusOf } from './status'

const NEW = { sessionId: null, completedAt: null, stepsDone: 0 }

test.each([
  ['nothing done', NEW, 'new'],
  ['a step done', { ...NEW, stepsDone: 2 }, 'begun'],
  ['completed', { ...NEW, completedAt: '2026-01-01' }, 'done'],
  ['open again after it was completed', { ...NEW, completedAt: '2026-01-01', sessionId: 's' }, 'open'],
])('%s', (_what, lab, status) => {
  expect(statusOf(lab)).toBe(status)
})
