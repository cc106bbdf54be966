/** Exams in progress and past ones: the only place that knows keys while an attempt runs. */
import { randomBytes, randomInt } from 'node:crypto'
import type { z } from 'zod'
import { EngineError } from '../../engine'
import { type Attempt, type AttemptEvent, assembleForm, fold, type Item, score, timeLeft } from '../../exam'
import type { AttemptSummary, AttemptView, ResultView, StartExam } from '../api'
import type { JournalFolder } from '../store'
import { AttemptClock, type Moment, momentNow } from './attempt-clock'
import { applied, folded, JournalEntry } from './attempt-journal'
import { attemptView, resultView, summaryOf, type ViewContext } from './attempt-views'
import type { LoadedBank } from './bank'
import { Observable } from './observable'

export { JournalEntry }

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

export class ExamsService {
  readonly #options: ExamsOptions
  readonly #items: ReadonlyMap<string, Item>
  readonly #running = new Map<string, Promise<Running>>()
  /** Events of one attempt are journaled one after the other, so that two windows cannot fork it. */
  readonly #queues = new Map<string, Promise<unknown>>()
  readonly #told = new Set<string>()
  #disposed = false

  constructor(options: ExamsOptions) {
    this.#options = options
    const { items, templates } = options.bank.bank
    const all = [...items, ...templates.flatMap((template) => template.items)]
    this.#items = new Map(all.map((item) => [item.id, item]))
  }

  async list(): Promise<AttemptSummary[]> {
    const ids = await this.#options.journals.list()
    const attempts = await Promise.all(ids.map((id) => this.#folded(id)))
    const context = this.#context()
    return attempts
      .flatMap((one) => (one ? summaryOf(one.attempt, one.startedAt, context) : []))
      .sort((a, b) => b.startedAt.localeCompare(a.startedAt))
  }

  /** @throws EngineError `bad-input` when the bank is too small for what is asked */
  async start({ mode, length, domains, extraTime }: z.output<typeof StartExam>): Promise<string> {
    const { bank, blueprint } = this.#options.bank
    const id = randomBytes(6).toString('hex')
    const seed = randomInt(2 ** 31)
    const seen = await this.#seen()
    const form = assembleForm(bank, {
      ...{ blueprint, seed, seen },
      ...(mode !== 'real' && length !== undefined && { length }),
      ...(mode !== 'real' && domains && { domains }),
    })
    const limit = mode === 'real' ? form.minutes * 60_000 * extraTime : null
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

  /** Null for one that is empty, or that cannot be read, which is told. */
  async #folded(id: string): Promise<{ attempt: Attempt; startedAt: string } | null> {
    try {
      const entries = await this.#options.journals.read(id)
      const [first] = entries
      if (!first) return null
      return { attempt: folded(id, entries), startedAt: new Date(first.moment.wall).toISOString() }
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      if (!this.#told.has(id)) this.#options.onProblem(error.message, error.mend)
      this.#told.add(id)
      return null
    }
  }

  /** How often each item was in a form of this person. */
  async #seen(): Promise<Map<string, number>> {
    const seen = new Map<string, number>()
    for (const id of await this.#options.journals.list()) {
      const one = await this.#folded(id)
      for (const item of one?.attempt.form.items ?? []) seen.set(item.id, (seen.get(item.id) ?? 0) + 1)
    }
    return seen
  }

  #context(): ViewContext {
    const { bank, labs, passMark } = this.#options
    return { items: this.#items, blueprint: bank.blueprint, labs: labs(), passMark: passMark(), score }
  }
}
