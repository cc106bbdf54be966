/** The outer engine that was found: its client, what it can do, and the moment at which it is gone. */
import { Emitter } from '../../shared/observable'
import { type DockerClient, type Endpoint, endpointText } from '../docker'
import type { Capabilities } from './capabilities'
import type { Tried } from './tried'

export type EngineSource = 'settings' | 'environment' | 'context' | 'default' | 'private'

export type Release = (options?: { keep?: boolean }) => Promise<void>

export interface FoundEngine {
  readonly source: EngineSource
  /** The Docker context that names it. */
  readonly context?: string
  readonly endpoint: Endpoint
  /** What the search looked at until it found this one. */
  readonly tried?: readonly Tried[]
  readonly docker: DockerClient
  readonly version: string
  readonly capabilities: Capabilities
  readonly release: Release
}

const PING_LIMIT_MS = 2_000
/** A stream of events that lasted this long has not ended at once. */
const STEADY_MS = 60_000
/** The pause before a stream is opened again that ended at once, and the longest one. */
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000

export class OuterEngine {
  readonly source: EngineSource
  /** The Docker context that names it, or null. */
  readonly context: string | null
  readonly endpoint: string
  readonly tried: readonly Tried[]
  readonly version: string
  readonly docker: DockerClient
  capabilities: Capabilities
  readonly #gone = new Emitter()
  readonly #abort = new AbortController()
  readonly #release: Release

  constructor(found: FoundEngine) {
    this.source = found.source
    this.context = found.context ?? null
    this.tried = found.tried ?? []
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

  /**
   * The event stream ends when the engine does, so nothing has to ask again and again. It may also end on the way to an
   * engine that goes on, and is then opened again: after a pause that grows as long as streams end at once.
   */
  async #watch(): Promise<void> {
    const { signal } = this.#abort
    for (let pauseMs = 0; !signal.aborted; ) {
      const openedAt = Date.now()
      const isOver = await this.#untilStreamEnds()
      if (!isOver || !(await this.#answers())) return this.#reportGone()
      const wasSteady = Date.now() - openedAt >= STEADY_MS
      pauseMs = wasSteady ? 0 : Math.min(Math.max(FIRST_PAUSE_MS, pauseMs * 2), LONGEST_PAUSE_MS)
      await pause(pauseMs, signal)
    }
  }

  /** @returns false when the stream cannot be opened: whatever the reason, such an engine does not answer */
  async #untilStreamEnds(): Promise<boolean> {
    return await new Promise((resolve) => {
      const { signal } = this.#abort
      const [filters, onEvent] = [{ type: ['daemon'] }, () => undefined]
      this.docker
        .watchEvents({ signal, filters, onEvent, onEnd: () => resolve(true) })
        .catch(() => resolve(false))
    })
  }

  async #answers(): Promise<boolean> {
    return await this.docker.ping(PING_LIMIT_MS).then(
      () => true,
      () => false,
    )
  }

  #reportGone(): void {
    if (!this.#abort.signal.aborted) this.#gone.emit()
  }
}

/** The signal ends the pause. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || ms === 0) return
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })
}
