/** Everything behind the window, wired by hand: the composition root of both shells. */
import { join } from 'node:path'
import { CapstanError, type OuterEngine, roomForNodes, SessionManager, TopologyPool } from '../../../engine'
import { HandsOnEvent, parseHandsOn } from '../../../exam'
import { coalesce, Observable } from '../../../shared/observable'
import type { LabSummary, Settings } from '../../api'
import { JournalFolder, type Store } from '../../store'
import { entryOf, JournalEntry } from '../attempts/journal'
import { loadBank, loadBlueprint, readHandsOn } from '../bank/bank'
import { ExamsService } from '../exams/exams'
import { HandsOnService } from '../hands-on/hands-on'
import { LabsService } from '../labs/catalogue'
import { Previews } from '../labs/previews'
import { Terminals } from '../labs/terminals'
import { ProgressService } from '../progress/progress'
import { fileLog, type Log } from './log'
import type { Notices } from './notices'
import { SetupService } from './setup'

export interface AppOptions {
  readonly store: Store
  readonly notices: Notices
  readonly engineHome: string
  readonly resources: string
  readonly version: string
  /** True in the Electron shell. */
  readonly desktop: boolean
}

export class App {
  readonly options: AppOptions
  readonly log: Log
  readonly labs: LabsService
  readonly setup: SetupService
  readonly terminals: Terminals
  readonly previews: Previews
  #exams: Promise<ExamsService> | null = null
  #progress: ProgressService | null = null
  #handsOn: Promise<HandsOnService> | null = null
  readonly summaries = new Observable<LabSummary[]>([])
  readonly #tellLabs: () => void
  #engine: OuterEngine | null = null
  #sessions: SessionManager | null = null

  constructor(options: AppOptions) {
    const { store, resources, engineHome } = options
    this.options = options
    this.log = fileLog(join(store.folder, 'capstan.log'))
    this.labs = new LabsService({ resources, store })
    this.terminals = new Terminals(() => this.sessions())
    this.previews = new Previews(() => this.sessions())
    this.#tellLabs = coalesce(() => this.summaries.set(this.labs.summaries(this.#engine, this.#sessions)))
    this.setup = new SetupService({
      settings: () => store.settings().engine,
      engineHome,
      resources,
      log: this.log,
      onReady: async (engine, images) => {
        const { owner } = store
        const room = () => roomForNodes(engine.docker, images.mirrors)
        const topologies = new TopologyPool({ engine, images, owner, room })
        const sessions = new SessionManager({
          engine,
          topologies,
          catalogue: () => this.labs.all(),
          records: store.sessions,
          owner,
        })
        await this.#sessions?.dispose({ keepNodes: true })
        this.#engine = engine
        this.#sessions = sessions
        sessions.onChange((session) => {
          if (session.lab.kind === 'lab') this.#keepProgress(session.snapshot())
          this.#tellLabs()
        })
        await sessions.resume()
        void this.handsOn()
          .then((handsOn) => handsOn.resume())
          .catch((error: unknown) => this.log.error('hands-on exams not resumed', error))
        this.#expectLabs(sessions)
        this.#tellLabs()
      },
    })
  }

  /** Loads the catalogue and begins the set-up; the page can be served at once. */
  async start(): Promise<void> {
    await this.labs.load()
    this.summaries.set(this.labs.summaries(null, null))
    void this.setup.run()
  }

  /** Reads the questions when they are first asked for. @throws CapstanError `bad-input` when they cannot be read */
  async exams(): Promise<ExamsService> {
    this.#exams ??= this.#openExams()
    this.#exams.catch(() => {
      this.#exams = null
    })
    return await this.#exams
  }

  /** @throws CapstanError `bad-input` when the questions cannot be read */
  async progress(): Promise<ProgressService> {
    const { store } = this.options
    const exams = await this.exams()
    this.#progress ??= new ProgressService({
      exams,
      handsOn: (await this.handsOn()).sittings,
      labs: () => this.labs.loaded(),
      tasks: () => this.labs.tasks(),
      labProgress: () => store.progress(),
      passMark: () => store.settings().passMark,
    })
    return this.#progress
  }

  async #openExams(): Promise<ExamsService> {
    const { resources, store, notices } = this.options
    const bank = await loadBank(resources)
    return new ExamsService({
      bank,
      journals: new JournalFolder({
        folder: join(store.folder, 'attempts'),
        entry: JournalEntry,
        onCorrupt: (message) => notices.add('warning', message),
      }),
      labs: () => this.labs.loaded(),
      passMark: () => store.settings().passMark,
      onProblem: (message, help) => notices.add('warning', message, help),
    })
  }

  /** Reads the hands-on exams when they are first asked for. @throws CapstanError `bad-input` */
  async handsOn(): Promise<HandsOnService> {
    this.#handsOn ??= this.#openHandsOn()
    this.#handsOn.catch(() => {
      this.#handsOn = null
    })
    return await this.#handsOn
  }

  async #openHandsOn(): Promise<HandsOnService> {
    const { resources, store, notices } = this.options
    const files = await readHandsOn(resources)
    return new HandsOnService({
      exams: files.map(({ file, text }) => ({ file, ...parseHandsOn(text, file) })),
      blueprint: await loadBlueprint(resources),
      tasks: () => this.labs.tasks(),
      labs: () => this.labs.loaded(),
      engine: () => this.#engine,
      sessions: () => this.#sessions,
      onNodesGone: (sessionId) => this.previews.closeSession(sessionId),
      onError: (message, error) => this.log.error(message, error),
      onProblem: (message, help) => notices.add('warning', message, help),
      journals: new JournalFolder({
        folder: join(store.folder, 'hands-on'),
        entry: entryOf(HandsOnEvent),
        onCorrupt: (message) => notices.add('warning', message),
      }),
    })
  }

  get engine(): OuterEngine | null {
    return this.#engine
  }

  /** Whichever lab comes first: most have the same nodes. */
  #expectLabs(sessions: SessionManager): void {
    const open = new Set(sessions.list().map(({ lab }) => lab.id))
    const first = this.labs.loaded().find(({ id, nodes }) => nodes.length === 1 && !open.has(id))
    if (first) sessions.expect(first.id)
  }

  /** @throws CapstanError `no-engine` while the set-up is not done */
  sessions(): SessionManager {
    if (this.#sessions) return this.#sessions
    throw new CapstanError('no-engine', 'The engine is not ready yet.', {
      help: 'Wait for the set-up, or see what it says.',
    })
  }

  sessionsIfReady(): SessionManager | null {
    return this.#sessions
  }

  /** The set of sessions has changed in a way that no session tells, such as a stop. */
  labsChanged(): void {
    this.#tellLabs()
  }

  async saveSettings(change: Partial<Settings>): Promise<Settings> {
    const { store } = this.options
    const before = store.settings()
    const settings = { ...before, ...change }
    await store.saveSettings(settings)
    const moved = JSON.stringify(before.engine) !== JSON.stringify(settings.engine)
    if (moved) void this.setup.run()
    return settings
  }

  /** Lets go of everything in order. `keep` leaves nodes and engine running for a while. */
  async dispose({ keep = false } = {}): Promise<void> {
    // Sessions that were found after this would hold their nodes, and the process, for good.
    await this.setup.stop()
    await (await this.#exams?.catch(() => null))?.dispose()
    await (await this.#handsOn?.catch(() => null))?.dispose()
    await this.previews.dispose()
    await this.terminals.dispose()
    await this.#sessions?.dispose({ keepNodes: keep })
    await this.setup.dispose({ keep })
  }

  #keepProgress({
    labId,
    steps,
    completed,
  }: {
    labId: string
    steps: readonly { state: string }[]
    completed: boolean
  }): void {
    const { store, notices } = this.options
    const before = store.progress()[labId] ?? { stepsDone: 0, completedAt: null }
    const stepsDone = Math.max(before.stepsDone, steps.filter(({ state }) => state === 'done').length)
    const completedAt = before.completedAt ?? (completed ? new Date().toISOString() : null)
    if (stepsDone === before.stepsDone && completedAt === before.completedAt) return
    store.saveProgress(labId, { stepsDone, completedAt }).catch((error: unknown) => {
      this.log.error('progress not saved', error, { labId })
      notices.add('error', error instanceof Error ? error.message : String(error))
    })
  }
}
