/** The attempts that are over: how they leave for another machine, come from one, and are removed. */
import { CapstanError } from '../../../shared/errors'
import type { AnyAttempt, AttemptNow } from './attempts'
import type { Journals, TimedEvent } from './stored'

/** An attempt on its way between two machines. */
export interface TakenAttempt<E> {
  readonly id: string
  readonly events: readonly {
    readonly event: E
    /** Milliseconds since 1970. No other clock of a machine says anything on another one. */
    readonly wall: number
  }[]
}

export interface ArchiveOptions<A extends AnyAttempt, E extends TimedEvent> {
  readonly attempts: {
    list(): Promise<readonly AttemptNow<A>[]>
    remove(id: string): Promise<void>
  }
  readonly journals: Journals<E>
  readonly fold: (events: readonly E[]) => A
  readonly isOver: (attempt: A) => boolean
  /** Attempts and events that need not come along. */
  readonly leavesBehind: (attempt: A) => boolean
  readonly isNeeded: (event: E) => boolean
  /** Throws when an attempt could not be shown. */
  readonly show: (now: AttemptNow<A>) => void
}

export class Archive<A extends AnyAttempt, E extends TimedEvent> {
  readonly #options: ArchiveOptions<A, E>

  constructor(options: ArchiveOptions<A, E>) {
    this.#options = options
  }

  /** Every attempt that is over, the newest first. */
  async taken(): Promise<TakenAttempt<E>[]> {
    const { attempts, isOver, leavesBehind } = this.#options
    const over = (await attempts.list()).filter(({ attempt }) => isOver(attempt) && !leavesBehind(attempt))
    return await Promise.all(over.map(({ attempt }) => this.#take(attempt.id)))
  }

  async #take(id: string): Promise<TakenAttempt<E>> {
    const { journals, isNeeded } = this.#options
    const entries = await journals.read(id)
    const needed = entries.filter(({ event }) => isNeeded(event))
    return { id, events: needed.map(({ event, moment }) => ({ event, wall: moment.wall })) }
  }

  /**
   * Takes in an attempt of another machine.
   * @returns false for one that is here already: it stays as it is
   * @throws CapstanError `bad-input` for one that no Capstan could have written, or that is not over; `no-space`,
   * `store-corrupt`
   */
  async bring({ id, events }: TakenAttempt<E>): Promise<boolean> {
    this.#requireFit({ id, events })
    const entries = events.map(({ event, wall }) => ({ event, moment: { uptime: 0, boot: '', wall } }))
    return await this.#options.journals.adopt(id, entries)
  }

  #requireFit({ id, events }: TakenAttempt<E>): void {
    const { fold, isOver, show } = this.#options
    try {
      const attempt = fold(events.map(({ event }) => event))
      if (attempt.id !== id || !isOver(attempt)) throw new Error('not an attempt that is over')
      show({ attempt, startedAt: new Date(events[0]?.wall ?? 0), at: attempt.elapsed })
    } catch (cause) {
      throw new CapstanError('bad-input', 'An attempt in the file is damaged.', {
        help: 'Export it again on the other machine.',
        cause,
      })
    }
  }

  /** @throws CapstanError `session-state` when one is not over yet: then none is removed */
  async removeAll(): Promise<void> {
    const { attempts, isOver } = this.#options
    const all = await attempts.list()
    if (!all.every(({ attempt }) => isOver(attempt)))
      throw new CapstanError('session-state', 'An attempt is not over yet.', {
        help: 'Wait until it is graded, then try again.',
      })
    for (const { attempt } of all) await attempts.remove(attempt.id)
  }
}
