/** The app's part of the contract: the state of the app, its set-up, the doctor and notices. */
import { z } from 'zod'
import { Problem } from './problem'
import { Nothing, type View } from './shapes'

/** One line of the first-run page: finding the engine, preparing an image, and so on. */
export const SetupLine = z.object({
  id: z.string(),
  label: z.string(),
  detail: z.string().nullable(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'skipped']),
  /** Share done, 0 to 1; null while it is not known. */
  fraction: z.number().min(0).max(1).nullable(),
  /** How long the work may take, in seconds; null when it ends in a moment. */
  estimateSeconds: z.number().nullable(),
})
export type SetupLine = View<typeof SetupLine>

export const EngineView = z.object({
  source: z.enum(['settings', 'environment', 'context', 'default', 'private']),
  /** The Docker context that names it. */
  context: z.string().optional(),
  endpoint: z.string(),
  version: z.string(),
})
export type EngineView = View<typeof EngineView>

/** A place where an engine was looked for, and what was found there. */
export const Tried = z.object({ what: z.string(), result: z.string() })
export type Tried = View<typeof Tried>

export const SetupState = z.object({
  phase: z.enum(['running', 'ready', 'failed']),
  lines: z.array(SetupLine),
  /** Whole seconds until everything is prepared, told now; null while nothing takes time. */
  remainingSeconds: z.number().nullable(),
  engine: EngineView.nullable(),
  problem: Problem.nullable(),
  /** Where an engine was looked for, when none was found. */
  tried: z.array(Tried),
})
export type SetupState = View<typeof SetupState>

export const AppState = z.object({
  version: z.string(),
  /** True in the Electron shell, false in a browser on the web host. */
  desktop: z.boolean(),
  platform: z.string(),
  /** Where settings, progress and attempts are kept on this computer. */
  dataFolder: z.string(),
  setup: SetupState,
})
export type AppState = View<typeof AppState>

export const DoctorReport = z.object({
  ok: z.boolean(),
  engine: EngineView.nullable(),
  capabilities: z.record(z.string(), z.union([z.boolean(), z.number(), z.string()])),
  problems: z.array(z.object({ message: z.string(), help: z.string() })),
  /** How far all time limits are stretched, and who says so. */
  timeLimits: z.object({
    factor: z.number(),
    source: z.enum(['environment', 'settings', 'measured', 'default']),
  }),
  /** Where an engine was looked for, in this order. */
  tried: z.array(Tried),
})
export type DoctorReport = View<typeof DoctorReport>

export const Notice = z.object({
  id: z.string(),
  level: z.enum(['info', 'warning', 'error']),
  message: z.string(),
  help: z.string().nullable(),
})
export type Notice = View<typeof Notice>

export const appContract = {
  calls: {
    'app.state': { in: Nothing, out: AppState },
    'app.doctor': { in: Nothing, out: DoctorReport },
    /** Runs the set-up again after a failure. */
    'setup.retry': { in: Nothing, out: Nothing },
  },
  streams: {
    'setup.watch': { in: Nothing, out: SetupState },
    'notice.watch': { in: Nothing, out: Notice },
  },
} as const
