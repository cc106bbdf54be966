/** Session records. Each is a document of its own, so that saving one does not write the others. */
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { SessionRecord, SessionRecords } from '../../engine'
import { CapstanError, isCapstanError } from '../../shared/errors'
import { syncFolder } from '../../shared/system/whole-file'
import { KeyedTurns } from '../../shared/turns'
import { JsonDocument } from './document'
import { copyOf } from './look'
import { fileOf, idOf } from './names'
import { PRIVATE_FOLDER, readPrivately } from './private-files'
import { SessionRecordDocument } from './schemas'

type Saved = { readonly version: 1; readonly record: SessionRecord }

const ENDING = '.json'
/** A record that tells its topology, or that it has none. */
const TELLS_TOPOLOGY = /"topologyId":\s*("[\w-]*"|null)/

export class SessionFolder implements SessionRecords {
  readonly #folder: string
  readonly #onCorrupt: (message: string) => void
  readonly #open = new Map<string, Promise<JsonDocument<Saved | null>>>()
  /** Names of the files that could not be read, which were reported. */
  readonly #unreadable = new Set<string>()
  /** A record is saved and removed in the order of the calls, so that no late save brings it back. */
  readonly #turns = new KeyedTurns<string>()

  constructor(folder: string, onCorrupt: (message: string) => void) {
    this.#folder = folder
    this.#onCorrupt = onCorrupt
  }

  /** @throws CapstanError `no-space`, `store-corrupt`, `bad-input` for an id that is none */
  async save(record: SessionRecord): Promise<void> {
    await this.#turns.run(record.id, async () => {
      const document = await this.#document(record.id)
      await document.set({ version: 1, record })
    })
  }

  async remove(id: string): Promise<void> {
    const path = fileOf(this.#folder, id, ENDING)
    await this.#turns.run(id, async () => {
      this.#open.delete(id)
      // The copy goes first: alone, it would be a session that nobody lists.
      await rm(copyOf(path), { force: true })
      await rm(path, { force: true })
      await syncFolder(this.#folder)
    })
  }

  /** Every record that can be read. A file that cannot be read is reported once, left alone, and hides no other. */
  async list(): Promise<SessionRecord[]> {
    await mkdir(this.#folder, { recursive: true, mode: PRIVATE_FOLDER })
    const ids = (await readdir(this.#folder)).flatMap((name) => idOf(name, ENDING) ?? [])
    const found = await Promise.all(ids.map((id) => this.#readOrReport(id)))
    return found.flatMap((record) => record ?? [])
  }

  /** Whether a file that could not be read, or was kept aside, may be the record of the topology's session. */
  async mayName(topologyId: string): Promise<boolean> {
    const names = await readdir(this.#folder).catch(() => [])
    const unclear = names.filter((name) => this.#unreadable.has(name) || name.includes('.json.corrupt-'))
    const texts = await Promise.all(unclear.map((name) => this.#textOf(name)))
    return texts.some((text) => text.includes(topologyId) || !TELLS_TOPOLOGY.test(text))
  }

  /** Empty for a file that cannot be read at all: it may name anything. */
  async #textOf(name: string): Promise<string> {
    const bytes = await readPrivately(join(this.#folder, name)).catch(() => null)
    return bytes?.toString('utf8') ?? ''
  }

  async #readOrReport(id: string): Promise<SessionRecord | null> {
    const name = `${id}${ENDING}`
    try {
      const record = (await this.#document(id)).value?.record ?? null
      if (record && record.id !== id) throw misnamed(name)
      this.#unreadable.delete(name)
      return record
    } catch (error) {
      if (!isCapstanError(error)) throw error
      if (!this.#unreadable.has(name)) this.#report(error.message)
      this.#unreadable.add(name)
      return null
    }
  }

  #report(message: string): void {
    this.#onCorrupt(`${message} The nodes that it may name are kept until you remove that file.`)
  }

  #document(id: string): Promise<JsonDocument<Saved | null>> {
    const path = fileOf(this.#folder, id, ENDING)
    const open =
      this.#open.get(id) ??
      JsonDocument.open<Saved | null>({
        path,
        schema: SessionRecordDocument,
        migrations: [],
        initial: null,
        onCorrupt: (message) => this.#report(message),
      })
    this.#open.set(id, open)
    // A document that could not be opened is tried again by the next call, which gets its own error.
    open.catch(() => this.#open.delete(id))
    return open
  }
}

function misnamed(name: string): CapstanError {
  return new CapstanError('store-corrupt', `sessions/${name} is the record of another session.`, {
    help: 'Give the file the name that it had.',
  })
}
