/** Session records for tests. */
import type { SessionRecord } from '../../engine'

export function aRecord(part: Partial<SessionRecord> = {}): SessionRecord {
  return {
    id: 'a1',
    labId: 'lab',
    kind: 'student',
    pid: 1,
    startedAt: '2026-01-01T00:00:00Z',
    topologyId: 'a1b2',
    prepared: true,
    currentStep: 'one',
    stepsOpened: ['one'],
    stepsDone: [],
    hintsShown: { one: 1 },
    solutionsShown: [],
    ...part,
  }
}
