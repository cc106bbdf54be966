/** Everything that is kept on disk: settings, progress, sessions, journals. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { SessionRecords } from '../../engine'
import { removeLeftovers } from '../../shared/system/whole-file'
import type { Settings } from '../api'
import { Consents } from './consents'
import { JsonDocument } from './document'
import { documentsIn } from './documents'
import { readDocument } from './look'
import { Marks } from './marks'
import { openPrivately } from './private-files'
import type { LabProgress } from './schemas'
import { SessionFolder } from './session-records'

export { dataFolder } from '../../shared/system/folders'
export { JournalFolder } from './journal'
export { lockStore } from './lock'
export { KeptMark, type Marks } from './marks'
export { DEFAULT_SETTINGS, type LabProgress } from './schemas'

export interface Store {
  readonly folder: string
  /** Id of this store: everything it creates on an engine carries it. */
  readonly owner: string
  readonly sessions: SessionRecords
  settings(): Settings
  /** Changes take turns. @returns the settings after it @throws what `change` throws, `no-space`, `store-corrupt` */
  updateSettings(change: (settings: Settings) => Settings): Promise<Settings>
  progress(): Readonly<Record<string, LabProgress>>
  /** Consents to labs that do not ship with Capstan. */
  readonly consents: Consents
  /** The learner's own marks on questions. */
  readonly marks: Marks
  /**
   * Changes take turns. A change that gives back what it got saves nothing.
   * @param change gets undefined for a lab without progress
   * @returns whether something was saved
   * @throws CapstanError `no-space`, `store-corrupt`, `bad-input` for a lab's id that is none
   */
  updateProgress(
    labId: string,
    change: (progress: LabProgress | undefined) => LabProgress | undefined,
  ): Promise<boolean>
  /** Forgets how far every lab was taken. @throws CapstanError `no-space`, `store-corrupt` */
  clearProgress(): Promise<void>
  /**
   * Resolves when every change of settings, progress, consents and marks is on the disk, or has failed. Whoever saves
   * sessions waits for them itself. It never rejects.
   */
  settled(): Promise<void>
}

/**
 * Opens the store. A document that cannot be understood is kept aside and reported, and its copy is used.
 * @throws CapstanError `store-corrupt` for a document that cannot be read, or that a newer Capstan wrote
 */
export async function openStore(folder: string, onCorrupt: (message: string) => void): Promise<Store> {
  const sessions = join(folder, 'sessions')
  await openPrivately(folder)
  await Promise.all([folder, sessions].map(removeLeftovers))
  const places = documentsIn(folder)
  const info = await JsonDocument.open({ ...places.info, onCorrupt })
  if (!info.value.owner) await info.set({ version: 1, owner: randomUUID() })
  const settings = await JsonDocument.open({ ...places.settings, onCorrupt })
  const progress = await JsonDocument.open({ ...places.progress, onCorrupt })
  const consents = await JsonDocument.open({ ...places.consents, onCorrupt })
  const marks = await JsonDocument.open({ ...places.marks, onCorrupt })
  return {
    folder,
    owner: info.value.owner,
    sessions: new SessionFolder(sessions, onCorrupt),
    consents: new Consents(consents),
    marks: new Marks(marks),
    settings: () => settings.value.settings,
    updateSettings: async (change) => {
      await settings.update((value) => ({ version: 1, settings: change(value.settings) }))
      return settings.value.settings
    },
    progress: () => progress.value.labs,
    updateProgress: async (labId, change) =>
      await progress.update((value) => {
        const before = progressIn(value.labs, labId)
        const after = change(before)
        return after === undefined || after === before
          ? value
          : { version: 1, labs: { ...value.labs, [labId]: after } }
      }),
    clearProgress: async () => await progress.set({ version: 1, labs: {} }),
    settled: async () => {
      await Promise.all([settings, progress, consents, marks].map((document) => document.settled()))
    },
  }
}

/** What a command that runs beside the app may know of a store. */
export interface StoreView {
  readonly settings: Settings
  readonly progress: Readonly<Record<string, LabProgress>>
}

/**
 * Reads a store that another process may have open. Nothing is made, changed or kept aside, also where there is none.
 * @param onProblem is told about each document that cannot be understood
 * @throws CapstanError `store-corrupt` for a document that cannot be read, or that a newer Capstan wrote
 */
export async function readStore(folder: string, onProblem: (message: string) => void): Promise<StoreView> {
  const places = documentsIn(folder)
  const { settings } = await readDocument(places.settings, onProblem)
  const { labs: progress } = await readDocument(places.progress, onProblem)
  return { settings, progress }
}

/** A lab may be called as something that every object has, such as "constructor". */
export function progressIn(
  labs: Readonly<Record<string, LabProgress>>,
  labId: string,
): LabProgress | undefined {
  return Object.hasOwn(labs, labId) ? labs[labId] : undefined
}
