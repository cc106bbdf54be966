/** The documents of a store: where each is, its form, and what holds before there is one. */
import { join } from 'node:path'
import { ConsentsDocument, NO_CONSENTS } from './consents'
import { MarksDocument, NO_MARKS } from './marks'
import { DEFAULT_SETTINGS, ProgressDocument, SettingsDocument, StoreInfo } from './schemas'

export function documentsIn(folder: string) {
  return {
    info: {
      path: join(folder, 'store.json'),
      schema: StoreInfo,
      migrations: [],
      initial: { version: 1 as const, owner: '' },
    },
    settings: {
      path: join(folder, 'settings.json'),
      schema: SettingsDocument,
      migrations: [],
      initial: { version: 1 as const, settings: DEFAULT_SETTINGS },
    },
    progress: {
      path: join(folder, 'progress.json'),
      schema: ProgressDocument,
      migrations: [],
      initial: { version: 1 as const, labs: {} },
    },
    consents: {
      path: join(folder, 'consents.json'),
      schema: ConsentsDocument,
      migrations: [],
      initial: NO_CONSENTS,
    },
    marks: {
      path: join(folder, 'marks.json'),
      schema: MarksDocument,
      migrations: [],
      initial: NO_MARKS,
    },
  }
}
