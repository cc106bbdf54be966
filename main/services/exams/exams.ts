/** The service of exams, practices and drills: begins them, takes their answers and shows their results. */
import type { z } from 'zod'
import {
  type Attempt,
  type AttemptEvent,
  apply,
  type Form,
  fold,
  type Item,
  type Result,
  representatives,
} from '../../../exam'
import { CapstanError } from '../../../shared/errors'
import { Emitter } from '../../../shared/observable'
import {
  type AttemptSummary,
  type AttemptView,
  type BlueprintView,
  ResultView,
  type RunningExam,
  type StartExam,
} from '../../api'
import {
  Archive,
  type AttemptNow,
  Attempts,
  type Chance,
  type ExamName,
  ExamRoom,
  examRuns,
  type Journals,
  type Moment,
  type OnProblem,
  systemChance,
  Watches,
} from '../attempts'
import type { LoadedBank } from '../bank'
import { examBefore, isEmpty, itemsAgain } from './again'
import { hiddenItems, isSitting } from './closed-book'
import type { ExamCommand } from './command'
import { type FormSource, formFor, formOfItems, mockForm } from './forms'
import { isKept } from './kept'
import { Scores } from './scores'
import { keepExam, type StoredExam } from './stored'
import { attemptView, blueprintView, resultItems, resultView, summaryOf, type ViewContext } from './views'

export interface ExamsOptions {
  readonly bank: LoadedBank
  readonly journals: Journals<AttemptEvent>
  /** Labs with the objectives that they serve. */
  readonly labs: () => ViewContext['labs']
  readonly passMark: () => number
  readonly onProblem: OnProblem
  /** Shared with the hands-on exams. Without it, only the real exams of this service take turns. */
  readonly room?: ExamRoom
  readonly now?: () => Moment
  readonly chance?: Chance
}

/** Exactly these items in this order, or so many items that serve any of these objectives. */
export type DrillWish =
  | { readonly items: readonly string[] }
  | { readonly objectives: readonly string[]; readonly length: number }

const REAL_EXAM: ExamName = 'A real exam'

export class ExamsService {
  readonly #options: ExamsOptions
  readonly #chance: Chance
  readonly #room: ExamRoom
  readonly #items: ViewContext['items']
  readonly #scores: Scores
  readonly #attempts: Attempts<Attempt, AttemptEvent, StoredExam>
  /** The attempts that are over, on their way to another machine and from one. */
  readonly archive: Archive<Attempt, AttemptEvent>
  readonly #watches = new Watches<AttemptView>()
  readonly #runningChanged = new Emitter()
  /** The view of a change goes to the watchers and to the one who caused it; it is made once. */
  readonly #views = new WeakMap<AttemptNow<Attempt>, AttemptView>()

  constructor(options: ExamsOptions) {
    this.#options = options
    this.#chance = options.chance ?? systemChance
    this.#room = options.room ?? new ExamRoom(() => this.sitting())
    this.#items = { get: (id) => options.bank.bank.item(id) }
    this.#scores = new Scores(options.bank.blueprint)
    this.#attempts = new Attempts({
      journals: options.journals,
      fold,
      apply,
      keep: keepExam,
      isOver,
      onProblem: options.onProblem,
      timeUp: (at) => ({ kind: 'ended', at, by: 'time' }),
      tick: (at) => ({ kind: 'ticked', at }),
      // The clock of a real exam goes on while the app is away, as it would in the exam room.
      stops: ({ mode }) => mode !== 'real',
      onChange: (now) => {
        this.#watches.emit(now.attempt.id, () => this.#viewOf(now))
        if (now.attempt.endedBy) this.#runningChanged.emit()
      },
      now: options.now,
    })
    this.archive = new Archive({
      attempts: this.#attempts,
      journals: options.journals,
      fold,
      isOver,
      leavesBehind: isEmpty,
      // The event that follows has the time that passed.
      isNeeded: ({ kind }) => kind !== 'ticked',
      show: (now) => ResultView.parse(this.#resultOf(now, null)),
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

  /** Every attempt that can be read and has an answer or still runs, as its journal has it, the oldest first. */
  async all(): Promise<StoredExam[]> {
    return (await this.#attempts.all()).filter(({ attempt }) => !isEmpty(attempt))
  }

  /** Scores an attempt by the pass mark of today. */
  scoreOf(attempt: Attempt): Result {
    return this.#scores.of(attempt, this.#options.passMark())
  }

  /** The newest first. A real exam whose time ran out while nobody looked is ended here. */
  async list(): Promise<AttemptSummary[]> {
    const all = (await this.#attempts.list()).filter(({ attempt }) => !isEmpty(attempt))
    return all.map((now) =>
      summaryOf(now, now.attempt.endedBy ? this.scoreOf(now.attempt) : null, this.#context()),
    )
  }

  /** The real exam that runs, by its name; none or one. */
  async sitting(): Promise<ExamName[]> {
    const running = await this.#attempts.underWay()
    return running.filter(isSitting).map(() => REAL_EXAM)
  }

  /** The real exam that runs, with its time left; none or one. */
  async running(): Promise<RunningExam[]> {
    const sitting = (await this.#attempts.underWay()).filter(isSitting)
    return await Promise.all(
      sitting.map(async ({ id, limit }) => {
        const { at } = await this.#attempts.get(id)
        return { kind: 'mock' as const, id, title: 'Mock exam', timeLeft: Math.max(0, (limit ?? at) - at) }
      }),
    )
  }

  /** @returns a function that stops the calls */
  onRunning(listener: () => void): () => void {
    return this.#runningChanged.on(listener)
  }

  /** Ids of the items that nobody may see while these attempts run. */
  hidden(running: readonly StoredExam[]): ReadonlySet<string> {
    return hiddenItems(
      running.map(({ attempt }) => attempt),
      this.#options.bank.bank,
    )
  }

  /**
   * Begins a real exam, or a practice.
   * @throws CapstanError `bad-input` when the bank is too small for the wish, `session-exists` while an exam runs
   */
  async start({ mode, extraTime, half, formNumber, ...wish }: z.output<typeof StartExam>): Promise<string> {
    if (mode !== 'real') {
      await this.requireOpenBooks()
      return await this.#begin(mode, formFor(wish, await this.#source()), null)
    }
    return await this.#room.enter(async () => {
      const form = mockForm({ half, formNumber }, await this.#source())
      return await this.#begin(mode, form, form.minutes * 60_000 * extraTime)
    })
  }

  /** @throws CapstanError `bad-input` when the bank has nothing that fits the wish, `session-exists` */
  async startDrill(wish: DrillWish): Promise<string> {
    await this.requireOpenBooks()
    const source = await this.#source()
    if (!('items' in wish)) return await this.#begin('drill', formFor(wish, source), null)
    const items = wish.items.flatMap((id) => this.#items.get(id) ?? [])
    return await this.#begin('drill', formOfItems(items, source), null)
  }

  /**
   * Starts over from an attempt that is over.
   * @throws CapstanError `bad-input` when nothing was missed or flagged, `session-state` while the attempt runs,
   * `session-exists` while an exam does
   */
  async retry(id: string, what: 'missed' | 'flagged' | 'form'): Promise<string> {
    const { attempt } = await this.#over(id)
    const { mode, form, limit } = attempt
    if (what !== 'form')
      return await this.startDrill({ items: itemsAgain(attempt, this.scoreOf(attempt), what) })
    if (mode === 'real') return await this.#room.enter(() => this.#begin(mode, form, limit))
    await this.requireOpenBooks()
    return await this.#begin(mode, form, limit)
  }

  /** As it is now, with the time that is left now. @throws CapstanError `session-exists` for a practice in an exam */
  async view(id: string): Promise<AttemptView> {
    return await this.#openView(await this.#attempts.get(id))
  }

  /** @returns a function that stops the watch */
  async watch(id: string, listener: (view: AttemptView) => void): Promise<() => void> {
    return await this.#watches.watch(id, listener, () => this.view(id))
  }

  /**
   * Applies an event of the candidate. An event that no longer fits changes nothing.
   * @throws CapstanError `session-state` for an explanation in a real exam, `session-exists` for a practice while a
   * real exam runs; see also `Attempts.record`
   */
  async apply(id: string, command: ExamCommand): Promise<AttemptView> {
    return await this.#openView(await this.#record(id, command))
  }

  /** Applies an answer, and says whether it counts. @throws CapstanError, see `apply` */
  async answer(id: string, command: ExamCommand): Promise<AttemptView & { readonly kept: boolean }> {
    const now = await this.#record(id, command)
    return { ...(await this.#openView(now)), kept: isKept(command, now.attempt) }
  }

  async #record(id: string, command: ExamCommand): Promise<AttemptNow<Attempt>> {
    return await this.#attempts.record(id, async (at, { mode, form }) => {
      if (command.kind === 'chose' && command.options.length > (form.items[command.item]?.order.length ?? 0))
        throw new CapstanError('bad-input', 'The item has fewer options.', { help: 'Reload the page.' })
      if (mode !== 'real') await this.requireOpenBooks()
      else if (command.kind === 'revealed')
        throw new CapstanError('session-state', 'Explanations come after a real exam.', {
          help: 'Finish it first.',
        })
      return { ...command, at }
    })
  }

  /** @throws CapstanError `session-state` while the attempt runs, `session-exists` while a real exam does */
  async result(id: string): Promise<ResultView> {
    const now = await this.#over(id)
    await this.requireOpenBooks()
    const before = examBefore(now.attempt, await this.all(), (one) => this.scoreOf(one))
    return this.#resultOf(now, before)
  }

  #resultOf(now: AttemptNow<Attempt>, before: ResultView['before']): ResultView {
    return resultView(now, { result: this.scoreOf(now.attempt), before }, this.#context())
  }

  /**
   * Deletes an attempt that is over.
   * @throws CapstanError `session-state` while it runs, `session-exists` while an exam does, `not-found`
   */
  async remove(id: string): Promise<void> {
    await this.#room.enter(() => this.#attempts.remove(id))
  }

  async #over(id: string): Promise<AttemptNow<Attempt>> {
    const now = await this.#attempts.get(id)
    if (now.attempt.endedBy) return now
    throw new CapstanError('session-state', 'This exam is not over yet.', { help: 'Finish it first.' })
  }

  /**
   * The items of attempts that are over, each as it was answered the last time.
   * @throws CapstanError `session-exists` while a real exam runs
   */
  async seen(): Promise<ResultView['items']> {
    await this.requireOpenBooks()
    const over = (await this.all()).filter(({ attempt }) => attempt.endedBy)
    const items = over.flatMap(({ attempt }) => resultItems(attempt, this.scoreOf(attempt), this.#context()))
    return [...new Map(items.map((item) => [item.id, item])).values()]
  }

  /** Ids of all items of the bank that were in no attempt. A template gives one of its items. */
  async unseen(): Promise<string[]> {
    const seen = await this.#seen()
    return representatives(this.#options.bank.bank).flatMap(({ id }) => (seen.has(id) ? [] : id))
  }

  /** Stops the clocks. There is nothing to save. */
  async dispose(): Promise<void> {
    await this.#attempts.dispose()
  }

  /** Keys of other attempts may be keys of the exam that runs. @throws CapstanError `session-exists` */
  async requireOpenBooks(): Promise<void> {
    if ((await this.sitting()).length > 0)
      throw examRuns(REAL_EXAM, 'Nothing else can be practised or looked up until it is. Finish it first.')
  }

  async #begin(mode: Attempt['mode'], form: Form, limit: number | null): Promise<string> {
    const id = this.#chance.id()
    await this.#attempts.begin(id, { kind: 'began', at: 0, attemptId: id, mode, form, limit })
    this.#runningChanged.emit()
    return id
  }

  /** A practice shows keys. A real exam tells nothing before its end. */
  async #openView(now: AttemptNow<Attempt>): Promise<AttemptView> {
    if (now.attempt.mode !== 'real') await this.requireOpenBooks()
    return this.#viewOf(now)
  }

  #viewOf(now: AttemptNow<Attempt>): AttemptView {
    const view = this.#views.get(now) ?? attemptView(now, this.#context())
    this.#views.set(now, view)
    return view
  }

  async #source(): Promise<FormSource> {
    return { ...this.#options.bank, seen: await this.#seen(), seed: this.#chance.seed() }
  }

  /** How often each item was in a form of this person. */
  async #seen(): Promise<Map<string, number>> {
    const seen = new Map<string, number>()
    for (const { attempt } of await this.#attempts.all())
      for (const { id } of attempt.form.items) seen.set(id, (seen.get(id) ?? 0) + 1)
    return seen
  }

  #context(): ViewContext {
    const { bank, labs } = this.#options
    return { items: this.#items, labs: labs(), blueprint: bank.blueprint }
  }
}

function isOver({ endedBy }: Attempt): boolean {
  return endedBy !== null
}
