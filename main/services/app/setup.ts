/** The set-up: finds the engine, has the images prepared, and shows how far it is. */
import { type DoctorReport, doctor, type EngineSettings, type Progress } from '../../../engine'
import { CapstanError } from '../../../shared/errors'
import { Observable } from '../../../shared/observable'
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

const START: SetupState = { phase: 'running', lines: [], engine: null, problem: null }

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
    this.#running ??= this.#attempt().finally(() => {
      this.#running = null
    })
    await this.#running
  }

  doctor(): DoctorReport {
    if (!this.#failure && this.#engine) return this.#engine.report()
    return doctor(
      this.#failure ??
        new CapstanError('no-engine', 'The engine is still being looked for.', { help: 'Wait a moment.' }),
    )
  }

  /** Gives up the set-up that runs. After this nothing becomes ready any more. */
  async stop(): Promise<void> {
    this.#abort.abort()
    await this.#running
  }

  async dispose({ keep = false } = {}): Promise<void> {
    await this.stop()
    await this.#engine?.release({ keep })
    this.#engine = null
  }

  async #attempt(): Promise<void> {
    this.#abort = new AbortController()
    const { signal } = this.#abort
    this.state.set(START)
    try {
      await this.#engine?.release()
      this.#engine = null
      this.#failure = null
      await this.#setUp(signal)
    } catch (error) {
      if (signal.aborted) return
      this.#options.log.error('set-up failed', error)
      this.#fail(error)
    }
  }

  async #setUp(signal: AbortSignal): Promise<void> {
    const { settings, engineHome: home, resources, find, onReady } = this.#options
    const options = { home, resources, signal, onProgress: (progress: Progress) => this.#show(progress) }
    signal.throwIfAborted()
    const engine = await find({ ...options, settings: settings() })
    this.#engine = engine
    this.state.set({ ...this.state.value, engine: engine.view })
    await engine.prepare(options)
    signal.throwIfAborted()
    await onReady(engine)
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
    this.state.set({ ...this.state.value, phase: 'failed', problem: toWire(error) })
  }

  #show(line: Progress): void {
    const { lines } = this.state.value
    const isKnown = lines.some(({ id }) => id === line.id)
    this.state.set({
      ...this.state.value,
      lines: isKnown ? lines.map((one) => (one.id === line.id ? line : one)) : [...lines, line],
    })
  }
}
