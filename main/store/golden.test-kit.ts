/**
 * Everything that a store keeps, with fixed values: what this Capstan writes today. The golden files of each version
 * in test/fixtures/store were written by it; test/fixtures/store/README.md says how to add those of the next version.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { vi } from 'vitest'
import { AttemptEvent, type HandsOnEvent } from '../../exam'
import { ExamEntry, HandsOnEntry } from '../services'
import { DEFAULT_SETTINGS, JournalFolder, openStore, type Store } from '.'
import { aRecord } from './records.test-kit'

export const OWNER = '0b6f0c5e-6d0f-4d55-9d5c-1f3c6a1f7f10'
/** The hash of a lab that was allowed. */
export const ALLOWED = '3f'.repeat(32)
export const EXAM = '0123456789ab'
export const PRACTICE = 'ab0123456789'
export const HANDS_ON = 'cd0123456789'

const WALL = Date.UTC(2026, 0, 2, 3, 4, 5)
const momentAt = (ms: number) => ({ uptime: 1_000 + ms, boot: 'f3a1', wall: WALL + ms })

const form = AttemptEvent.options[0].shape.form.parse({
  seed: 7,
  minutes: 90,
  items: [
    {
      id: 'published-ports',
      domain: 'networking',
      objectives: ['NET-05'],
      difficulty: 'easy',
      kind: 'multiple',
      delivery: 'classic',
      order: [11, 12, 13],
      key: [11, 13],
      extra: false,
    },
    {
      id: 'raft-tolerance',
      domain: 'orchestration',
      objectives: ['ORC-01'],
      difficulty: 'hard',
      kind: 'choice',
      delivery: 'domc',
      order: [21, 22],
      key: [22],
      extra: true,
    },
  ],
})

const EXAM_EVENTS: readonly AttemptEvent[] = [
  { kind: 'began', at: 0, attemptId: EXAM, mode: 'real', form, limit: 5_400_000 },
  { kind: 'chose', at: 1_000, item: 0, options: [11, 13] },
  { kind: 'flagged', at: 2_000, item: 0, on: true },
  { kind: 'moved', at: 3_000, item: 1 },
  { kind: 'decided', at: 4_000, item: 1, option: 21, yes: false },
  { kind: 'ticked', at: 5_000 },
  { kind: 'ended', at: 6_000, by: 'candidate' },
]

const PRACTICE_EVENTS: readonly AttemptEvent[] = [
  { kind: 'began', at: 0, attemptId: PRACTICE, mode: 'practice', form, limit: null },
  { kind: 'chose', at: 1_000, item: 0, options: [12] },
  { kind: 'revealed', at: 2_000, item: 0 },
]

const HANDS_ON_EVENTS: readonly HandsOnEvent[] = [
  {
    kind: 'began',
    at: 0,
    attemptId: HANDS_ON,
    limit: 3_600_000,
    form: {
      examId: 'night-shift',
      title: 'Night shift',
      minutes: 60,
      passMark: 66,
      tasks: [
        {
          id: 'logs-that-stay-small',
          title: 'Logs that stay small',
          domain: 'installation',
          objectives: ['INS-04'],
          weight: 2,
          checks: [{ name: 'small', node: 'node1', guard: false, points: 1 }],
        },
      ],
    },
  },
  { kind: 'opened', at: 1_000, task: 0 },
  { kind: 'handed-in', at: 2_000, task: 0 },
  {
    kind: 'graded',
    at: 3_000,
    task: 0,
    checks: [{ name: 'small', green: true, expected: 'max-size', found: 'max-size', explanation: '' }],
  },
  { kind: 'ended', at: 4_000, by: 'time' },
]

/** The journals of a data folder. */
export function journalsIn(folder: string, onCorrupt: (message: string) => void) {
  return {
    exams: new JournalFolder({ folder: join(folder, 'attempts'), entry: ExamEntry, onCorrupt }),
    handsOn: new JournalFolder({ folder: join(folder, 'hands-on'), entry: HandsOnEntry, onCorrupt }),
  }
}

/** Fills an empty folder. */
export async function writeGolden(folder: string, onCorrupt: (message: string) => void): Promise<void> {
  await mkdir(folder, { recursive: true })
  // The owner of a store is a random id, so it is given.
  await writeFile(join(folder, 'store.json'), JSON.stringify({ version: 1, owner: OWNER }, null, 2))
  const store = await openStore(folder, onCorrupt)
  await store.updateSettings(() => ({
    ...DEFAULT_SETTINGS,
    theme: 'dark',
    passMark: 70,
    layouts: { lab: { text: 40, work: 60 } },
  }))
  await store.updateProgress('container-life', () => ({
    stepsDone: 3,
    completedAt: '2026-01-02T03:04:05.000Z',
  }))
  await store.updateProgress('published-ports', () => ({ stepsDone: 1, completedAt: null }))
  await allow(store)
  await store.sessions.save(aRecord({ id: 'ab12cd34', labId: 'published-ports', topologyId: 'e5f60718' }))
  await store.sessions.save(aRecord({ id: 'ab12cd35', kind: 'verify', topologyId: null, prepared: false }))
  const { exams, handsOn } = journalsIn(folder, onCorrupt)
  for (const event of EXAM_EVENTS) await exams.append(EXAM, { event, moment: momentAt(event.at) })
  for (const event of PRACTICE_EVENTS) await exams.append(PRACTICE, { event, moment: momentAt(event.at) })
  for (const event of HANDS_ON_EVENTS) await handsOn.append(HANDS_ON, { event, moment: momentAt(event.at) })
}

/** A consent has the time at which it was given. */
async function allow({ consents }: Store): Promise<void> {
  vi.useFakeTimers({ now: WALL, toFake: ['Date'] })
  try {
    await consents.add(ALLOWED, { id: 'their-lab', folder: '/home/ann/labs/their-lab' })
  } finally {
    vi.useRealTimers()
  }
}
