/** The record of one session. A change is saved before it is visible, so that whatever people see has been kept. */
import { Turns } from '../../shared/turns'
import type { SessionRecord, SessionRecords } from './record'

export class SavedRecord {
  readonly #records: SessionRecords
  readonly #onChange: () => void
  readonly #turns = new Turns()
  #value: SessionRecord
  #isRemoved = false

  constructor(value: SessionRecord, records: SessionRecords, onChange: () => void) {
    this.#value = value
    this.#records = records
    this.#onChange = onChange
  }

  get value(): SessionRecord {
    return this.#value
  }

  /** Saves one change at a time. When `change` returns the record itself, nothing happens. */
  async update(change: (record: SessionRecord) => SessionRecord): Promise<void> {
    await this.#turns.run(async () => {
      const next = change(this.#value)
      // A removed record must not come back: the next start of the app would look for the session.
      if (this.#isRemoved || next === this.#value) return
      await this.#records.save(next)
      this.#value = next
      this.#onChange()
    })
  }

  /** Resolves when every change so far is on the disk, or has failed to get there. */
  async settled(): Promise<void> {
    await this.#turns.settled()
  }

  async remove(): Promise<void> {
    await this.#turns.run(async () => {
      await this.#records.remove(this.#value.id)
      this.#isRemoved = true
    })
  }
}
