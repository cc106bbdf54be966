/** The set-up: finds the engine, has the images prepared, and shows how far it is. */
import {
  type DoctorReport,
  doctor,
  type EngineSettings,
  type Progress,
  RemainingTime,
  triedBefore,
} from '../../../engine'
import { CapstanError } from '../../../shared/errors'
import { Observable } from '../../../shared/observable'
import { within } from '../../../shared/system/wait'
import { type SetupState, toWire } from '../../api'
import type { AppEngine, FindEngine } from './engine'
import type { Log } from './log'

export interface SetupOptions {
  readonly settings: () => EngineSettings
  readonly engineHome: string
  readonly resources: string
  readonly log: Log
  readonly find: FindEngine
  /** Called when the engine is prepared; the set-up is not done before it resolves. */
  readonly onReady: (engine: AppEngine) => Promise<void>
}

/** Milliseconds. What is given up listens to its signal; a call to an engine that hangs may take longer. */
const STOP_LIMIT_MS = 10_000
/** Milliseconds. Our own engine is given 26 s to end. */
const RELEASE_LIMIT_MS = 40_000

const START: SetupState = {
  phase: 'running',
  lines: [],
  remainingSeconds: null,
  engine: null,
  problem: null,
  tried: [],
}

export class SetupService {
  readonly state = new Observable<SetupState>(START)
  readonly #options: SetupOptions
  #abort = new AbortController()
  #running: Promise<void> | null = null
  #engine: AppEngine | null = null
  #failure: Error | null = null

  constructor(options: SetupOptions) {
    this.#options = options
  }

  /** Runs the set-up, or joins the one that runs. A failure is a state, not an exception. */
  async run(): Promise<void> {
    const running = this.#running ?? this.#attempt()
    this.#running = running
    await running
    if (this.#running === running) this.#running = null
  }

  /** Gives up the set-up that runs, and runs it again with the settings as they are now. */
  async restart(): Promise<void> {
    await this.stop()
    await this.run()
  }

  async doctor(): Promise<DoctorReport> {
    if (!this.#failure && this.#engine) return await this.#engine.report()
    return doctor(
      this.#failure ??
        new CapstanError('no-engine', 'The engine is still being looked for.', { help: 'Wait a moment.' }),
    )
  }

  /** Gives up the set-up that runs. After this it does not become ready any more, even if it does not end in time. */
  async stop(): Promise<void> {
    const running = this.#running
    this.#abort.abort(new CapstanError('cancelled', 'The set-up was given up.'))
    if (!running) return
    try {
      await within(() => running, { limitMs: STOP_LIMIT_MS, waitsFor: 'the set-up to stop' })
    } catch (error) {
      this.#options.log.error('set-up did not stop', error)
    }
    if (this.#running === running) this.#running = null
  }

  async dispose({ keep = false } = {}): Promise<void> {
    await this.stop()
    await this.#engine?.release({ keep })
    this.#engine = null
  }

  /** It never rejects. */
  async #attempt(): Promise<void> {
    this.#abort = new AbortController()
    const { signal } = this.#abort
    this.state.set(START)
    try {
      await this.#letGo()
      this.#failure = null
      await this.#setUp(signal)
    } catch (error) {
      if (signal.aborted) return
      this.#options.log.error('set-up failed', error)
      this.#fail(error)
    }
  }

  /** Lets go of an engine that may hang. */
  async #letGo(): Promise<void> {
    const engine = this.#engine
    this.#engine = null
    if (!engine) return
    const waitsFor = 'the engine before to be released'
    const released = within(() => engine.release(), { limitMs: RELEASE_LIMIT_MS, waitsFor })
    await released.catch((error: unknown) => this.#options.log.error('engine not released', error))
  }

  async #setUp(signal: AbortSignal): Promise<void> {
    const { settings, engineHome: home, resources, find, onReady } = this.#options
    const remaining = new RemainingTime()
    const onProgress = (progress: Progress) => {
      if (!signal.aborted) this.#show(progress, remaining)
    }
    const options = { home, resources, signal, onProgress }
    signal.throwIfAborted()
    const engine = await find({ ...options, settings: settings() })
    // A search that was given up may find one all the same; another set-up may run by now.
    if (signal.aborted) return await engine.release()
    this.#engine = engine
    this.state.set({ ...this.state.value, engine: engine.view })
    await engine.prepare(options)
    signal.throwIfAborted()
    await onReady(engine)
    signal.throwIfAborted()
    engine.onGone(() => this.#gone())
    this.state.set({ ...this.state.value, phase: 'ready' })
  }

  #gone(): void {
    this.#fail(
      new CapstanError('engine-gone', 'The Docker Engine has stopped.', {
        help: 'Try again: Capstan finds it, or starts its own, and goes on with your labs.',
      }),
    )
  }

  #fail(error: unknown): void {
    this.#failure = error instanceof Error ? error : new Error(String(error))
    this.state.set({
      ...this.state.value,
      phase: 'failed',
      problem: toWire(error),
      tried: triedBefore(error),
    })
  }

  #show(line: Progress, remaining: RemainingTime): void {
    const now = performance.now() / 1_000
    remaining.see(line, now)
    const { lines } = this.state.value
    const isKnown = lines.some(({ id }) => id === line.id)
    this.state.set({
      ...this.state.value,
      lines: isKnown ? lines.map((one) => (one.id === line.id ? line : one)) : [...lines, line],
      remainingSeconds: remaining.at(now),
    })
  }
}
