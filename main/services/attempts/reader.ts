/** Reads attempts from their journals, each once: one that is over never changes again. */
import { CapstanError } from '../../../engine'
import type { JournalFolder } from '../../store'
import type { Entry } from './journal'

/** An attempt as its journal tells it. */
export interface Kept {
  readonly attempt: { readonly id: string }
  readonly startedAt: Date
}

/** Told once of each journal that cannot be read: it hides no other. */
export type OnProblem = (message: string, help: string | null) => void

export interface AttemptReaderOptions<E, K extends Kept> {
  readonly journals: JournalFolder<Entry<E>>
  /** Null for a journal with nothing in it. @throws CapstanError `store-corrupt` for one that no attempt could have written */
  readonly keep: (file: string, entries: readonly Entry<E>[]) => K | null
  readonly isOver: (kept: K) => boolean
  readonly onProblem: OnProblem
}

interface Remembered<K> {
  /** The state of its file when it was read. */
  readonly mark: string
  readonly kept: K | null
}

export class AttemptReader<E, K extends Kept> {
  readonly #options: AttemptReaderOptions<E, K>
  readonly #known = new Map<string, Remembered<K>>()

  constructor(options: AttemptReaderOptions<E, K>) {
    this.#options = options
  }

  /** Every attempt that can be read, over or not, the oldest first. */
  async all(): Promise<K[]> {
    const ids = await this.#options.journals.list()
    const there = new Set(ids)
    for (const id of this.#known.keys()) if (!there.has(id)) this.#known.delete(id)
    const all = await Promise.all(ids.map((id) => this.#one(id)))
    return all
      .flatMap((one) => one ?? [])
      .sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime() || (a.attempt.id < b.attempt.id ? -1 : 1))
  }

  async #one(id: string): Promise<K | null> {
    const known = this.#known.get(id)
    if (known?.kept && this.#options.isOver(known.kept)) return known.kept
    const mark = await this.#options.journals.mark(id)
    if (known?.mark === mark) return known.kept
    const kept = await this.#read(id)
    this.#known.set(id, { mark, kept })
    return kept
  }

  async #read(id: string): Promise<K | null> {
    const { journals, keep, onProblem } = this.#options
    try {
      return keep(journals.nameOf(id), await journals.read(id))
    } catch (error) {
      if (!(error instanceof CapstanError)) throw error
      onProblem(error.message, error.help)
      return null
    }
  }
}
