/** The outer engine that was found: its client, what it can do, and the moment at which it is gone. */
import { Emitter } from '../../shared/observable'
import { type DockerClient, type Endpoint, endpointText } from '../docker'
import type { Capabilities } from './capabilities'

export type EngineSource = 'settings' | 'environment' | 'default' | 'private'

export type Release = (options?: { keep?: boolean }) => Promise<void>

export interface FoundEngine {
  readonly source: EngineSource
  readonly endpoint: Endpoint
  readonly docker: DockerClient
  readonly version: string
  readonly capabilities: Capabilities
  readonly release: Release
}

const PING_LIMIT_MS = 2_000

export class OuterEngine {
  readonly source: EngineSource
  readonly endpoint: string
  readonly version: string
  readonly docker: DockerClient
  capabilities: Capabilities
  readonly #gone = new Emitter()
  readonly #abort = new AbortController()
  readonly #release: Release

  constructor(found: FoundEngine) {
    this.source = found.source
    this.endpoint = endpointText(found.endpoint)
    this.version = found.version
    this.docker = found.docker
    this.capabilities = found.capabilities
    this.#release = found.release
    void this.#watch()
  }

  /** Calls back once when the engine has stopped answering. @returns a function that stops the listening */
  onGone(listener: () => void): () => void {
    return this.#gone.on(listener)
  }

  /** Lets go of the engine. Our own one stops with its last user, unless it is to be kept for a while. */
  async release(options: { keep?: boolean } = {}): Promise<void> {
    this.#abort.abort()
    this.docker.close()
    await this.#release(options)
  }

  /** The event stream ends when the engine does, so nothing has to ask again and again. */
  async #watch(): Promise<void> {
    try {
      await this.docker.watchEvents({
        signal: this.#abort.signal,
        filters: { type: ['daemon'] },
        onEvent: () => undefined,
        onEnd: () => void this.#streamEnded(),
      })
    } catch {
      // Whatever the reason, an engine that gives no events does not answer.
      this.#reportGone()
    }
  }

  /** The stream may also end on the way to an engine that goes on. */
  async #streamEnded(): Promise<void> {
    const answers = await this.docker.ping(PING_LIMIT_MS).then(
      () => true,
      () => false,
    )
    if (answers) await this.#watch()
    else this.#reportGone()
  }

  #reportGone(): void {
    if (!this.#abort.signal.aborted) this.#gone.emit()
  }
}
