/** Session records, one document each, so that saving one costs nothing for the others. */
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { SessionRecord, SessionRecords } from '../../engine'
import { JsonDocument } from './document'
import { SessionRecordDocument } from './schemas'

type Saved = { readonly version: 1; readonly record: SessionRecord }

export class SessionFolder implements SessionRecords {
  readonly #folder: string
  readonly #onCorrupt: (message: string) => void
  readonly #open = new Map<string, Promise<JsonDocument<Saved | null>>>()

  constructor(folder: string, onCorrupt: (message: string) => void) {
    this.#folder = folder
    this.#onCorrupt = onCorrupt
  }

  async save(record: SessionRecord): Promise<void> {
    const document = await this.#document(record.id)
    await document.set({ version: 1, record })
  }

  async remove(id: string): Promise<void> {
    this.#open.delete(id)
    await rm(this.#path(id), { force: true })
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
    return open
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.json`)
  }
}
