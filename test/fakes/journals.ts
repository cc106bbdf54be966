/** Journals in memory, for tests of attempts. */
import type { Entry } from '../../main/services/attempts'
import { CapstanError } from '../../shared/errors'

export class FakeJournals<E> {
  readonly entries = new Map<string, Entry<E>[]>()
  /** Ids of the journals that were read, in order. */
  readonly reads: string[] = []
  /** Ids of the journals that cannot be read. */
  readonly broken = new Set<string>()
  /** Called before each append; a rejection leaves the journal as it was. */
  onAppend: (id: string) => void | Promise<void> = () => undefined

  async list(): Promise<string[]> {
    return [...new Set([...this.entries.keys(), ...this.broken])]
  }

  nameOf(id: string): string {
    return `folder/${id}.jsonl`
  }

  async mark(id: string): Promise<string> {
    return String(this.entries.get(id)?.length ?? '')
  }

  async read(id: string): Promise<Entry<E>[]> {
    this.reads.push(id)
    if (this.broken.has(id))
      throw new CapstanError('store-corrupt', `${id} is damaged.`, { help: 'Move it.' })
    return [...(this.entries.get(id) ?? [])]
  }

  async append(id: string, entry: Entry<E>): Promise<void> {
    await this.onAppend(id)
    this.entries.set(id, [...(this.entries.get(id) ?? []), entry])
  }

  async adopt(id: string, entries: readonly Entry<E>[]): Promise<boolean> {
    if (this.entries.has(id)) return false
    this.entries.set(id, [...entries])
    return true
  }

  async remove(id: string): Promise<void> {
    this.entries.delete(id)
  }
}
