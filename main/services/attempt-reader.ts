/** Reads attempts from their journals, each once: one that is over never changes again. */
import { EngineError } from '../../engine'
import { type Attempt, fold } from '../../exam'
import type { JournalFolder } from '../store'
import { folded, type JournalEntry } from './attempt-journal'

export interface KeptAttempt {
  readonly attempt: Attempt
  readonly startedAt: Date
  /** When each item was last answered, by its index; the start for those that were not. */
  readonly answeredAt: readonly Date[]
}

interface Remembered {
  /** The state of its file when it was read. */
  readonly mark: string
  readonly kept: KeptAttempt | null
}

/** Told once of each journal that cannot be read: it hides no other. */
type OnProblem = (message: string, mend: string | null) => void

export class AttemptReader {
  readonly #journals: JournalFolder<JournalEntry>
  readonly #onProblem: OnProblem
  readonly #known = new Map<string, Remembered>()

  constructor(journals: JournalFolder<JournalEntry>, onProblem: OnProblem) {
    this.#journals = journals
    this.#onProblem = onProblem
  }

  /** Every attempt that can be read, over or not, the oldest first. */
  async all(): Promise<KeptAttempt[]> {
    const ids = await this.#journals.list()
    const there = new Set(ids)
    for (const id of this.#known.keys()) if (!there.has(id)) this.#known.delete(id)
    const all = await Promise.all(ids.map((id) => this.#one(id)))
    return all
      .flatMap((one) => one ?? [])
      .sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime() || (a.attempt.id < b.attempt.id ? -1 : 1))
  }

  async #one(id: string): Promise<KeptAttempt | null> {
    const known = this.#known.get(id)
    if (known?.kept?.attempt.endedBy) return known.kept
    const mark = await this.#journals.mark(id)
    if (known?.mark === mark) return known.kept
    const kept = await this.#read(id)
    this.#known.set(id, { mark, kept })
    return kept
  }

  async #read(id: string): Promise<KeptAttempt | null> {
    try {
      return keptAttempt(id, await this.#journals.read(id))
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      this.#onProblem(error.message, error.mend)
      return null
    }
  }
}

/**
 * Null for a journal with nothing in it.
 * @throws EngineError `store-corrupt` for one that no attempt could have written
 */
export function keptAttempt(id: string, entries: readonly JournalEntry[]): KeptAttempt | null {
  const [first] = entries
  if (!first) return null
  const attempt = folded(id, entries, fold)
  const startedAt = new Date(first.moment.wall)
  const answeredAt = attempt.items.map(() => startedAt)
  for (const { event, moment } of entries)
    if (event.kind === 'chose' || event.kind === 'decided' || event.kind === 'revealed')
      answeredAt[event.item] = new Date(moment.wall)
  return { attempt, startedAt, answeredAt }
}
