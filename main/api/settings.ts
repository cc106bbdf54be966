/** The settings' part of the contract. */
import { z } from 'zod'
import { LARGEST_FACTOR } from '../../shared/time-limits'
import { Id, Nothing, type View } from './shapes'

/** A record with a limited number of short names. */
function atMost<T extends z.ZodType>(count: number, value: T) {
  return z
    .record(z.string().max(100), value)
    .refine((record) => Object.keys(record).length <= count, `at most ${count} entries`)
}

/** The sizes of the text of terminals and editor, in pixels. */
export const FONT_SIZES = { smallest: 8, usual: 14, largest: 32 } as const

export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** The size of the text of all pages, but not of terminals and the editor. */
  textSize: z.enum(['small', 'normal', 'large', 'larger']),
  /** The space around texts and controls. */
  density: z.enum(['comfortable', 'compact']),
  engine: z.object({
    mode: z.enum(['auto', 'custom', 'private']),
    /** unix:///…, tcp://host:2376 or ssh://user@host; used when the mode is custom. */
    endpoint: z.string().max(1000),
    /** Folder with ca.pem, cert.pem and key.pem, for tcp with TLS. */
    tlsDirectory: z.string().max(4096),
  }),
  /** Stretches all time limits. Null leaves it to the measurement. `CAPSTAN_TIME_FACTOR` comes before it. */
  timeFactor: z.number().int().min(1).max(LARGEST_FACTOR).nullable(),
  terminal: z.object({
    fontSize: z.number().int().min(FONT_SIZES.smallest).max(FONT_SIZES.largest),
    scrollback: z.number().int().min(100).max(100_000),
    /** Keeps the text of terminals where a screen reader finds it. Older settings do not have it. */
    screenReader: z.boolean().default(false),
  }),
  /** Per cent of an exam that is a pass; the guide does not publish it. */
  passMark: z.number().min(1).max(100),
  /**
   * Offers a shell on the student's own machine in the desktop app. The page cannot change it: `settings.askHostTerminal`
   * asks the person in a window of the system.
   */
  hostTerminal: z.boolean(),
  /** The day of the exam; null while none is planned. */
  examDate: z.iso.date().nullable(),
  /** Questions that the student wants to answer each day; null without a goal. */
  dailyGoal: z.number().int().min(1).max(500).nullable(),
  /** Whether the tour was seen, or was skipped. */
  tourSeen: z.boolean(),
  /** The attempt that is the last placement test; null before the first one. */
  placement: Id.nullable(),
  /** The path that the student follows; null follows the main one. */
  followedPath: Id.nullable(),
  /** The folder of the person's own questions; empty for the one in the data folder. */
  questionsFolder: z.string().max(4096),
  /** Pane sizes by name, in per cent. */
  layouts: atMost(100, atMost(20, z.number())),
})
export type Settings = View<typeof Settings>

/** The settings that are to change; those that are not named stay as they are. */
export const SettingsChange = Settings.omit({ hostTerminal: true }).partial()
export type SettingsChange = View<typeof SettingsChange>

export const settingsContract = {
  calls: {
    'settings.get': { in: Nothing, out: Settings },
    'settings.set': { in: SettingsChange, out: Settings },
    /** Offers the shell on this computer when the person says yes outside of the page, or takes it away. */
    'settings.askHostTerminal': { in: z.object({ on: z.boolean() }), out: Settings },
  },
  streams: {},
} as const
