/** The service of exams, practices and drills: begins them, takes their answers and shows their results. */
import type { z } from 'zod'
import {
  type Attempt,
  type AttemptEvent,
  apply,
  fold,
  type Item,
  mostChosen,
  type Purpose,
  type Result,
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
  type Journals,
  type Moment,
  type OnProblem,
  systemChance,
  Watches,
} from '../attempts'
import type { LoadedBank } from '../bank'
import { isEmpty } from './again'
import { hiddenItems } from './closed-book'
import type { ExamCommand } from './command'
import { CommandNodes, type CommandNodesOptions } from './command-nodes'
import { isKept } from './kept'
import { NOTHING_OWN, type OwnSource, type OwnWish } from './own'
import { ExamRecords } from './records'
import { shippedCommand } from './shipped-command'
import { Sitting } from './sitting'
import { type DrillWish, ExamStarts } from './starts'
import { keepExam, type StoredExam } from './stored'
import { attemptView, blueprintView, type ViewContext } from './views'

export interface ExamsOptions {
  readonly bank: LoadedBank
  readonly journals: Journals<AttemptEvent>
  /** Labs with the objectives that they serve. */
  readonly labs: () => ViewContext['labs']
  readonly passMark: () => number
  readonly onProblem: OnProblem
  /** Where command items get their nodes. Without it, there is no engine. */
  readonly nodes?: CommandNodesOptions
  /** Shared with the hands-on exams. Without it, only the real exams of this service take turns. */
  readonly room?: ExamRoom
  readonly now?: () => Moment
  readonly chance?: Chance
  /** The person's own questions; none by default. */
  readonly own?: OwnSource
}

export class ExamsService {
  readonly #options: ExamsOptions
  readonly #room: ExamRoom
  readonly #attempts: Attempts<Attempt, AttemptEvent, StoredExam>
  readonly #sitting: Sitting
  readonly #records: ExamRecords
  readonly #starts: ExamStarts
  readonly #nodes: CommandNodes
  /** The attempts that are over, on their way to another machine and from one. */
  readonly archive: Archive<Attempt, AttemptEvent>
  readonly #watches = new Watches<AttemptView>()
  readonly #runningChanged = new Emitter()
  /** The view of a change goes to the watchers and to the one who caused it; it is made once. */
  readonly #views = new WeakMap<AttemptNow<Attempt>, AttemptView>()

  constructor(options: ExamsOptions) {
    const { bank, passMark, chance = systemChance } = options
    this.#options = options
    this.#nodes = new CommandNodes(options.nodes ?? NO_ENGINE)
    this.#room = options.room ?? new ExamRoom(() => this.sitting())
    this.#attempts = attemptsOf(options, (now) => this.#changed(now))
    this.#sitting = new Sitting({ attempts: this.#attempts })
    const [attempts, sitting] = [this.#attempts, this.#sitting]
    const context = () => this.#context()
    this.#records = new ExamRecords({ attempts, sitting, bank: bank.bank, context, passMark })
    this.#starts = new ExamStarts({
      ...{ bank, chance, sitting, room: this.#room, records: this.#records },
      item: (id) => this.item(id),
      own: options.own ?? NOTHING_OWN,
      begin: async (id, event) => {
        await attempts.begin(id, event)
        this.#runningChanged.emit()
      },
    })
    this.archive = archiveOf(options, attempts, this.#records)
  }

  get bank(): LoadedBank {
    return this.#options.bank
  }

  /** The item as it stands today in the bank, or among the person's own, if it still does. */
  item(id: string): Item | undefined {
    return this.#options.bank.bank.item(id) ?? this.#options.own?.item(id)
  }

  blueprint(): BlueprintView {
    const { bank, passMark } = this.#options
    return blueprintView(bank.blueprint, bank.bank, passMark())
  }

  /** Every attempt that can be read and has an answer or still runs, as its journal has it, the oldest first. */
  async all(): Promise<StoredExam[]> {
    return await this.#records.all()
  }

  /** Scores an attempt by the pass mark of today. */
  scoreOf(attempt: Attempt): Result {
    return this.#records.scoreOf(attempt)
  }

  /** The newest first. A real exam whose time ran out while nobody looked is ended here. */
  async list(): Promise<AttemptSummary[]> {
    return await this.#records.list()
  }

  /** The real exam that runs, by its name; none or one. */
  async sitting(): Promise<ExamName[]> {
    return await this.#sitting.names()
  }

  /** The real exam that runs, with its time left; none or one. */
  async running(): Promise<RunningExam[]> {
    return await this.#sitting.views()
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
   * @param purpose why a practice is taken, where it is not to practise
   * @throws CapstanError `bad-input` when the bank is too small for the wish, `session-exists` while an exam runs
   */
  async start(wish: z.output<typeof StartExam>, purpose?: Purpose): Promise<string> {
    return await this.#starts.start(wish, purpose)
  }

  /** @throws CapstanError `bad-input` when the bank has nothing that fits the wish, `session-exists` */
  async startDrill(wish: DrillWish): Promise<string> {
    return await this.#starts.drill(wish)
  }

  /** @throws CapstanError `bad-input` when no question of the person's own fits, `session-exists` */
  async startOwnDrill(wish: OwnWish): Promise<string> {
    return await this.#starts.ownDrill(wish)
  }

  /**
   * Starts over from an attempt that is over.
   * @throws CapstanError `bad-input` when nothing was missed or flagged, `session-state` while the attempt runs,
   * `session-exists` while an exam does
   */
  async retry(id: string, what: 'missed' | 'flagged' | 'form'): Promise<string> {
    return await this.#starts.retry(id, what)
  }

  /** As it is now, with the time that is left now. @throws CapstanError `session-exists` for a practice in an exam */
  async view(id: string): Promise<AttemptView> {
    return await this.#openView(await this.#attempts.get(id))
  }

  /** @returns a function that stops the watch */
  async watch(id: string, listener: (view: AttemptView) => void): Promise<() => void> {
    const stop = await this.#watches.watch(id, listener, () => this.view(id))
    const hidden = this.#nodes.shown(id)
    return () => {
      stop()
      hidden()
    }
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

  /**
   * Gives a command item a node, unless it has one.
   * @throws CapstanError `bad-input` for an item of another type, `session-state` for one that is over, not looked at or
   * not as the bank has it, `no-engine`, `session-exists` while a real exam runs
   */
  async takeNode(id: string, item: number): Promise<AttemptView> {
    const form = await this.#openCommand(id, item)
    const command = shippedCommand(form, this.#options.bank.bank)
    await this.#nodes.take(id, item, { title: `Item ${item + 1}`, command })
    return await this.#published(id)
  }

  /** Gives the node of a command item back. */
  async leaveNode(id: string, item: number): Promise<AttemptView> {
    const { attempt } = await this.#attempts.get(id)
    if (attempt.current === item) await this.#nodes.leave(id, null)
    return await this.#published(id)
  }

  /**
   * Has the checks of a command item look at its node, which ends the item.
   * @throws CapstanError `session-state` without a node that runs; see also `takeNode`
   */
  async judge(id: string, item: number): Promise<AttemptView & { readonly kept: boolean }> {
    await this.#openCommand(id, item)
    const checks = await this.#nodes.judge(id, item)
    return await this.answer(id, { kind: 'ran', item, checks })
  }

  /** @throws CapstanError, see `takeNode` */
  async #openCommand(id: string, item: number): Promise<Attempt['form']['items'][number]> {
    await this.requireOpenBooks()
    const { attempt } = await this.#attempts.get(id)
    const [form, state] = [attempt.form.items[item], attempt.items[item]]
    if (form?.kind !== 'command')
      throw new CapstanError('bad-input', 'This question asks for no command.', { help: 'Reload the page.' })
    if (attempt.endedBy || state?.closed || attempt.current !== item)
      throw new CapstanError('session-state', 'This question is over, or another one is shown.', {
        help: 'Go to the question first.',
      })
    return form
  }

  /** The view after a change that is no event, for everybody who watches. */
  async #published(id: string): Promise<AttemptView> {
    const now = await this.#attempts.get(id)
    const view = await this.#openView(now)
    this.#watches.emit(id, () => view)
    return view
  }

  async #record(id: string, command: ExamCommand): Promise<AttemptNow<Attempt>> {
    return await this.#attempts.record(id, async (at, { mode, form }) => {
      const item = 'item' in command ? form.items[command.item] : undefined
      if (command.kind === 'chose' && command.options.length > (item ? mostChosen(item) : 0))
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
    return await this.#records.result(id)
  }

  /**
   * Deletes an attempt that is over.
   * @throws CapstanError `session-state` while it runs, `session-exists` while an exam does, `not-found`
   */
  async remove(id: string): Promise<void> {
    await this.#room.enter(() => this.#attempts.remove(id))
  }

  /**
   * The items whose keys this person has been shown, each as it was answered the last time.
   * @throws CapstanError `session-exists` while a real exam runs
   */
  async seen(): Promise<ResultView['items']> {
    return await this.#records.seen()
  }

  /**
   * The texts of an item that this person has been shown: in any attempt, or while a real exam runs, in that one.
   */
  async textsShown(itemId: string): Promise<string[]> {
    return await this.#records.textsShown(itemId)
  }

  /** The id of an item of an attempt. @throws CapstanError `not-found` */
  async itemIdAt(attemptId: string, index: number): Promise<string> {
    const { attempt } = await this.#attempts.get(attemptId)
    const item = attempt.form.items[index]
    if (item) return item.id
    throw new CapstanError('not-found', `The attempt has no item ${index + 1}.`, { help: 'Reload the page.' })
  }

  /** Ids of all items of the bank that were in no attempt. A template gives one of its items. */
  async unseen(): Promise<string[]> {
    return await this.#records.unseen()
  }

  /** Stops the clocks and gives the nodes back. There is nothing to save. */
  async dispose(): Promise<void> {
    await this.#attempts.dispose()
    await this.#nodes.dispose()
  }

  /** Keys of other attempts may be keys of the exam that runs. @throws CapstanError `session-exists` */
  async requireOpenBooks(): Promise<void> {
    await this.#sitting.requireOpenBooks()
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

  #changed(now: AttemptNow<Attempt>): void {
    const { id, current, items, endedBy } = now.attempt
    const isOpen = !endedBy && !items[current]?.closed
    // What goes wrong with it is logged where it happens.
    void this.#nodes.leave(id, isOpen ? current : null)
    this.#watches.emit(now.attempt.id, () => this.#viewOf(now))
    if (now.attempt.endedBy) this.#runningChanged.emit()
  }

  #context(): ViewContext {
    const { bank, labs } = this.#options
    return {
      items: { get: (id) => this.item(id) },
      labs: labs(),
      blueprint: bank.blueprint,
      sessionOf: (attemptId, item) => this.#nodes.sessionOf(attemptId, item),
    }
  }
}

const NO_ENGINE: CommandNodesOptions = { sessions: () => null, onError: () => undefined }

function attemptsOf(
  { journals, onProblem, now }: ExamsOptions,
  onChange: (now: AttemptNow<Attempt>) => void,
): Attempts<Attempt, AttemptEvent, StoredExam> {
  return new Attempts({
    ...{ journals, onProblem, now, fold, apply, keep: keepExam, isOver, onChange },
    timeUp: (at) => ({ kind: 'ended', at, by: 'time' }),
    tick: (at) => ({ kind: 'ticked', at }),
    // The clock of a real exam goes on while the app is away, as it would in the exam room.
    stops: ({ mode }) => mode !== 'real',
  })
}

function archiveOf(
  { journals }: ExamsOptions,
  attempts: Attempts<Attempt, AttemptEvent, StoredExam>,
  records: ExamRecords,
): Archive<Attempt, AttemptEvent> {
  return new Archive({
    ...{ attempts, journals, fold, isOver, leavesBehind: isEmpty },
    // The event that follows has the time that passed.
    isNeeded: ({ kind }) => kind !== 'ticked',
    show: (now) => ResultView.parse(records.resultOf(now, null)),
  })
}

function isOver({ endedBy }: Attempt): boolean {
  return endedBy !== null
}
