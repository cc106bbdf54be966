/** The record of one session: on disk first, then here, so that what is told has been kept. */
import type { SessionRecord, SessionRecords } from './record'

export class KeptRecord {
  readonly #records: SessionRecords
  readonly #onChange: () => void
  #value: SessionRecord
  #saving: Promise<void> = Promise.resolve()

  constructor(value: SessionRecord, records: SessionRecords, onChange: () => void) {
    this.#value = value
    this.#records = records
    this.#onChange = onChange
  }

  get value(): SessionRecord {
    return this.#value
  }

  /** One change at a time; one that answers with the record itself changes nothing. */
  async update(change: (record: SessionRecord) => SessionRecord): Promise<void> {
    const work = this.#saving.then(async () => {
      const next = change(this.#value)
      if (next === this.#value) return
      await this.#records.save(next)
      this.#value = next
      this.#onChange()
    })
    this.#saving = work.catch(() => undefined)
    await work
  }

  /** Resolves when every change so far is on the disk, or has failed to get there. */
  async settled(): Promise<void> {
    await this.#saving
  }

  async remove(): Promise<void> {
    await this.#records.remove(this.#value.id)
  }
}
