/** Everything that is kept on disk: settings, progress, sessions, journals. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { SessionRecords } from '../../engine'
import { removeLeftovers } from '../../shared/system/whole-file'
import type { Settings } from '../api'
import { Consents, ConsentsDocument, NO_CONSENTS } from './consents'
import { JsonDocument } from './document'
import { DEFAULT_SETTINGS, type LabProgress, ProgressDocument, SettingsDocument, StoreInfo } from './schemas'
import { SessionFolder } from './session-records'

export { dataFolder } from '../../shared/system/folders'
export { JournalFolder } from './journal'
export { lockStore } from './lock'
export { DEFAULT_SETTINGS, type LabProgress } from './schemas'

export interface Store {
  readonly folder: string
  /** Id of this store: everything it creates on an engine carries it. */
  readonly owner: string
  readonly sessions: SessionRecords
  settings(): Settings
  saveSettings(settings: Settings): Promise<void>
  progress(): Readonly<Record<string, LabProgress>>
  saveProgress(labId: string, progress: LabProgress): Promise<void>
  /** Consents to labs that do not ship with Capstan. */
  readonly consents: Consents
}

/** Opens the store. A document that cannot be understood is kept aside and reported. */
export async function openStore(folder: string, onCorrupt: (message: string) => void): Promise<Store> {
  const at = (name: string) => join(folder, name)
  await Promise.all([folder, at('sessions')].map(removeLeftovers))
  const info = await JsonDocument.open({
    path: at('store.json'),
    schema: StoreInfo,
    initial: { version: 1 as const, owner: '' },
    onCorrupt,
  })
  if (!info.value.owner) await info.set({ version: 1, owner: randomUUID() })
  const settings = await JsonDocument.open({
    path: at('settings.json'),
    schema: SettingsDocument,
    initial: { version: 1 as const, settings: DEFAULT_SETTINGS },
    onCorrupt,
  })
  const progress = await JsonDocument.open({
    path: at('progress.json'),
    schema: ProgressDocument,
    initial: { version: 1 as const, labs: {} },
    onCorrupt,
  })
  const consents = await JsonDocument.open({
    path: at('consents.json'),
    schema: ConsentsDocument,
    initial: NO_CONSENTS,
    onCorrupt,
  })
  return {
    folder,
    owner: info.value.owner,
    sessions: new SessionFolder(at('sessions'), onCorrupt),
    consents: new Consents(consents),
    settings: () => settings.value.settings,
    saveSettings: async (value) => await settings.set({ version: 1, settings: value }),
    progress: () => progress.value.labs,
    saveProgress: async (labId, value) =>
      await progress.update(({ labs }) => ({ version: 1, labs: { ...labs, [labId]: value } })),
  }
}
