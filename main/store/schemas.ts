/** The documents on disk. Each has a version, so that a later Capstan can tell which form it has. */
import { z } from 'zod'
import { FONT_SIZES, Id, Settings } from '../api'

export const StoreInfo = z.object({ version: z.literal(1), owner: z.string() })

/** The same as in questions/blueprint.yaml, which a document on disk cannot ask. */
const FIRST_PASS_MARK = 65

/** Older documents do not have the newer settings, which get their defaults. */
export const SettingsDocument = z.object({
  version: z.literal(1),
  settings: Settings.extend({
    textSize: Settings.shape.textSize.default('normal'),
    density: Settings.shape.density.default('comfortable'),
    passMark: Settings.shape.passMark.default(FIRST_PASS_MARK),
    timeFactor: Settings.shape.timeFactor.default(null),
    examDate: Settings.shape.examDate.default(null),
    dailyGoal: Settings.shape.dailyGoal.default(null),
    tourSeen: Settings.shape.tourSeen.default(false),
    placement: Settings.shape.placement.default(null),
    followedPath: Settings.shape.followedPath.default(null),
    questionsFolder: Settings.shape.questionsFolder.default(''),
  }),
})

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  textSize: 'normal',
  density: 'comfortable',
  engine: { mode: 'auto', endpoint: '', tlsDirectory: '' },
  timeFactor: null,
  terminal: { fontSize: FONT_SIZES.usual, scrollback: 5_000, screenReader: false },
  passMark: FIRST_PASS_MARK,
  hostTerminal: false,
  examDate: null,
  tourSeen: false,
  placement: null,
  followedPath: null,
  questionsFolder: '',
  dailyGoal: null,
  layouts: {},
}

/** What was ever done in a lab, in one session or in several. */
export const LabProgress = z.object({
  stepsDone: z.number(),
  /** The ids of these steps. Older documents do not have them. */
  steps: z.array(z.string()).optional(),
  completedAt: z.string().nullable(),
})
export type LabProgress = z.infer<typeof LabProgress>

export const ProgressDocument = z.object({ version: z.literal(1), labs: z.record(z.string(), LabProgress) })

/** What a playground is made of. */
const PlaygroundDocument = z.object({
  name: z.string(),
  engine: z.string().nullable(),
  savedAt: z.string().nullable(),
  nodes: z.array(
    z.object({
      name: Id,
      role: z.enum(['manager', 'worker']),
      swarm: z.enum(['none', 'manager', 'worker']),
      place: z.number().int().min(0),
    }),
  ),
})

export const SessionRecordDocument = z.object({
  version: z.literal(1),
  record: z.object({
    id: Id,
    labId: Id,
    kind: z.enum(['student', 'verify']),
    pid: z.number(),
    startedAt: z.string(),
    topologyId: Id.nullable(),
    prepared: z.boolean(),
    currentStep: Id.nullable(),
    stepsOpened: z.array(z.string()),
    stepsDone: z.array(z.string()),
    doneAt: z.record(z.string(), z.string()).optional(),
    stepsSkipped: z.array(z.string()).optional(),
    hintsShown: z.record(z.string(), z.number()),
    solutionsShown: z.array(z.string()),
    playground: PlaygroundDocument.optional(),
  }),
})
