/**
 * Attempts that are journals: read and folded when first asked for, written to before anything changes, one event after
 * the other, and ended when their time is up. Their clock never stops.
 */
import { z } from 'zod'
import { EngineError } from '../../engine'
import type { JournalFolder } from '../store'
import { AttemptClock, type KeptMoment, type Moment, momentNow } from './attempt-clock'

/** What every kind of attempt knows of itself. */
export interface AnyAttempt {
  readonly id: string
  /** Milliseconds. */
  readonly limit: number
  readonly elapsed: number
  /** Null while it runs. */
  readonly endedBy: string | null
}

export interface Entry<E> {
  readonly event: E
  readonly moment: KeptMoment
}

/** A line of a journal: the event, and when it was written by the clocks of the machine. */
export function entryOf<E>(event: z.ZodType<E>): z.ZodType<Entry<E>> {
  return z.object({
    event,
    moment: z.object({ uptime: z.number(), boot: z.string(), wall: z.number() }),
  })
}

export interface AttemptsOptions<A extends AnyAttempt, E> {
  readonly journals: JournalFolder<Entry<E>>
  readonly fold: (events: readonly E[]) => A
  readonly apply: (attempt: A, event: E) => A
  /** The event that ends an attempt when its time is up. */
  readonly timeUp: (at: number) => E
  readonly onChange: (attempt: A) => void
  readonly now?: () => Moment
}

/** An attempt, with when it began, as ISO 8601. */
export interface Dated<A> {
  readonly attempt: A
  readonly startedAt: string
}

interface Running<A> {
  readonly clock: AttemptClock
  readonly startedAt: string
  attempt: A
  timer: NodeJS.Timeout | null
}

/** How soon an end that could not be journaled is tried again; milliseconds. */
const RETRY_MS = 1_000

export class Attempts<A extends AnyAttempt, E> {
  readonly #options: AttemptsOptions<A, E>
  readonly #now: () => Moment
  readonly #running = new Map<string, Promise<Running<A>>>()
  /** Events of one attempt are journaled one after the other, so that two windows cannot fork it. */
  readonly #queues = new Map<string, Promise<unknown>>()
  #disposed = false

  constructor(options: AttemptsOptions<A, E>) {
    this.#options = options
    this.#now = options.now ?? momentNow
  }

  /** All of them, the newest first. */
  async list(): Promise<Dated<A>[]> {
    const ids = await this.#options.journals.list()
    const all = await Promise.all(ids.map((id) => this.#find(id).catch(() => null)))
    return all.flatMap((one) => one ?? []).sort((a, b) => b.startedAt.localeCompare(a.startedAt))
  }

  async begin(id: string, event: E): Promise<void> {
    const clock = AttemptClock.fresh(this.#now)
    const moment = clock.moment()
    await this.#options.journals.append(id, { event, moment })
    this.#running.set(id, Promise.resolve(this.#run(this.#options.fold([event]), clock, moment)))
  }

  /** @throws EngineError `not-found`, `store-corrupt` */
  async get(id: string): Promise<Dated<A>> {
    return await this.#find(id)
  }

  /** Milliseconds that are left now. */
  async timeLeft(id: string): Promise<number> {
    const { attempt, clock } = await this.#find(id)
    return attempt.endedBy ? 0 : Math.max(0, attempt.limit - Math.max(clock.at(), attempt.elapsed))
  }

  /** Journals what the candidate did, then applies it. What comes too late ends the attempt instead. */
  async act(id: string, event: (at: number) => E): Promise<A> {
    return await this.#next(id, async (running) => {
      if (running.attempt.endedBy) return
      const isOver = running.clock.at() >= running.attempt.limit
      await this.#keep(running, isOver ? this.#options.timeUp : event)
    })
  }

  /** Journals what is not the candidate's doing, and may come after the end. */
  async note(id: string, event: (at: number) => E): Promise<A> {
    return await this.#next(id, (running) => this.#keep(running, event))
  }

  /** Stops the clocks' alarms; there is nothing to save. */
  async dispose(): Promise<void> {
    this.#disposed = true
    await Promise.allSettled(this.#queues.values())
    for (const one of await Promise.allSettled(this.#running.values()))
      if (one.status === 'fulfilled' && one.value.timer) clearTimeout(one.value.timer)
  }

  async #next(id: string, work: (running: Running<A>) => Promise<void>): Promise<A> {
    const last = this.#queues.get(id) ?? Promise.resolve()
    const turn = last
      .catch(() => undefined)
      .then(async () => {
        const running = await this.#find(id)
        await work(running)
        return running.attempt
      })
    this.#queues.set(id, turn)
    return await turn
  }

  async #keep(running: Running<A>, event: (at: number) => E): Promise<void> {
    // The moment first: what passes between the two then counts twice after a restart, instead of never.
    const moment = running.clock.moment()
    const made = event(Math.min(running.clock.at(), running.attempt.limit))
    // Applied before it is journaled: an event that cannot be applied would make the journal unreadable.
    const next = this.#options.apply(running.attempt, made)
    await this.#options.journals.append(running.attempt.id, { event: made, moment })
    running.attempt = next
    if (next.endedBy && running.timer) clearTimeout(running.timer)
    this.#options.onChange(next)
  }

  async #find(id: string): Promise<Running<A>> {
    const known = this.#running.get(id)
    if (known) return await known
    const found = this.#resume(id)
    this.#running.set(id, found)
    found.catch(() => this.#running.delete(id))
    return await found
  }

  async #resume(id: string): Promise<Running<A>> {
    const entries = await this.#options.journals.read(id)
    const [first, last] = [entries[0], entries.at(-1)]
    if (!first || !last)
      throw new EngineError('not-found', 'There is no such exam.', {
        mend: 'Choose one from the list, or begin a new one.',
      })
    const attempt = this.#folded(id, entries)
    const kept = { at: attempt.elapsed, moment: last.moment }
    return this.#run(attempt, AttemptClock.resumed(kept, { stops: false, now: this.#now }), first.moment)
  }

  #folded(id: string, entries: readonly Entry<E>[]): A {
    try {
      return this.#options.fold(entries.map(({ event }) => event))
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      throw new EngineError('store-corrupt', `${id}.jsonl cannot be opened: ${message}`, {
        mend: 'Move it out of the data folder, or bring back a copy of it from before.',
        cause: error,
      })
    }
  }

  #run(attempt: A, clock: AttemptClock, began: KeptMoment): Running<A> {
    const startedAt = new Date(began.wall).toISOString()
    const running: Running<A> = { attempt, clock, startedAt, timer: null }
    this.#alarm(running)
    return running
  }

  /** Ends the attempt when its time is up, whoever looks. */
  #alarm(running: Running<A>, soonest = 1): void {
    const { id, limit, endedBy } = running.attempt
    if (this.#disposed || endedBy) return
    const ring = () => this.act(id, this.#options.timeUp).catch(() => this.#alarm(running, RETRY_MS))
    running.timer = setTimeout(ring, Math.max(soonest, limit - running.clock.at())).unref()
  }
}
