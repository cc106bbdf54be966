/** Reads attempts from their journals, each once: one that is over never changes again. */
import { z } from 'zod'
import { type Attempt, AttemptEvent, fold, JournalError } from '../../exam'
import type { JournalFolder } from '../store'

/** A line of a journal: the event, and when it was written by the clocks of the machine. */
export const JournalEntry = z.object({
  event: AttemptEvent,
  moment: z.object({ uptime: z.number(), boot: z.string(), wall: z.number() }),
})
export type JournalEntry = z.infer<typeof JournalEntry>

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

export class AttemptReader {
  readonly #journals: JournalFolder<JournalEntry>
  readonly #known = new Map<string, Remembered>()

  constructor(journals: JournalFolder<JournalEntry>) {
    this.#journals = journals
  }

  /** Every attempt, over or not, the oldest first. */
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
    const kept = keptAttempt(await this.#journals.read(id))
    this.#known.set(id, { mark, kept })
    return kept
  }
}

/** Null for a journal with nothing in it, or of something that no attempt could have written: it hides no other. */
export function keptAttempt(entries: readonly JournalEntry[]): KeptAttempt | null {
  const [first] = entries
  if (!first) return null
  const attempt = foldedOrNull(entries)
  if (!attempt) return null
  const startedAt = new Date(first.moment.wall)
  const answeredAt = attempt.items.map(() => startedAt)
  for (const { event, moment } of entries)
    if (event.kind === 'chose' || event.kind === 'decided' || event.kind === 'revealed')
      answeredAt[event.item] = new Date(moment.wall)
  return { attempt, startedAt, answeredAt }
}

function foldedOrNull(entries: readonly JournalEntry[]): Attempt | null {
  try {
    return fold(entries.map(({ event }) => event))
  } catch (error) {
    if (error instanceof JournalError) return null
    throw error
  }
}
