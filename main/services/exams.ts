/** Exams in progress and past ones: the only place that knows keys while an attempt runs. */
import { randomBytes, randomInt } from 'node:crypto'
import type { z } from 'zod'
import { EngineError } from '../../engine'
import {
  AssemblyError,
  type Attempt,
  type AttemptEvent,
  apply,
  assembleForm,
  drillForm,
  type Form,
  fold,
  formOf,
  type Item,
  score,
  timeLeft,
} from '../../exam'
import type { AttemptSummary, AttemptView, ResultView, StartExam } from '../api'
import type { JournalFolder } from '../store'
import { AttemptClock } from './attempt-clock'
import { AttemptReader, type JournalEntry } from './attempt-reader'
import { attemptView, resultView, summaryOf, type ViewContext } from './attempt-views'
import type { LoadedBank } from './bank'
import { Observable } from './observable'

export { JournalEntry } from './attempt-reader'

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
}

/** So much of an attempt's time a killed app can lose at most in the modes whose clock stops; milliseconds. */
const TICK_MS = 5_000

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

  constructor(options: ExamsOptions) {
    this.#options = options
    this.attempts = new AttemptReader(options.journals)
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

  /** The newest first. */
  async list(): Promise<AttemptSummary[]> {
    const context = this.#context()
    const kept = await this.attempts.all()
    return kept
      .map(({ attempt, startedAt }) => summaryOf(attempt, startedAt.toISOString(), context))
      .reverse()
  }

  /** @throws EngineError `bad-input` when the bank is too small for what is asked */
  async start({ mode, length, domains, extraTime }: z.output<typeof StartExam>): Promise<string> {
    const { bank, blueprint } = this.#options.bank
    const seed = randomInt(2 ** 31)
    const seen = await this.#seen()
    const form = assembleForm(bank, {
      ...{ blueprint, seed, seen },
      ...(mode !== 'real' && length !== undefined && { length }),
      ...(mode !== 'real' && domains && { domains }),
    })
    return await this.#begin(mode, form, mode === 'real' ? form.minutes * 60_000 * extraTime : null)
  }

  /** @throws EngineError `bad-input` when the bank has nothing of what is wished for */
  async startDrill(wish: DrillWish): Promise<string> {
    const { bank, blueprint } = this.#options.bank
    const seed = randomInt(2 ** 31)
    if ('items' in wish) {
      const items = wish.items.flatMap((id) => this.#items.get(id) ?? [])
      if (items.length === 0)
        throw new EngineError('bad-input', 'There is nothing to look at again now.', {
          mend: 'Practise something new, and come back later.',
        })
      return await this.#begin('drill', formOf(items, { blueprint, seed }), null)
    }
    const seen = await this.#seen()
    return await this.#begin('drill', serving(bank, { ...wish, blueprint, seed, seen }), null)
  }

  async #begin(mode: Attempt['mode'], form: Form, limit: number | null): Promise<string> {
    const id = randomBytes(6).toString('hex')
    const clock = AttemptClock.fresh()
    const event: AttemptEvent = { kind: 'began', at: 0, attemptId: id, mode, form, limit }
    await this.#options.journals.append(id, { event, moment: clock.moment() })
    this.#running.set(id, Promise.resolve(this.#run(fold([event]), clock)))
    return id
  }

  async view(id: string): Promise<AttemptView> {
    return (await this.#find(id)).view.value
  }

  /** @returns stops the watch */
  async watch(id: string, listener: (view: AttemptView) => void): Promise<() => void> {
    return (await this.#find(id)).view.watch(listener)
  }

  /** Journals what the candidate did, then applies it. What no longer fits changes nothing. */
  async act(id: string, command: Command): Promise<AttemptView> {
    const running = await this.#find(id)
    const last = this.#queues.get(id) ?? Promise.resolve()
    const work = last.catch(() => undefined).then(() => this.#act(running, command))
    this.#queues.set(id, work)
    await work
    return running.view.value
  }

  /** Closes a classic item and shows its explanation: in practice only. @throws EngineError `session-state` */
  async reveal(id: string, item: number): Promise<AttemptView> {
    if ((await this.#find(id)).attempt.mode === 'real')
      throw new EngineError('session-state', 'Explanations come after a real exam.', {
        mend: 'Finish it first.',
      })
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

  /** Stops the clocks of practices; nothing else is to be saved. */
  async dispose(): Promise<void> {
    for (const running of await Promise.all(this.#running.values()))
      if (running.timer) clearTimeout(running.timer)
    await Promise.allSettled(this.#queues.values())
  }

  async #act(running: Running, command: Command): Promise<void> {
    if (running.attempt.endedBy) return
    const at = running.clock.at()
    const { limit } = running.attempt
    const isOver = limit !== null && at >= limit
    const event = (isOver ? { kind: 'ended', at: limit, by: 'time' } : { ...command, at }) as AttemptEvent
    await this.#options.journals.append(running.attempt.id, { event, moment: running.clock.moment() })
    running.attempt = apply(running.attempt, event)
    this.#tell(running)
    if (running.attempt.endedBy && running.timer) clearTimeout(running.timer)
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
    const attempt = fold(entries.map(({ event }) => event))
    // The clock of a real exam goes on while the app is away, as it would in the room.
    const stops = attempt.mode !== 'real'
    const clock = AttemptClock.resumed({ at: attempt.elapsed, moment: last.moment }, { stops })
    return this.#run(attempt, clock)
  }

  #run(attempt: Attempt, clock: AttemptClock): Running {
    const view = new Observable(attemptView(attempt, clock.at(), this.#context()))
    const running: Running = { clock, view, attempt, timer: null }
    if (!attempt.endedBy) this.#tick(running)
    return running
  }

  /** Keeps the time on disk, and ends the attempt when it is up. */
  #tick(running: Running): void {
    const left = timeLeft({ limit: running.attempt.limit, elapsed: running.clock.at() })
    running.timer = setTimeout(
      () => {
        void this.act(running.attempt.id, { kind: 'ticked' }).catch(() => undefined)
        if (!running.attempt.endedBy) this.#tick(running)
      },
      Math.max(1, Math.min(TICK_MS, left ?? TICK_MS)),
    ).unref()
  }

  #tell(running: Running): void {
    running.view.set(attemptView(running.attempt, running.clock.at(), this.#context()))
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

/** An objective that no item serves is the caller's input, not our failure. */
function serving(...[bank, options]: Parameters<typeof drillForm>): Form {
  try {
    return drillForm(bank, options)
  } catch (error) {
    if (!(error instanceof AssemblyError)) throw error
    throw new EngineError('bad-input', error.message, { mend: 'Choose another objective.', cause: error })
  }
}
