/** Attempts as their journals on disk have them. Each journal is read once, and again when it has grown. */
import { CapstanError, isCapstanError } from '../../../shared/errors'
import type { JournalFolder } from '../../store'
import type { Mark, StoredMoment } from './clock'
import { type Entry, folded } from './journal'

/** The part of a folder of journals that is used here. */
export type Journals<E> = Pick<
  JournalFolder<Entry<E>>,
  'list' | 'nameOf' | 'mark' | 'read' | 'append' | 'adopt' | 'remove'
>

/** Reports a journal that cannot be read, once. */
export type OnProblem = (message: string, help: string | null) => void

export interface StoredAttempt<A> {
  readonly attempt: A
  readonly startedAt: Date
  /** When the last entry was written. */
  readonly lastMoment: StoredMoment
  /** The last mark of each machine that the attempt was at. */
  readonly marks: readonly Mark[]
}

/** An event with the attempt's time, in milliseconds. */
export interface TimedEvent {
  readonly at: number
}

export interface StoredOptions<A, E extends TimedEvent, S extends StoredAttempt<A>> {
  readonly journals: Journals<E>
  readonly fold: (events: readonly E[]) => A
  /** Adds the details that this kind of attempt takes from its journal. */
  readonly keep: (stored: StoredAttempt<A>, entries: readonly Entry<E>[]) => S
  /** Whether the journal of the attempt never changes again. */
  readonly isOver: (attempt: A) => boolean
  readonly onProblem: OnProblem
}

interface Known<S> {
  /** The state of the file when it was read. */
  readonly mark: string
  /** Null for a journal without an entry. */
  readonly stored: S | null
}

export class StoredAttempts<
  A extends { readonly id: string },
  E extends TimedEvent,
  S extends StoredAttempt<A>,
> {
  readonly #options: StoredOptions<A, E, S>
  readonly #known = new Map<string, Known<S>>()
  /** Marks of the journals that cannot be read, which were reported. */
  readonly #unreadable = new Map<string, string>()

  constructor(options: StoredOptions<A, E, S>) {
    this.#options = options
  }

  /** Every attempt that can be read, over or not, the oldest first. A journal that cannot be read hides no other. */
  async all(): Promise<S[]> {
    const ids = await this.#options.journals.list()
    this.#forgetAllBut(new Set(ids))
    const all = await Promise.all(ids.map((id) => this.#readOrReport(id)))
    return all.filter((one) => one !== null).sort(byStart)
  }

  /**
   * Null for a journal that is not there, or has no entry.
   * @throws CapstanError `store-corrupt` for a journal that no attempt could have written
   */
  async read(id: string): Promise<S | null> {
    const known = this.#known.get(id)
    if (known?.stored && this.#options.isOver(known.stored.attempt)) return known.stored
    const mark = await this.#options.journals.mark(id)
    if (known?.mark === mark) return known.stored
    const stored = this.#stored(id, await this.#options.journals.read(id))
    this.#known.set(id, { mark, stored })
    return stored
  }

  /** The journal was removed. */
  forget(id: string): void {
    this.#known.delete(id)
    this.#unreadable.delete(id)
  }

  async #readOrReport(id: string): Promise<S | null> {
    const mark = await this.#options.journals.mark(id)
    if (this.#unreadable.get(id) === mark) return null
    try {
      return await this.read(id)
    } catch (error) {
      if (!isCapstanError(error)) throw error
      this.#unreadable.set(id, mark)
      this.#options.onProblem(error.message, error.help)
      return null
    }
  }

  #stored(id: string, entries: readonly Entry<E>[]): S | null {
    const { journals, fold, keep } = this.#options
    const [first, last] = [entries[0], entries.at(-1)]
    if (!first || !last) return null
    const attempt = folded(journals.nameOf(id), entries, fold)
    if (attempt.id !== id) throw misnamed(journals.nameOf(id))
    const startedAt = new Date(first.moment.wall)
    return keep({ attempt, startedAt, lastMoment: last.moment, marks: marksOf(entries) }, entries)
  }

  #forgetAllBut(ids: ReadonlySet<string>): void {
    for (const known of [this.#known, this.#unreadable])
      for (const id of known.keys()) if (!ids.has(id)) known.delete(id)
  }
}

/** A journal of another attempt: what it says would be kept under another name than its own. */
function misnamed(file: string): CapstanError {
  return new CapstanError('store-corrupt', `${file} is the journal of another attempt.`, {
    help: 'Give the file the name that it had.',
  })
}

function marksOf(entries: readonly Entry<TimedEvent>[]): Mark[] {
  const ofHost = new Map<string, Mark>()
  for (const { event, moment } of entries) ofHost.set(moment.host ?? '', { at: event.at, moment })
  return [...ofHost.values()]
}

function byStart(
  a: StoredAttempt<{ readonly id: string }>,
  b: StoredAttempt<{ readonly id: string }>,
): number {
  return a.startedAt.getTime() - b.startedAt.getTime() || (a.attempt.id < b.attempt.id ? -1 : 1)
}
