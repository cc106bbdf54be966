/** Exams in progress and past ones: the only place that knows keys while an attempt runs. */
import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { CapstanError } from '../../../engine'
import { type Attempt, type AttemptEvent, apply, type Form, fold, type Item, score } from '../../../exam'
import { Observable } from '../../../shared/observable'
import type { AttemptSummary, AttemptView, BlueprintView, ResultView, StartExam } from '../../api'
import type { JournalFolder } from '../../store'
import { Attempts } from '../attempts/attempts'
import type { Moment } from '../attempts/clock'
import type { JournalEntry } from '../attempts/journal'
import type { LoadedBank } from '../bank/bank'
import { formFor, formOfItems } from './forms'
import { type ExamReader, examReader, type KeptAttempt } from './kept'
import { attemptView, blueprintView, resultView, summaryOf, type ViewContext } from './views'

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
  readonly onProblem: (message: string, help: string | null) => void
  /** The clocks of the machine, unless told. */
  readonly now?: () => Moment
}

type Command = DistributiveOmit<Exclude<AttemptEvent, { kind: 'began' }>, 'at'>
type DistributiveOmit<T, K extends keyof never> = T extends unknown ? Omit<T, K> : never

/** Exactly these items in this order, or so many that serve any of these objectives. */
export type DrillWish =
  | { readonly items: readonly string[] }
  | { readonly objectives: readonly string[]; readonly length: number }

export class ExamsService {
  /** Every attempt that was ever begun. */
  readonly attempts: ExamReader
  readonly #options: ExamsOptions
  readonly #items: ViewContext['items']
  readonly #running: Attempts<Attempt, AttemptEvent>
  /** Of the attempts that somebody watches. */
  readonly #views = new Map<string, Observable<AttemptView>>()

  constructor(options: ExamsOptions) {
    this.#options = options
    this.attempts = examReader(options.journals, options.onProblem)
    this.#items = { get: (id) => options.bank.bank.item(id) }
    this.#running = new Attempts<Attempt, AttemptEvent>({
      ...{ journals: options.journals, fold, apply },
      timeUp: (at) => ({ kind: 'ended', at, by: 'time' }),
      tick: (at) => ({ kind: 'ticked', at }),
      // The clock of a real exam goes on while the app is away, as it would in the room.
      stops: ({ mode }) => mode !== 'real',
      onChange: ({ id }) => void this.#tell(id),
      ...(options.now && { now: options.now }),
    })
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

  /** @throws CapstanError `bad-input` when the bank is too small for what is asked */
  async start({ mode, extraTime, ...wish }: z.output<typeof StartExam>): Promise<string> {
    const source = { ...this.#options.bank, seen: await this.#seen() }
    const form = formFor(mode === 'real' ? {} : wish, source)
    return await this.#begin(mode, form, mode === 'real' ? form.minutes * 60_000 * extraTime : null)
  }

  /** @throws CapstanError `bad-input` when the bank has nothing of what is wished for */
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
    await this.#running.begin(id, { kind: 'began', at: 0, attemptId: id, mode, form, limit })
    return id
  }

  /** As it is now, with the time that is left now. */
  async view(id: string): Promise<AttemptView> {
    const { attempt, at } = await this.#running.get(id)
    return attemptView(attempt, at, this.#context())
  }

  /** @returns stops the watch */
  async watch(id: string, listener: (view: AttemptView) => void): Promise<() => void> {
    const now = await this.view(id)
    const view = this.#views.get(id) ?? new Observable(now)
    this.#views.set(id, view)
    view.set(now)
    return view.watch(listener)
  }

  /** Does what the candidate did. What no longer fits changes nothing. @throws CapstanError, see `Attempts.act` */
  async act(id: string, command: Command): Promise<AttemptView> {
    const attempt = await this.#running.act(id, (at, { mode }) => {
      if (command.kind === 'revealed' && mode === 'real')
        throw new CapstanError('session-state', 'Explanations come after a real exam.', {
          help: 'Finish it first.',
        })
      return { ...command, at }
    })
    const { at } = await this.#running.get(id)
    return attemptView(attempt, at, this.#context())
  }

  /** Closes a classic item and shows its explanation: in practice only. @throws CapstanError `session-state` */
  async reveal(id: string, item: number): Promise<AttemptView> {
    return await this.act(id, { kind: 'revealed', item })
  }

  /** @throws CapstanError `session-state` while the attempt runs */
  async result(id: string): Promise<ResultView> {
    const { attempt, startedAt } = await this.#running.get(id)
    if (!attempt.endedBy)
      throw new CapstanError('session-state', 'This exam is not over yet.', { help: 'Finish it first.' })
    return resultView(attempt, startedAt, this.#context())
  }

  /** Stops the clocks; nothing is to be saved. */
  async dispose(): Promise<void> {
    await this.#running.dispose()
  }

  async #tell(id: string): Promise<void> {
    this.#views.get(id)?.set(await this.view(id))
  }

  async #summary({ attempt, startedAt }: KeptAttempt): Promise<AttemptSummary> {
    const { id, mode, limit, endedBy, elapsed } = attempt
    const context = this.#context()
    if (endedBy || mode !== 'real')
      return summaryOf(attempt, { startedAt: startedAt.toISOString(), at: elapsed }, context)
    const { at } = await this.#running.get(id)
    if (limit !== null && at >= limit) await this.act(id, { kind: 'ticked' })
    const now = await this.#running.get(id)
    return summaryOf(now.attempt, now, context)
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
