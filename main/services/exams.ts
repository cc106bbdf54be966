/** Exams in progress and past ones: the only place that knows keys while an attempt runs. */
import { randomBytes, randomInt } from 'node:crypto'
import { z } from 'zod'
import { EngineError } from '../../engine'
import {
  AssemblyError,
  type Attempt,
  AttemptEvent,
  apply,
  assembleForm,
  type Form,
  fold,
  type Item,
  score,
  timeLeft,
} from '../../exam'
import type { AttemptSummary, AttemptView, BlueprintView, ResultView, StartExam } from '../api'
import type { JournalFolder } from '../store'
import { AttemptClock } from './attempt-clock'
import { attemptView, blueprintView, resultView, summaryOf, type ViewContext } from './attempt-views'
import type { LoadedBank } from './bank'
import { Observable } from './observable'

/** A line of a journal: the event, and when it was written by the clocks of the machine. */
export const JournalEntry = z.object({
  event: AttemptEvent,
  moment: z.object({ uptime: z.number(), boot: z.string(), wall: z.number() }),
})
export type JournalEntry = z.infer<typeof JournalEntry>

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

export class ExamsService {
  readonly #options: ExamsOptions
  readonly #items: ReadonlyMap<string, Item>
  readonly #running = new Map<string, Promise<Running>>()
  /** Events of one attempt are journaled one after the other, so that two windows cannot fork it. */
  readonly #queues = new Map<string, Promise<unknown>>()

  constructor(options: ExamsOptions) {
    this.#options = options
    const { items, templates } = options.bank.bank
    const all = [...items, ...templates.flatMap((template) => template.items)]
    this.#items = new Map(all.map((item) => [item.id, item]))
  }

  blueprint(): BlueprintView {
    const { bank, passMark } = this.#options
    return blueprintView(bank.blueprint, bank.bank, passMark())
  }

  /** Newest first. A real exam whose time ran out while nobody looked is ended here. */
  async list(): Promise<AttemptSummary[]> {
    const ids = await this.#options.journals.list()
    const summaries = await Promise.all(ids.map((id) => this.#summary(id)))
    return summaries.filter((one) => one !== null).sort((a, b) => b.startedAt.localeCompare(a.startedAt))
  }

  /** @throws EngineError `bad-input` when the bank is too small for what is asked */
  async start({ mode, extraTime, ...wish }: z.output<typeof StartExam>): Promise<string> {
    const id = randomBytes(6).toString('hex')
    const form = await this.#assemble(mode === 'real' ? {} : wish)
    const limit = mode === 'real' ? form.minutes * 60_000 * extraTime : null
    const clock = AttemptClock.fresh()
    const event: AttemptEvent = { kind: 'began', at: 0, attemptId: id, mode, form, limit }
    await this.#options.journals.append(id, { event, moment: clock.moment() })
    this.#running.set(id, Promise.resolve(this.#run(fold([event]), clock)))
    return id
  }

  async #assemble({
    length,
    domains,
    objectives,
  }: Omit<z.output<typeof StartExam>, 'mode' | 'extraTime'>): Promise<Form> {
    const { bank, blueprint } = this.#options.bank
    const chosen = {
      ...(length !== undefined && { length }),
      ...(domains && { domains }),
      ...(objectives && { objectives }),
    }
    try {
      const seed = randomInt(2 ** 31)
      return assembleForm(bank, { blueprint, seed, seen: await this.#seen(), ...chosen })
    } catch (error) {
      if (!(error instanceof AssemblyError)) throw error
      throw new EngineError('bad-input', error.message, {
        mend: 'Ask for fewer items, or for more domains.',
        cause: error,
      })
    }
  }

  async view(id: string): Promise<AttemptView> {
    const running = await this.#find(id)
    this.#tell(running)
    return running.view.value
  }

  /** @returns stops the watch */
  async watch(id: string, listener: (view: AttemptView) => void): Promise<() => void> {
    const running = await this.#find(id)
    // The view that was told last is as old as the last event: its time left is no longer true.
    this.#tell(running)
    return running.view.watch(listener)
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

  async #summary(id: string): Promise<AttemptSummary | null> {
    const one = await this.#folded(id)
    if (!one) return null
    const { attempt, startedAt } = one
    if (attempt.endedBy || attempt.mode !== 'real')
      return summaryOf(attempt, { startedAt, at: attempt.elapsed }, this.#context())
    const running = await this.#find(id)
    if (timeLeft({ limit: attempt.limit, elapsed: running.clock.at() }) === 0)
      await this.act(id, { kind: 'ticked' })
    return summaryOf(running.attempt, { startedAt, at: running.clock.at() }, this.#context())
  }

  async #folded(id: string): Promise<{ attempt: Attempt; startedAt: string } | null> {
    const entries = await this.#options.journals.read(id)
    const [first] = entries
    if (!first) return null
    return {
      attempt: fold(entries.map(({ event }) => event)),
      startedAt: new Date(first.moment.wall).toISOString(),
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
