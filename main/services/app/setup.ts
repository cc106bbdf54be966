/** Finds the engine and prepares the images, and tells how far it is. */
import {
  CapstanError,
  type DoctorReport,
  doctor,
  type EngineSettings,
  findEngine,
  type OuterEngine,
  type PreparedImages,
  type Progress,
  prepareImages,
} from '../../../engine'
import { Observable } from '../../../shared/observable'
import { type SetupState, type SetupTask, toWire } from '../../api'
import type { Log } from './log'

export interface SetupOptions {
  readonly settings: () => EngineSettings
  readonly engineHome: string
  readonly resources: string
  readonly log: Log
  /** Called when everything is ready; the set-up is not done before it resolves. */
  readonly onReady: (engine: OuterEngine, images: PreparedImages) => Promise<void>
}

const START: SetupState = { phase: 'running', tasks: [], engine: null, problem: null }

export class SetupService {
  readonly state = new Observable<SetupState>(START)
  readonly #options: SetupOptions
  #abort = new AbortController()
  #running: Promise<void> | null = null
  #engine: OuterEngine | null = null
  #failure: Error | null = null

  constructor(options: SetupOptions) {
    this.#options = options
  }

  /** Runs the set-up, or joins the one that runs. Failure is a state, not an exception. */
  async run(): Promise<void> {
    this.#running ??= this.#attempt().finally(() => {
      this.#running = null
    })
    await this.#running
  }

  doctor(): DoctorReport {
    return doctor(
      this.#failure ??
        this.#engine ??
        new CapstanError('no-engine', 'The engine is still being looked for.', { help: 'Wait a moment.' }),
    )
  }

  /** Gives up what runs: when this resolves, nothing becomes ready any more. */
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
    const { settings, engineHome: home, resources, onReady, log } = this.#options
    this.#abort = new AbortController()
    const { signal } = this.#abort
    this.state.set(START)
    const onProgress = (progress: Progress) => this.#tell(progress)
    try {
      await this.#engine?.release()
      this.#engine = null
      this.#failure = null
      const engine = await findEngine({ settings: settings(), home, resources, onProgress, signal })
      this.#engine = engine
      const { source, endpoint, version } = engine
      this.state.set({ ...this.state.value, engine: { source, endpoint, version } })
      const images = await prepareImages(engine, { home, resources, onProgress, signal })
      signal.throwIfAborted()
      await onReady(engine, images)
      engine.onGone(() => this.#gone())
      this.state.set({ ...this.state.value, phase: 'ready' })
    } catch (error) {
      if (this.#abort.signal.aborted) return
      log.error('set-up failed', error)
      this.#fail(error)
    }
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

  #tell(progress: Progress): void {
    const { tasks } = this.state.value
    const task: SetupTask = progress
    const known = tasks.some(({ id }) => id === task.id)
    this.state.set({
      ...this.state.value,
      tasks: known ? tasks.map((one) => (one.id === task.id ? task : one)) : [...tasks, task],
    })
  }
}
