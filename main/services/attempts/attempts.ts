/**
 * Attempts that are journals: read and folded when first asked for, written to before anything changes, one event after
 * the other, and ended when their time is up.
 */
import { CapstanError } from '../../../engine'
import type { JournalFolder } from '../../store'
import { AttemptClock, type KeptMoment, type Moment, momentNow } from './clock'
import { type Entry, folded } from './journal'

/** What every kind of attempt knows of itself. */
export interface AnyAttempt {
  readonly id: string
  /** Milliseconds; null without one. */
  readonly limit: number | null
  readonly elapsed: number
  /** Null while it runs. */
  readonly endedBy: string | null
}

export interface AttemptsOptions<A extends AnyAttempt, E> {
  readonly journals: JournalFolder<Entry<E>>
  readonly fold: (events: readonly E[]) => A
  readonly apply: (attempt: A, event: E) => A
  /** The event that ends an attempt when its time is up. */
  readonly timeUp: (at: number) => E
  /** An event that only keeps the time, for kinds that are to lose little of it when the app is killed. */
  readonly tick?: (at: number) => E
  /** Whether the clock stood still while the app was away; it never does unless told. */
  readonly stops?: (attempt: A) => boolean
  readonly onChange: (attempt: A) => void
  readonly now?: () => Moment
}

/** An attempt as it is now. */
export interface Dated<A> {
  readonly attempt: A
  /** ISO 8601. */
  readonly startedAt: string
  /** Milliseconds since it began. */
  readonly at: number
}

interface Running<A> {
  readonly clock: AttemptClock
  readonly startedAt: string
  attempt: A
  timer: NodeJS.Timeout | null
}

/** So much of an attempt's time a killed app can lose at most where the clock stops; milliseconds. */
const TICK_MS = 5_000
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

  /** All of them that can be read, the newest first. */
  async list(): Promise<Dated<A>[]> {
    const ids = await this.#options.journals.list()
    const all = await Promise.all(ids.map((id) => this.get(id).catch(() => null)))
    return all.flatMap((one) => one ?? []).sort((a, b) => b.startedAt.localeCompare(a.startedAt))
  }

  async begin(id: string, event: E): Promise<void> {
    const clock = AttemptClock.fresh(this.#now)
    const moment = clock.moment()
    await this.#options.journals.append(id, { event, moment })
    this.#running.set(id, Promise.resolve(this.#run(this.#options.fold([event]), clock, moment)))
  }

  /** @throws CapstanError `not-found`, `store-corrupt` */
  async get(id: string): Promise<Dated<A>> {
    const { attempt, clock, startedAt } = await this.#find(id)
    return { attempt, startedAt, at: Math.max(clock.at(), attempt.elapsed) }
  }

  /**
   * Journals what the candidate did, then applies it, in the order of the calls. What comes too late ends the attempt
   * instead; after the end nothing changes any more.
   * @param event makes the event, and may refuse to
   * @throws CapstanError `bad-input` for what no form could take, `no-space` or `store-corrupt` when it could not be
   * journaled; the attempt is then as it was
   */
  async act(id: string, event: (at: number, attempt: A) => E): Promise<A> {
    return await this.#next(id, async (running) => {
      const { endedBy, limit } = running.attempt
      if (endedBy) return
      const isOver = limit !== null && running.clock.at() >= limit
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

  async #keep(running: Running<A>, event: (at: number, attempt: A) => E): Promise<void> {
    const { attempt, clock } = running
    // The moment first: what passes between the two then counts twice after a restart, instead of never.
    const moment = clock.moment()
    const made = event(Math.min(clock.at(), attempt.limit ?? Number.POSITIVE_INFINITY), attempt)
    // Applied before it is journaled: an event that cannot be applied would make the journal unreadable.
    const next = this.#options.apply(attempt, made)
    await this.#options.journals.append(attempt.id, { event: made, moment })
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
    const { journals, fold, stops } = this.#options
    const entries = await journals.read(id)
    const [first, last] = [entries[0], entries.at(-1)]
    if (!first || !last)
      throw new CapstanError('not-found', 'There is no such exam.', {
        help: 'Choose one from the list, or begin a new one.',
      })
    const attempt = folded(journals.nameOf(id), entries, fold)
    const kept = { at: attempt.elapsed, moment: last.moment }
    const clock = AttemptClock.resumed(kept, { stops: stops?.(attempt) ?? false, now: this.#now })
    return this.#run(attempt, clock, first.moment)
  }

  #run(attempt: A, clock: AttemptClock, began: KeptMoment): Running<A> {
    const startedAt = new Date(began.wall).toISOString()
    const running: Running<A> = { attempt, clock, startedAt, timer: null }
    this.#alarm(running)
    return running
  }

  /** Keeps the time where that is wanted, and ends the attempt when it is up, whoever looks. */
  #alarm(running: Running<A>, soonest = 1): void {
    const { id, limit, endedBy } = running.attempt
    const { tick, timeUp } = this.#options
    if (this.#disposed || endedBy || (limit === null && !tick)) return
    const left = (limit ?? Number.POSITIVE_INFINITY) - running.clock.at()
    const ring = () =>
      this.act(id, tick ?? timeUp).then(
        () => this.#alarm(running),
        () => this.#alarm(running, RETRY_MS),
      )
    running.timer = setTimeout(ring, Math.max(soonest, Math.min(left, tick ? TICK_MS : left))).unref()
  }
}
