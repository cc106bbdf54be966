/** Exams in progress and past ones: the only place that knows keys while an attempt runs. */
import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { EngineError } from '../../engine'
import { type Attempt, type AttemptEvent, type Form, fold, type Item, score, timeLeft } from '../../exam'
import type { AttemptSummary, AttemptView, BlueprintView, ResultView, StartExam } from '../api'
import type { JournalFolder } from '../store'
import { AttemptClock, type Moment, momentNow } from './attempt-clock'
import { applied, folded, type JournalEntry } from './attempt-journal'
import { AttemptReader, type KeptAttempt } from './attempt-reader'
import { attemptView, blueprintView, resultView, summaryOf, type ViewContext } from './attempt-views'
import type { LoadedBank } from './bank'
import { formFor, formOfItems } from './forms'
import { Observable } from './observable'

export interface ExamsOptions {
  readonly bank: LoadedBank
  readonly journals: JournalFolder<JournalEntry>
  /** Labs with the objectives that they serve. */
  readonly labs: () => readonly {
    readonly id: string
    readonly title: string
    readonly objectives: readonly string[]
  }[]
  readonly passMark: () => number
  /** Told once of each attempt that cannot be read, which the list goes without. */
  readonly onProblem: (message: string, mend: string | null) => void
  /** The clocks of the machine, unless told. */
  readonly now?: () => Moment
}

/** So much of an attempt's time a killed app can lose at most in the modes whose clock stops; milliseconds. */
const TICK_MS = 5_000
/** How soon an end that could not be journaled is tried again; milliseconds. */
const RETRY_MS = 1_000

interface Running {
  readonly clock: AttemptClock
  readonly view: Observable<AttemptView>
  attempt: Attempt
  timer: NodeJS.Timeout | null
}

type Command = DistributiveOmit<Exclude<AttemptEvent, { kind: 'began' }>, 'at'>
type DistributiveOmit<T, K extends keyof never> = T extends unknown ? Omit<T, K> : never

/** Exactly these items in this order, or so many that serve any of these objectives. */
export type DrillWish =
  | { readonly items: readonly string[] }
  | { readonly objectives: readonly string[]; readonly length: number }

export class ExamsService {
  /** Every attempt that was ever begun. */
  readonly attempts: AttemptReader
  readonly #options: ExamsOptions
  readonly #items: ReadonlyMap<string, Item>
  readonly #running = new Map<string, Promise<Running>>()
  /** Events of one attempt are journaled one after the other, so that two windows cannot fork it. */
  readonly #queues = new Map<string, Promise<unknown>>()
  #disposed = false

  constructor(options: ExamsOptions) {
    this.#options = options
    this.attempts = new AttemptReader(options.journals, options.onProblem)
    const { items, templates } = options.bank.bank
    const all = [...items, ...templates.flatMap((template) => template.items)]
    this.#items = new Map(all.map((item) => [item.id, item]))
  }

  get bank(): LoadedBank {
    return this.#options.bank
  }

  /** The item as it stands in the bank today, if it still does. */
  item(id: string): Item | undefined {
    return this.#items.get(id)
  }

  blueprint(): BlueprintView {
    const { bank, passMark } = this.#options
    return blueprintView(bank.blueprint, bank.bank, passMark())
  }

  /** Newest first. A real exam whose time ran out while nobody looked is ended here. */
  async list(): Promise<AttemptSummary[]> {
    const kept = await this.attempts.all()
    return (await Promise.all(kept.map((one) => this.#summary(one)))).reverse()
  }

  /** @throws EngineError `bad-input` when the bank is too small for what is asked */
  async start({ mode, extraTime, ...wish }: z.output<typeof StartExam>): Promise<string> {
    const source = { ...this.#options.bank, seen: await this.#seen() }
    const form = formFor(mode === 'real' ? {} : wish, source)
    return await this.#begin(mode, form, mode === 'real' ? form.minutes * 60_000 * extraTime : null)
  }

  /** @throws EngineError `bad-input` when the bank has nothing of what is wished for */
  async startDrill(wish: DrillWish): Promise<string> {
    const source = { ...this.#options.bank, seen: await this.#seen() }
    const form =
      'items' in wish
        ? formOfItems(
            wish.items.flatMap((id) => this.#items.get(id) ?? []),
            source,
          )
        : formFor(wish, source)
    return await this.#begin('drill', form, null)
  }

  async #begin(mode: Attempt['mode'], form: Form, limit: number | null): Promise<string> {
    const id = randomBytes(6).toString('hex')
    const clock = AttemptClock.fresh(this.#options.now ?? momentNow)
    const event: AttemptEvent = { kind: 'began', at: 0, attemptId: id, mode, form, limit }
    await this.#options.journals.append(id, { event, moment: clock.moment() })
    this.#running.set(id, Promise.resolve(this.#run(fold([event]), clock)))
    return id
  }

  /** As it is now, with the time that is left now. */
  async view(id: string): Promise<AttemptView> {
    const running = await this.#find(id)
    this.#tell(running)
    return running.view.value
  }

  /** @returns stops the watch */
  async watch(id: string, listener: (view: AttemptView) => void): Promise<() => void> {
    const running = await this.#find(id)
    this.#tell(running)
    return running.view.watch(listener)
  }

  /**
   * Journals what the candidate did, then applies it, in the order of the calls. What no longer fits changes nothing.
   * @throws EngineError `bad-input` for what no form could take, `no-space` or `store-corrupt` when it could not be
   * journaled; the attempt is then as it was
   */
  async act(id: string, command: Command): Promise<AttemptView> {
    const last = this.#queues.get(id) ?? Promise.resolve()
    const work = last
      .catch(() => undefined)
      .then(async () => {
        const running = await this.#find(id)
        await this.#act(running, command)
        return running.view.value
      })
    this.#queues.set(id, work)
    return await work
  }

  /** Closes a classic item and shows its explanation: in practice only. @throws EngineError `session-state` */
  async reveal(id: string, item: number): Promise<AttemptView> {
    return await this.act(id, { kind: 'revealed', item })
  }

  /** @throws EngineError `session-state` while the attempt runs */
  async result(id: string): Promise<ResultView> {
    const { attempt } = await this.#find(id)
    if (!attempt.endedBy)
      throw new EngineError('session-state', 'This exam is not over yet.', { mend: 'Finish it first.' })
    const entries = await this.#options.journals.read(id)
    return resultView(attempt, new Date(entries[0]?.moment.wall ?? 0).toISOString(), this.#context())
  }

  /** Stops the clocks; nothing is to be saved. */
  async dispose(): Promise<void> {
    this.#disposed = true
    await Promise.allSettled(this.#queues.values())
    for (const running of await Promise.allSettled(this.#running.values()))
      if (running.status === 'fulfilled' && running.value.timer) clearTimeout(running.value.timer)
  }

  async #act(running: Running, command: Command): Promise<void> {
    const { attempt, clock } = running
    if (attempt.endedBy) return
    if (command.kind === 'revealed' && attempt.mode === 'real')
      throw new EngineError('session-state', 'Explanations come after a real exam.', {
        mend: 'Finish it first.',
      })
    // The moment first: what passes between the two then counts twice after a restart, instead of never.
    const moment = clock.moment()
    const at = clock.at()
    const { limit } = attempt
    const isOver = limit !== null && at >= limit
    const event = (isOver ? { kind: 'ended', at: limit, by: 'time' } : { ...command, at }) as AttemptEvent
    // Applied before it is journaled: an event that cannot be applied would make the journal unreadable.
    const next = applied(attempt, event)
    await this.#options.journals.append(attempt.id, { event, moment })
    running.attempt = next
    this.#tell(running)
    if (next.endedBy && running.timer) clearTimeout(running.timer)
  }

  async #find(id: string): Promise<Running> {
    const known = this.#running.get(id)
    if (known) return await known
    const found = this.#resume(id)
    this.#running.set(id, found)
    found.catch(() => this.#running.delete(id))
    return await found
  }

  async #resume(id: string): Promise<Running> {
    const entries = await this.#options.journals.read(id)
    const last = entries.at(-1)
    if (!last)
      throw new EngineError('not-found', 'There is no such exam.', {
        mend: 'Choose one from the list, or begin a new one.',
      })
    const attempt = folded(id, entries)
    // The clock of a real exam goes on while the app is away, as it would in the room.
    const stops = attempt.mode !== 'real'
    const clock = AttemptClock.resumed(
      { at: attempt.elapsed, moment: last.moment },
      { stops, now: this.#options.now ?? momentNow },
    )
    return this.#run(attempt, clock)
  }

  #run(attempt: Attempt, clock: AttemptClock): Running {
    const view = new Observable(attemptView(attempt, clock.at(), this.#context()))
    const running: Running = { clock, view, attempt, timer: null }
    if (!attempt.endedBy) this.#tick(running)
    return running
  }

  /** Keeps the time on disk, and ends the attempt when it is up. */
  #tick(running: Running, soonest = 1): void {
    if (this.#disposed || running.attempt.endedBy) return
    const left = timeLeft({ limit: running.attempt.limit, elapsed: running.clock.at() })
    running.timer = setTimeout(
      () => {
        this.act(running.attempt.id, { kind: 'ticked' }).then(
          () => this.#tick(running),
          () => this.#tick(running, RETRY_MS),
        )
      },
      Math.max(soonest, Math.min(TICK_MS, left ?? TICK_MS)),
    ).unref()
  }

  #tell(running: Running): void {
    running.view.set(attemptView(running.attempt, running.clock.at(), this.#context()))
  }

  async #summary({ attempt, startedAt }: KeptAttempt): Promise<AttemptSummary> {
    const begun = startedAt.toISOString()
    if (attempt.endedBy || attempt.mode !== 'real')
      return summaryOf(attempt, { startedAt: begun, at: attempt.elapsed }, this.#context())
    const running = await this.#find(attempt.id)
    if (timeLeft({ limit: attempt.limit, elapsed: running.clock.at() }) === 0)
      await this.act(attempt.id, { kind: 'ticked' })
    return summaryOf(running.attempt, { startedAt: begun, at: running.clock.at() }, this.#context())
  }

  /** How often each item was in a form of this person. */
  async #seen(): Promise<Map<string, number>> {
    const seen = new Map<string, number>()
    for (const { attempt } of await this.attempts.all())
      for (const { id } of attempt.form.items) seen.set(id, (seen.get(id) ?? 0) + 1)
    return seen
  }

  #context(): ViewContext {
    const { bank, labs, passMark } = this.#options
    return { items: this.#items, blueprint: bank.blueprint, labs: labs(), passMark: passMark(), score }
  }
}
