/** Session records. Each is a document of its own, so that saving one does not write the others. */
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { SessionRecord, SessionRecords } from '../../engine'
import { KeyedTurns } from '../../shared/turns'
import { JsonDocument } from './document'
import { SessionRecordDocument } from './schemas'

type Saved = { readonly version: 1; readonly record: SessionRecord }

export class SessionFolder implements SessionRecords {
  readonly #folder: string
  readonly #onCorrupt: (message: string) => void
  readonly #open = new Map<string, Promise<JsonDocument<Saved | null>>>()
  /** A record is saved and removed in the order of the calls, so that no late save brings it back. */
  readonly #turns = new KeyedTurns<string>()

  constructor(folder: string, onCorrupt: (message: string) => void) {
    this.#folder = folder
    this.#onCorrupt = onCorrupt
  }

  async save(record: SessionRecord): Promise<void> {
    await this.#turns.run(record.id, async () => {
      const document = await this.#document(record.id)
      await document.set({ version: 1, record })
    })
  }

  async remove(id: string): Promise<void> {
    await this.#turns.run(id, async () => {
      this.#open.delete(id)
      await rm(this.#path(id), { force: true })
    })
  }

  async list(): Promise<SessionRecord[]> {
    await mkdir(this.#folder, { recursive: true })
    const ids = (await readdir(this.#folder))
      .filter((name) => /^[\w-]+\.json$/.test(name))
      .map((name) => name.slice(0, -'.json'.length))
    const documents = await Promise.all(ids.map((id) => this.#document(id)))
    return documents.flatMap(({ value }) => (value ? [value.record] : []))
  }

  #document(id: string): Promise<JsonDocument<Saved | null>> {
    const open =
      this.#open.get(id) ??
      JsonDocument.open<Saved | null>({
        path: this.#path(id),
        schema: SessionRecordDocument,
        initial: null,
        onCorrupt: this.#onCorrupt,
      })
    this.#open.set(id, open)
    // A document that could not be opened is tried again by the next call, which gets its own error.
    open.catch(() => this.#open.delete(id))
    return open
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.json`)
  }
}
