/** The documents on disk. Each has a version, so that a later Capstan can tell which form it has. */
import { z } from 'zod'
import { Settings } from '../api'

export const StoreInfo = z.object({ version: z.literal(1), owner: z.string() })

/** Older documents do not have the newer settings, which get their defaults. */
export const SettingsDocument = z.object({
  version: z.literal(1),
  settings: Settings.extend({ passMark: Settings.shape.passMark.default(65) }),
})

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  engine: { mode: 'auto', endpoint: '', tlsDirectory: '' },
  terminal: { fontSize: 14, scrollback: 5_000 },
  passMark: 65,
  hostTerminal: false,
  layouts: {},
}

/** The best progress in a lab so far. */
export const LabProgress = z.object({ stepsDone: z.number(), completedAt: z.string().nullable() })
export type LabProgress = z.infer<typeof LabProgress>

export const ProgressDocument = z.object({ version: z.literal(1), labs: z.record(z.string(), LabProgress) })

export const SessionRecordDocument = z.object({
  version: z.literal(1),
  record: z.object({
    id: z.string(),
    labId: z.string(),
    kind: z.enum(['student', 'verify']),
    pid: z.number(),
    startedAt: z.string(),
    topologyId: z.string().nullable(),
    prepared: z.boolean(),
    currentStep: z.string(),
    stepsOpened: z.array(z.string()),
    stepsDone: z.array(z.string()),
    hintsShown: z.record(z.string(), z.number()),
    solutionsShown: z.array(z.string()),
  }),
})
