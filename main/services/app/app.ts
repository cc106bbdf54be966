/** Everything behind the window, wired by hand: the composition root of both shells. */
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { LoadedLab } from '../../../engine'
import { CapstanError } from '../../../shared/errors'
import { within } from '../../../shared/system/wait'
import { setTimeFactor } from '../../../shared/time-limits'
import { Settings, type SettingsChange } from '../../api'
import type { Store } from '../../store'
import type { RunningSource } from '../attempts'
import type { ExamsService } from '../exams'
import type { ExchangeService } from '../exchange'
import type { HandsOnService } from '../hands-on'
import { LabsService, Previews, readLabs, type Sessions, Terminals, type TerminalsOptions } from '../labs'
import type { MarksService } from '../marks'
import type { PathService } from '../path'
import type { ProgressService } from '../progress'
import type { TransferService } from '../transfer'
import { type ShippedLabs, Trust } from '../trust'
import { Afterwards } from './afterwards'
import { AttemptServices } from './attempt-services'
import { type AppEngine, type FindEngine, findDockerEngine } from './engine'
import { fileLog, type Log } from './log'
import type { Notices } from './notices'
import { requireQuestionsFolder } from './questions-folder'
import { SetupService } from './setup'

/** Milliseconds for each part. Nodes are given 10 s by their engine, and our own engine 26 s by its supervisor. */
const END_LIMIT_MS = 30_000

export interface AppOptions {
  readonly store: Store
  readonly notices: Notices
  readonly engineHome: string
  readonly resources: string
  readonly version: string
  /** True in the Electron shell. */
  readonly desktop: boolean
  readonly findEngine?: FindEngine
  /**
   * Asks the person, outside of the page, whether shells on this computer may be opened. Without it they may not.
   */
  readonly confirmHostTerminal?: () => Promise<boolean>
  readonly openHostTerminal?: TerminalsOptions['openHost']
  readonly now?: () => Date
}

export class App {
  readonly options: AppOptions
  readonly log: Log
  readonly labs: LabsService
  readonly setup: SetupService
  readonly terminals: Terminals
  readonly previews: Previews
  readonly #trust: Trust
  #shipped: ShippedLabs['hashes'] = new Map()
  readonly #attempts: AttemptServices
  readonly #afterwards = new Afterwards({
    warmUp: () => this.labs.warmUp(),
    resumeHandsOn: () => this.#resumeHandsOn(),
  })
  #ready: { readonly engine: AppEngine; readonly sessions: Sessions } | null = null

  constructor(options: AppOptions) {
    const { store, resources, engineHome, desktop, findEngine = findDockerEngine } = options
    this.options = options
    setTimeFactor('settings', store.settings().timeFactor)
    this.log = fileLog(join(store.folder, 'capstan.log'))
    this.#trust = this.#createTrust()
    this.labs = this.#createLabs()
    this.#attempts = this.#createAttempts()
    this.terminals = new Terminals({
      sessions: () => this.sessions(),
      isDesktop: desktop,
      isHostAllowed: () => store.settings().hostTerminal,
      scrollback: () => store.settings().terminal.scrollback,
      openHost: options.openHostTerminal,
    })
    this.previews = new Previews(() => this.sessions())
    this.setup = new SetupService({
      settings: () => store.settings().engine,
      engineHome,
      resources,
      log: this.log,
      find: findEngine,
      onReady: (engine) => this.#useEngine(engine),
    })
  }

  /**
   * Loads the catalogue beside the set-up. The page can be served meanwhile: what needs the labs waits for them.
   * @throws the signal's reason when it ends the loading
   */
  async start(signal?: AbortSignal): Promise<void> {
    const loading = this.labs.load(signal)
    void this.setup.run()
    await loading
  }

  /** Reads the questions when they are first asked for. @throws CapstanError `bad-input` when they cannot be read */
  async exams(): Promise<ExamsService> {
    await this.labs.loaded()
    return await this.#attempts.exams.get()
  }

  /** Reads the hands-on exams when they are first asked for. @throws CapstanError `bad-input` */
  async handsOn(): Promise<HandsOnService> {
    await this.labs.loaded()
    return await this.#attempts.handsOn.get()
  }

  /** @throws CapstanError `bad-input` when the blueprint cannot be read */
  async path(): Promise<PathService> {
    await this.labs.loaded()
    return await this.#attempts.path.get()
  }

  /** @throws CapstanError `bad-input` when the questions cannot be read */
  async progress(): Promise<ProgressService> {
    await this.labs.loaded()
    return await this.#attempts.progress.get()
  }

  /** @throws CapstanError `bad-input` when the questions cannot be read */
  async marks(): Promise<MarksService> {
    await this.labs.loaded()
    return await this.#attempts.marks.get()
  }

  /** @throws CapstanError `bad-input` when the questions cannot be read */
  async transfer(): Promise<TransferService> {
    await this.labs.loaded()
    return await this.#attempts.transfer.get()
  }

  /** @throws CapstanError `bad-input` when the questions cannot be read */
  async exchange(): Promise<ExchangeService> {
    await this.labs.loaded()
    return await this.#attempts.exchange.get()
  }

  /** What may have an exam that runs. @throws CapstanError `bad-input` when the questions cannot be read */
  async mayRun(): Promise<readonly RunningSource[]> {
    return [await this.exams(), await this.handsOn()]
  }

  /** @throws CapstanError `no-engine` while the set-up is not done */
  sessions(): Sessions {
    if (this.#ready) return this.#ready.sessions
    throw new CapstanError('no-engine', 'The engine is not ready yet.', {
      help: 'Wait for the set-up, or see what it says.',
    })
  }

  /** @throws CapstanError `bad-input` for a folder of questions that is not there */
  async saveSettings(change: SettingsChange): Promise<Settings> {
    if (change.questionsFolder) await requireQuestionsFolder(change.questionsFolder)
    const { store } = this.options
    const before = store.settings()
    const named = Object.entries(change).filter(([, value]) => value !== undefined)
    const settings = await store.updateSettings((saved) =>
      Settings.parse({ ...saved, ...Object.fromEntries(named) }),
    )
    setTimeFactor('settings', settings.timeFactor)
    if (!isDeepStrictEqual(before.engine, settings.engine)) void this.setup.restart()
    return settings
  }

  /**
   * Offers shells on this computer, or takes them away. The page may only ask: the answer comes from the person, in a
   * window that the page cannot touch.
   * @throws CapstanError `capability-missing` where there is nobody to ask
   */
  async askHostTerminal(on: boolean): Promise<Settings> {
    const { store, confirmHostTerminal } = this.options
    if (on && !confirmHostTerminal) throw hostTerminalMissing()
    const isAllowed = on && Boolean(await confirmHostTerminal?.())
    await store.updateSettings((settings) => ({ ...settings, hostTerminal: isAllowed }))
    if (!isAllowed) await this.terminals.closeAllOnHost()
    return store.settings()
  }

  /**
   * Lets go of everything in order. What does not end in its time, or fails, is logged and left behind.
   * `keep` leaves nodes and engine running for a while.
   */
  async dispose({ keep = false } = {}): Promise<void> {
    // Sessions that were found after this would hold their nodes, and the process, for good.
    await this.#end('the set-up to stop', () => this.setup.stop())
    this.#afterwards.stop()
    await this.#end('the exams to be saved', () => this.#attempts.dispose())
    await this.#end('the previews to close', () => this.previews.dispose())
    await this.#end('the terminals to close', () => this.terminals.dispose())
    await this.#end('the nodes to stop', async () => await this.#ready?.sessions.dispose({ keepNodes: keep }))
    await this.#end('the engine to end', () => this.setup.dispose({ keep }))
    // Progress is saved beside the session, so nobody else waits for what the last check has brought.
    await this.#end('the changes to be saved', () => this.options.store.settled())
  }

  async #end(waitsFor: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await within(work, { limitMs: END_LIMIT_MS, waitsFor })
    } catch (error) {
      this.log.error('not ended in order', error, { waitsFor })
    }
  }

  /** The engine is prepared: takes up the sessions on it, and everything that waits for them. */
  async #useEngine(engine: AppEngine): Promise<void> {
    await this.labs.loaded()
    await this.#ready?.sessions.dispose({ keepNodes: true })
    const sessions = engine.openSessions({
      catalogue: () => this.labs.all(),
      store: this.options.store,
      assertAllowed: (lab) => this.#trust.assertAllowed(lab),
    })
    this.#ready = { engine, sessions }
    this.#listenTo(sessions)
    await sessions.resume()
    this.#afterwards.begin()
    this.labs.changed()
  }

  #listenTo(sessions: Sessions): void {
    sessions.onChange((session) => void this.labs.sessionChanged(session))
    sessions.onRemoved(({ id }) => {
      this.labs.changed()
      const closing = [this.previews.closeSession(id), this.terminals.closeSession(id)]
      Promise.all(closing).catch((error: unknown) =>
        this.log.error('session not closed', error, { session: id }),
      )
    })
  }

  /** A lab that is read late may have a session that could not be found again without it. */
  async #resumeLate(): Promise<void> {
    try {
      await this.#ready?.sessions.resume()
    } catch (error) {
      this.log.error('sessions of late labs not resumed', error)
    }
  }

  async #resumeHandsOn(): Promise<void> {
    try {
      await (await this.handsOn()).resume()
    } catch (error) {
      this.log.error('hands-on exams not resumed', error)
    }
  }

  #createTrust(): Trust {
    const { store } = this.options
    return new Trust({
      shipped: () => this.#shipped,
      consents: store.consents,
      isolation: () => this.#ready?.engine.isolation ?? null,
    })
  }

  #createLabs(): LabsService {
    const { store, notices, resources, now = () => new Date() } = this.options
    return new LabsService({
      read: async ({ signal, onLate }) => {
        const showLate: typeof onLate = (late) => {
          onLate(late)
          void this.#resumeLate()
        }
        const { results, shipped } = await readLabs(resources, { signal, onLate: showLate })
        this.#shipped = shipped.hashes
        return results
      },
      store,
      now,
      missing: (lab) => this.#missing(lab),
      trust: this.#trust,
      sessions: () => this.#ready?.sessions ?? null,
      onError: (error, labId) => {
        this.log.error('progress not saved', error, { labId })
        notices.add('error', error instanceof Error ? error.message : String(error))
      },
    })
  }

  #createAttempts(): AttemptServices {
    const { resources, store, now } = this.options
    return new AttemptServices({
      resources,
      store,
      now,
      labs: this.labs,
      missing: (lab) => this.#missing(lab),
      sessions: () => this.#ready?.sessions ?? null,
      log: this.log,
      warn: (message, help) => this.#warn(message, help),
    })
  }

  #missing(lab: LoadedLab): readonly string[] {
    return this.#ready?.engine.missing(lab) ?? []
  }

  #warn(message: string, help: string | null = null): void {
    this.options.notices.add('warning', message, help)
  }
}

function hostTerminalMissing(): CapstanError {
  return new CapstanError('capability-missing', 'A terminal on this computer is not offered here.', {
    help: 'It is offered by the desktop app only.',
  })
}
