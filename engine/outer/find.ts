/** Finds the outer engine: one that is named, else one that runs, else our own. It tells what it looked at. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { CapstanError, isCapstanError } from '../../shared/errors'
import { DockerClient, type Endpoint, endpointText, parseEndpoint } from '../docker'
import { basicCapabilities } from './capabilities'
import { chosenContext, dockerConfigFolder, readContext } from './docker-contexts'
import { type EngineSource, OuterEngine, type Release } from './outer-engine'
import { recallPace } from './pace'
import { exists } from './packages'
import { podmanVersion } from './podman'
import { openPrivateEngine } from './private-engine'
import { asSetupLine, type ProgressListener, type ReportDetail } from './setup-progress'
import { EngineNotFound, type Tried } from './tried'
import { usualSockets } from './usual-sockets'

export interface EngineSettings {
  readonly mode: 'auto' | 'custom' | 'private'
  readonly endpoint: string
  readonly tlsDirectory: string
}

export interface FindOptions {
  readonly settings: EngineSettings
  readonly home: string
  /** Folder with our scripts and recipes. */
  readonly resources: string
  readonly onProgress: ProgressListener
  /** Ends the search, also a download or the start of our own engine. */
  readonly signal?: AbortSignal
  readonly env?: NodeJS.ProcessEnv
}

export interface FindParts {
  /** Sockets on which an engine may listen, the most likely one first. */
  readonly sockets?: readonly string[]
  readonly openPrivate?: typeof openPrivateEngine
}

interface Candidate {
  readonly source: EngineSource
  /** The Docker context that names it. */
  readonly context?: string
  readonly endpoint: Endpoint
}

/**
 * Looks at the settings, then where the Docker command line would (DOCKER_HOST, DOCKER_CONTEXT, the current context),
 * then at the usual sockets, then at an engine of our own. An engine that was named for Capstan and does not answer is
 * an error: another one never takes its place. The current context counts as found, not as named, because programs make
 * theirs the current one.
 * @throws EngineNotFound `no-engine` with what to do and what was tried; CapstanError `cancelled`
 */
export async function findEngine(options: FindOptions, parts: FindParts = {}): Promise<OuterEngine> {
  const line = { id: 'engine', label: 'Finding a Docker Engine' }
  const tried: Tried[] = []
  try {
    return await asSetupLine(options.onProgress, line, (report) =>
      new Search(options, parts, { report, tried }).run(),
    )
  } catch (error) {
    if (options.signal?.aborted) {
      throw new CapstanError('cancelled', 'Stopped looking for a Docker Engine.', { cause: error })
    }
    throw isCapstanError(error) ? new EngineNotFound(error, tried) : error
  }
}

interface Telling {
  readonly report: ReportDetail
  readonly tried: Tried[]
}

class Search {
  readonly #options: FindOptions
  readonly #env: NodeJS.ProcessEnv
  readonly #parts: FindParts
  readonly #report: ReportDetail
  readonly #tried: Tried[]

  constructor(options: FindOptions, parts: FindParts, { report, tried }: Telling) {
    this.#options = options
    this.#env = options.env ?? process.env
    this.#parts = parts
    this.#report = report
    this.#tried = tried
  }

  async run(): Promise<OuterEngine> {
    const { settings, signal } = this.#options
    signal?.throwIfAborted()
    if (settings.mode === 'private') return await this.#own()
    const named = this.#named()
    if (named) return await this.#connect(named.what, named.read)
    return (await this.#found()) ?? (await this.#own())
  }

  /** The engine that somebody has named for this run, with its place in words. */
  #named(): { what: string; read: () => Candidate } | null {
    const { mode, endpoint, tlsDirectory } = this.#options.settings
    if (mode === 'custom') {
      const read = () => ({
        source: 'settings' as const,
        endpoint: parseEndpoint(endpoint, tlsDirectory || null),
      })
      return { what: `the settings (${endpoint})`, read }
    }
    const { DOCKER_HOST: host, DOCKER_CONTEXT: context } = this.#env
    if (host) {
      return { what: `DOCKER_HOST (${host})`, read: () => hostCandidate(host, this.#env) }
    }
    if (!context || !chosenContext(this.#env, this.#folder)) return null
    return { what: `context ${context} (DOCKER_CONTEXT)`, read: () => this.#contextCandidate(context) }
  }

  /** The first engine that runs in a place that programs choose. */
  async #found(): Promise<OuterEngine | null> {
    const current = this.#currentContext()
    const seen = current ? endpointText(current.endpoint) : ''
    if (current) {
      const what = `context ${current.context} (${seen})`
      const engine = await this.#tryToConnect(what, current)
      if (engine) return engine
    }
    for (const path of this.#parts.sockets ?? usualSockets(process.platform, { env: this.#env })) {
      const endpoint = { kind: 'socket', path } as const
      if (endpointText(endpoint) === seen) continue
      if (!(await exists(path))) {
        this.#note(path, 'not there')
        continue
      }
      const engine = await this.#tryToConnect(path, { source: 'default', endpoint })
      if (engine) return engine
    }
    return null
  }

  /** A file of the command line that cannot be used is told, and the search goes on. */
  #currentContext(): Candidate | null {
    let what = 'the current Docker context'
    try {
      const chosen = chosenContext(this.#env, this.#folder)
      if (!chosen) return null
      what = `context ${chosen.name}`
      return this.#contextCandidate(chosen.name)
    } catch (error) {
      this.#note(what, wordsOf(error))
      return null
    }
  }

  #contextCandidate(context: string): Candidate {
    return { source: 'context', context, endpoint: readContext(context, this.#folder) }
  }

  get #folder(): string {
    return dockerConfigFolder(this.#env)
  }

  /** @returns null where nothing answers that labs can run on */
  async #tryToConnect(what: string, candidate: Candidate): Promise<OuterEngine | null> {
    try {
      return await this.#connect(what, () => candidate)
    } catch {
      this.#options.signal?.throwIfAborted()
      const last = this.#tried.at(-1)
      this.#report(`${what}: ${last?.result}`)
      return null
    }
  }

  async #connect(what: string, read: () => Candidate, release?: Release): Promise<OuterEngine> {
    const { home, signal } = this.#options
    try {
      const candidate = read()
      await recallPace({ home, endpoint: endpointText(candidate.endpoint) })
      const engine = await connect(candidate, { tried: this.#tried, signal, ...(release && { release }) })
      this.#note(what, `Docker Engine ${engine.version} answers`)
      return engine
    } catch (error) {
      this.#note(what, resultOf(error))
      throw error
    }
  }

  async #own(): Promise<OuterEngine> {
    const { home, resources, onProgress, signal } = this.#options
    const script = join(resources, 'engine/outer/private-engine.sh')
    const what = "an engine of Capstan's own"
    try {
      const open = this.#parts.openPrivate ?? openPrivateEngine
      const { socket, release } = await open({ home, script, onProgress, signal })
      try {
        const candidate = { source: 'private', endpoint: { kind: 'socket', path: socket } } as const
        return await this.#connect(what, () => candidate, release)
      } catch (error) {
        await release()
        throw error
      }
    } catch (error) {
      if (this.#tried.at(-1)?.what !== what) this.#note(what, wordsOf(error))
      throw error
    }
  }

  #note(what: string, result: string): void {
    this.#tried.push({ what, result })
  }
}

function hostCandidate(host: string, env: NodeJS.ProcessEnv): Candidate {
  const tls = env.DOCKER_TLS_VERIFY ? (env.DOCKER_CERT_PATH ?? join(homedir(), '.docker')) : null
  return { source: 'environment', endpoint: parseEndpoint(host, tls) }
}

interface ConnectOptions {
  readonly tried: readonly Tried[]
  readonly signal?: AbortSignal | undefined
  readonly release?: Release
}

async function connect(
  candidate: Candidate,
  { tried, signal, release = async () => undefined }: ConnectOptions,
): Promise<OuterEngine> {
  const docker = DockerClient.to(candidate.endpoint)
  const call = signal ? { signal } : {}
  try {
    const [version, capabilities] = await Promise.all([docker.version(call), basicCapabilities(docker, call)])
    const podman = podmanVersion(version)
    if (podman !== null) throw podmanError(candidate, podman)
    return new OuterEngine({ ...candidate, tried, docker, version: version.Version, capabilities, release })
  } catch (error) {
    docker.close()
    throw isCapstanError(error, 'capability-missing') ? error : silentError(candidate, error)
  }
}

const INSTEAD: Readonly<Record<EngineSource, string>> = {
  settings: 'choose another engine in the settings',
  environment: 'unset DOCKER_HOST',
  context: 'choose another context with DOCKER_CONTEXT or `docker context use`',
  default: 'choose another engine in the settings',
  private: 'choose another engine in the settings',
}

function silentError({ source, endpoint }: Candidate, cause: unknown): CapstanError {
  return new CapstanError('no-engine', `No Docker Engine answers at ${endpointText(endpoint)}.`, {
    help: `Start it, or ${INSTEAD[source]}.`,
    cause,
  })
}

function podmanError({ source, endpoint }: Candidate, version: string): CapstanError {
  return new CapstanError(
    'capability-missing',
    `Podman ${version} answers at ${endpointText(endpoint)}, and lab nodes cannot run in it.`,
    {
      help: `Start a Docker Engine, or ${INSTEAD[source]}. Docker and Podman may run side by side; on Linux, Capstan runs an engine of its own as root.`,
    },
  )
}

/** What is told of a place without an engine that labs can run on. */
function resultOf(error: unknown): string {
  if (!isCapstanError(error, 'no-engine')) return wordsOf(error)
  const { cause } = error
  const why = isCapstanError(cause) && !/^No Docker Engine answers/.test(cause.message) ? cause.message : ''
  return why ? `no engine answers: ${why}` : 'no engine answers'
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
