/** Finds the outer engine: the one that is named, else one that runs, else our own. */
import { EventEmitter } from 'node:events'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { CapstanError } from '../../shared/errors'
import { DockerClient, type Endpoint, endpointText, parseEndpoint } from '../docker'
import { basicCapabilities, type Capabilities } from './capabilities'
import { exists } from './packages'
import { openPrivateEngine } from './private-engine'
import { asTask, type ProgressListener } from './setup-progress'

export interface EngineSettings {
  readonly mode: 'auto' | 'custom' | 'private'
  readonly endpoint: string
  readonly tlsDirectory: string
}

export type EngineSource = 'settings' | 'environment' | 'default' | 'private'

export interface FindOptions {
  readonly settings: EngineSettings
  readonly home: string
  /** Folder with our scripts and recipes. */
  readonly resources: string
  readonly onProgress: ProgressListener
  readonly env?: NodeJS.ProcessEnv
}

type Release = (options?: { keep?: boolean }) => Promise<void>

interface Candidate {
  readonly source: EngineSource
  readonly endpoint: Endpoint
}

export class OuterEngine {
  readonly source: EngineSource
  readonly endpoint: string
  readonly version: string
  readonly docker: DockerClient
  capabilities: Capabilities
  readonly #events = new EventEmitter<{ gone: [] }>()
  readonly #abort = new AbortController()
  readonly #release: Release

  constructor(
    found: Candidate & {
      docker: DockerClient
      version: string
      capabilities: Capabilities
      release: Release
    },
  ) {
    this.source = found.source
    this.endpoint = endpointText(found.endpoint)
    this.version = found.version
    this.docker = found.docker
    this.capabilities = found.capabilities
    this.#release = found.release
    void this.#watch()
  }

  /** Calls back once when the engine has stopped answering. @returns stops the listening */
  onGone(listener: () => void): () => void {
    this.#events.once('gone', listener)
    return () => this.#events.off('gone', listener)
  }

  /** Lets go of the engine; our own stops with its last user unless it is to be kept for a while. */
  async release(options: { keep?: boolean } = {}): Promise<void> {
    this.#abort.abort()
    this.docker.close()
    await this.#release(options)
  }

  /** The event stream ends when the engine does: no polling. */
  async #watch(): Promise<void> {
    const ended = async () => {
      if (
        await this.docker.ping(2_000).then(
          () => true,
          () => false,
        )
      )
        return await this.#watch()
      if (!this.#abort.signal.aborted) this.#events.emit('gone')
    }
    await this.docker
      .watchEvents({
        signal: this.#abort.signal,
        filters: { type: ['daemon'] },
        onEvent: () => undefined,
        onEnd: () => void ended(),
      })
      .catch(() => void (this.#abort.signal.aborted || this.#events.emit('gone')))
  }
}

/**
 * Settings, then DOCKER_HOST, then the usual sockets, then an engine of our own. An engine that was named and
 * does not answer is an error: never another one in its place.
 * @throws CapstanError `no-engine` with what to do
 */
export async function findEngine(options: FindOptions): Promise<OuterEngine> {
  return await asTask(
    options.onProgress,
    { id: 'engine', label: 'Finding a Docker Engine' },
    async (tell) => {
      const named = namedEngine(options)
      if (named) return await connect(named)
      if (options.settings.mode === 'auto') {
        for (const path of usualSockets(options.env ?? process.env)) {
          if (!(await exists(path))) continue
          const engine = await connect({ source: 'default', endpoint: { kind: 'socket', path } }).catch(
            () => null,
          )
          if (engine) return engine
          tell(`${path} is there, but no engine answers`)
        }
      }
      return await openOurs(options)
    },
  )
}

function namedEngine({ settings, env = process.env }: FindOptions): Candidate | null {
  if (settings.mode === 'custom') {
    return { source: 'settings', endpoint: parseEndpoint(settings.endpoint, settings.tlsDirectory || null) }
  }
  if (settings.mode !== 'auto' || !env.DOCKER_HOST) return null
  const tls = env.DOCKER_TLS_VERIFY ? (env.DOCKER_CERT_PATH ?? join(homedir(), '.docker')) : null
  return { source: 'environment', endpoint: parseEndpoint(env.DOCKER_HOST, tls) }
}

function usualSockets(env: NodeJS.ProcessEnv): string[] {
  if (process.platform === 'win32') return ['//./pipe/docker_engine']
  const rootless = env.XDG_RUNTIME_DIR ? [join(env.XDG_RUNTIME_DIR, 'docker.sock')] : []
  return ['/var/run/docker.sock', join(homedir(), '.docker/run/docker.sock'), ...rootless]
}

async function openOurs({ home, resources, onProgress }: FindOptions): Promise<OuterEngine> {
  const script = join(resources, 'engine/outer/private-engine.sh')
  const { socket, release } = await openPrivateEngine({ home, script, onProgress })
  try {
    return await connect({ source: 'private', endpoint: { kind: 'socket', path: socket } }, release)
  } catch (error) {
    await release()
    throw error
  }
}

async function connect(candidate: Candidate, release: Release = async () => {}): Promise<OuterEngine> {
  const docker = DockerClient.to(candidate.endpoint)
  try {
    const [{ Version: version }, capabilities] = await Promise.all([
      docker.version(),
      basicCapabilities(docker),
    ])
    return new OuterEngine({ ...candidate, docker, version, capabilities, release })
  } catch (error) {
    const where = endpointText(candidate.endpoint)
    throw new CapstanError('no-engine', `No Docker Engine answers at ${where}.`, {
      help:
        candidate.source === 'environment'
          ? 'Start it, or unset DOCKER_HOST.'
          : 'Start it, or choose another engine in the settings.',
      cause: error,
    })
  }
}
