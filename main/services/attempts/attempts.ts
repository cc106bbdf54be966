/**
 * The one owner of the journals of one kind of attempt. Each event is journaled before it shows anywhere, one event
 * after the other, and an attempt ends when its time is up.
 */
import { CapstanError } from '../../../shared/errors'
import { KeyedTurns } from '../../../shared/turns'
import { AttemptClock, type Moment, momentNow } from './clock'
import { type StoredAttempt, StoredAttempts, type StoredOptions, type TimedEvent } from './stored'

export type { Entry } from './journal'
export type { StoredAttempt } from './stored'

/** The properties that every kind of attempt has. */
export interface AnyAttempt {
  readonly id: string
  /** Milliseconds; null without a limit. */
  readonly limit: number | null
  /** The attempt's time of its last event, in milliseconds. */
  readonly elapsed: number
  /** Null while it runs. */
  readonly endedBy: string | null
}

export interface AttemptsOptions<A extends AnyAttempt, E extends TimedEvent, S extends StoredAttempt<A>>
  extends StoredOptions<A, E, S> {
  readonly apply: (attempt: A, event: E) => A
  /** Makes the event that ends an attempt when its time is up. */
  readonly timeUp: (at: number) => E
  /** Makes an event that only keeps the time, so that a killed app loses little of it. */
  readonly tick?: (at: number) => E
  /** Whether the clock of the attempt stands still while the app is away. Without it, no clock does. */
  readonly stops?: (attempt: A) => boolean
  readonly onChange?: (now: AttemptNow<A>) => void
  readonly now?: (() => Moment) | undefined
  readonly alarm?: Alarm | undefined
}

/** Calls back after so many milliseconds. @returns a function that cancels it */
export type Alarm = (ring: () => void, ms: number) => () => void

/** An attempt as it is now. */
export interface AttemptNow<A> {
  readonly attempt: A
  readonly startedAt: Date
  /** Milliseconds since it began. */
  readonly at: number
}

interface Running<A> {
  readonly clock: AttemptClock
  readonly startedAt: Date
  attempt: A
  cancelAlarm: (() => void) | null
}

/** A killed app loses at most this much of a practice attempt's time; milliseconds. */
const TICK_MS = 5_000
/** The pause after an end that could not be journaled; milliseconds. */
const RETRY_MS = 1_000

export class Attempts<A extends AnyAttempt, E extends TimedEvent, S extends StoredAttempt<A>> {
  readonly #options: AttemptsOptions<A, E, S>
  readonly #stored: StoredAttempts<A, E, S>
  readonly #now: () => Moment
  readonly #running = new Map<string, Promise<Running<A>>>()
  /** Events of one attempt are journaled one after the other, so that two windows cannot fork it. */
  readonly #turns = new KeyedTurns<string>()
  #firstLook: Promise<unknown> | null = null
  #isDisposed = false

  constructor(options: AttemptsOptions<A, E, S>) {
    this.#options = options
    this.#stored = new StoredAttempts(options)
    this.#now = options.now ?? momentNow
  }

  /** Every attempt that can be read, as its journal has it, the oldest first. */
  async all(): Promise<S[]> {
    return await this.#stored.all()
  }

  /** Every attempt that can be read, as it is now, the newest first. An attempt whose time is up is ended here. */
  async list(): Promise<AttemptNow<A>[]> {
    const all = await this.#stored.all()
    return (await Promise.all(all.map((stored) => this.#brought(stored)))).reverse()
  }

  /**
   * The attempts that are not over. Those whose clock stands still are among them once this process has worked on them.
   * Only the first call reads all journals.
   */
  async underWay(): Promise<A[]> {
    this.#firstLook ??= this.list()
    await this.#firstLook.catch((error: unknown) => {
      this.#firstLook = null
      throw error
    })
    // One that cannot be resumed was reported, and is in no list either.
    const all = await Promise.allSettled(this.#running.values())
    const attempts = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value.attempt] : []))
    return attempts.filter(({ endedBy }) => !endedBy)
  }

  async begin(id: string, event: E): Promise<void> {
    const clock = AttemptClock.fresh(this.#now)
    const moment = clock.moment()
    await this.#options.journals.append(id, { event, moment })
    const attempt = this.#options.fold([event])
    this.#running.set(id, Promise.resolve(this.#run(attempt, clock, new Date(moment.wall))))
  }

  /** @throws CapstanError `not-found`, `store-corrupt` */
  async get(id: string): Promise<AttemptNow<A>> {
    return asItIs(await this.#find(id))
  }

  /**
   * Journals an event of the candidate, then applies it, in the order of the calls. An event that comes too late ends the
   * attempt instead; after the end nothing changes any more.
   * @param event makes the event, and may refuse to; it has the attempt's turn until then
   * @throws CapstanError `bad-input` for an event that no form could take, `no-space` or `store-corrupt` when it could not be
   * journaled; the attempt is then as it was
   */
  async record(id: string, event: (at: number, attempt: A) => E | Promise<E>): Promise<AttemptNow<A>> {
    return await this.#inTurn(id, async (running) => {
      if (running.attempt.endedBy) return asItIs(running)
      return await this.#append(running, isTimeUp(running) ? this.#options.timeUp : event)
    })
  }

  /** Journals an event that the candidate did not cause, which may come after the end. */
  async recordLate(id: string, event: (at: number) => E): Promise<AttemptNow<A>> {
    return await this.#inTurn(id, (running) => this.#append(running, event))
  }

  /**
   * Removes an attempt that is over, with its journal.
   * @throws CapstanError `session-state` for one that is not, `not-found`, `store-corrupt`
   */
  async remove(id: string): Promise<void> {
    const { isOver, journals } = this.#options
    await this.#turns.run(id, async () => {
      const { attempt } = await this.#find(id)
      if (!isOver(attempt))
        throw new CapstanError('session-state', 'An attempt that is not over cannot be deleted.', {
          help: 'End it first.',
        })
      await journals.remove(id)
      this.#running.delete(id)
      this.#stored.forget(id)
    })
  }

  /** Stops the alarms. There is nothing to save. */
  async dispose(): Promise<void> {
    this.#isDisposed = true
    await this.#turns.settled()
    for (const one of await Promise.allSettled(this.#running.values()))
      if (one.status === 'fulfilled') one.value.cancelAlarm?.()
  }

  async #inTurn(
    id: string,
    work: (running: Running<A>) => AttemptNow<A> | Promise<AttemptNow<A>>,
  ): Promise<AttemptNow<A>> {
    return await this.#turns.run(id, async () => await work(await this.#find(id)))
  }

  async #append(
    running: Running<A>,
    event: (at: number, attempt: A) => E | Promise<E>,
  ): Promise<AttemptNow<A>> {
    const { attempt, clock } = running
    // The moment is taken first: time that passes between the two then counts twice after a restart, instead of never.
    const moment = clock.moment()
    const made = await event(Math.min(clock.at(), attempt.limit ?? Number.POSITIVE_INFINITY), attempt)
    // Applied before it is journaled: an event that cannot be applied would make the journal unreadable.
    const next = this.#options.apply(attempt, made)
    await this.#options.journals.append(attempt.id, { event: made, moment })
    running.attempt = next
    if (next.endedBy) running.cancelAlarm?.()
    const now = asItIs(running)
    this.#options.onChange?.(now)
    return now
  }

  /** Brings a stored attempt up to now. The clock of one that stands still is not started by looking at it. */
  async #brought({ attempt, startedAt }: S): Promise<AttemptNow<A>> {
    const { id, endedBy, elapsed } = attempt
    const isStill = !this.#running.has(id) && this.#standsStill(attempt)
    if (endedBy || isStill) return { attempt, startedAt, at: elapsed }
    const running = await this.#find(id)
    if (!isTimeUp(running)) return asItIs(running)
    // An end that cannot be journaled now is tried again by the alarm.
    return await this.record(id, this.#options.timeUp).catch(() => asItIs(running))
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
    const stored = await this.#stored.read(id)
    if (!stored)
      throw new CapstanError('not-found', 'There is no such exam.', {
        help: 'Choose one from the list, or begin a new one.',
      })
    const { attempt, startedAt, lastMoment, marks } = stored
    const last = { at: attempt.elapsed, moment: lastMoment }
    const clock = AttemptClock.resumed(last, { stops: this.#standsStill(attempt), marks, now: this.#now })
    return this.#run(attempt, clock, startedAt)
  }

  #standsStill(attempt: A): boolean {
    return this.#options.stops?.(attempt) ?? false
  }

  #run(attempt: A, clock: AttemptClock, startedAt: Date): Running<A> {
    const running: Running<A> = { attempt, clock, startedAt, cancelAlarm: null }
    this.#setAlarm(running)
    return running
  }

  /** Keeps the time where that is wanted, and ends the attempt when it is up, whether or not somebody looks. */
  #setAlarm(running: Running<A>, soonestMs = 1): void {
    const { id, limit, endedBy } = running.attempt
    const { tick, timeUp, alarm = systemAlarm } = this.#options
    if (this.#isDisposed || endedBy || (limit === null && !tick)) return
    const left = (limit ?? Number.POSITIVE_INFINITY) - running.clock.at()
    const ring = () =>
      void this.record(id, tick ?? timeUp).then(
        () => this.#setAlarm(running),
        () => this.#setAlarm(running, RETRY_MS),
      )
    running.cancelAlarm = alarm(ring, Math.max(soonestMs, Math.min(left, tick ? TICK_MS : left)))
  }
}

/** It keeps no process alive. */
export function systemAlarm(ring: () => void, ms: number): () => void {
  const timer = setTimeout(ring, ms).unref()
  return () => clearTimeout(timer)
}

function asItIs<A extends AnyAttempt>({ attempt, clock, startedAt }: Running<A>): AttemptNow<A> {
  return { attempt, startedAt, at: Math.max(clock.at(), attempt.elapsed) }
}

function isTimeUp<A extends AnyAttempt>({ attempt, clock }: Running<A>): boolean {
  return attempt.limit !== null && clock.at() >= attempt.limit
}
