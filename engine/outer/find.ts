/** Finds the outer engine: one that is named, else one that runs, else our own. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { CapstanError } from '../../shared/errors'
import { DockerClient, type Endpoint, endpointText, parseEndpoint } from '../docker'
import { basicCapabilities } from './capabilities'
import { type EngineSource, OuterEngine, type Release } from './outer-engine'
import { exists } from './packages'
import { openPrivateEngine } from './private-engine'
import { asSetupLine, type ProgressListener, type ReportDetail } from './setup-progress'

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
  readonly endpoint: Endpoint
}

/**
 * Looks at the settings, then at DOCKER_HOST, then at the usual sockets, then at an engine of our own. An engine that
 * was named and does not answer is an error: another one never takes its place.
 * @throws CapstanError `no-engine` with what to do, or `cancelled`
 */
export async function findEngine(options: FindOptions, parts: FindParts = {}): Promise<OuterEngine> {
  const line = { id: 'engine', label: 'Finding a Docker Engine' }
  try {
    return await asSetupLine(options.onProgress, line, (report) => search(options, parts, report))
  } catch (error) {
    if (!options.signal?.aborted) throw error
    throw new CapstanError('cancelled', 'Stopped looking for a Docker Engine.', { cause: error })
  }
}

async function search(options: FindOptions, parts: FindParts, report: ReportDetail): Promise<OuterEngine> {
  const { settings, signal, env = process.env } = options
  signal?.throwIfAborted()
  const named = namedEngine(settings, env)
  if (named) return await connect(named, { signal })
  const sockets = settings.mode === 'auto' ? (parts.sockets ?? usualSockets(process.platform, env)) : []
  for (const path of sockets) {
    if (!(await exists(path))) continue
    const engine = await connect({ source: 'default', endpoint: { kind: 'socket', path } }, { signal }).catch(
      () => null,
    )
    if (engine) return engine
    signal?.throwIfAborted()
    report(`${path} is there, but no engine answers`)
  }
  return await openOurs(options, parts.openPrivate ?? openPrivateEngine)
}

function namedEngine(settings: EngineSettings, env: NodeJS.ProcessEnv): Candidate | null {
  if (settings.mode === 'custom') {
    return { source: 'settings', endpoint: parseEndpoint(settings.endpoint, settings.tlsDirectory || null) }
  }
  if (settings.mode !== 'auto' || !env.DOCKER_HOST) return null
  const tls = env.DOCKER_TLS_VERIFY ? (env.DOCKER_CERT_PATH ?? join(homedir(), '.docker')) : null
  return { source: 'environment', endpoint: parseEndpoint(env.DOCKER_HOST, tls) }
}

/** The sockets of Docker on Linux, of Docker Desktop, and of Docker without root. */
export function usualSockets(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === 'win32') return ['//./pipe/docker_engine']
  const rootless = env.XDG_RUNTIME_DIR ? [join(env.XDG_RUNTIME_DIR, 'docker.sock')] : []
  return ['/var/run/docker.sock', join(homedir(), '.docker/run/docker.sock'), ...rootless]
}

async function openOurs(
  { home, resources, onProgress, signal }: FindOptions,
  openPrivate: typeof openPrivateEngine,
): Promise<OuterEngine> {
  const script = join(resources, 'engine/outer/private-engine.sh')
  const { socket, release } = await openPrivate({ home, script, onProgress, signal })
  try {
    const candidate = { source: 'private', endpoint: { kind: 'socket', path: socket } } as const
    return await connect(candidate, { signal, release })
  } catch (error) {
    await release()
    throw error
  }
}

interface ConnectOptions {
  readonly signal?: AbortSignal | undefined
  readonly release?: Release
}

async function connect(
  candidate: Candidate,
  { signal, release = async () => undefined }: ConnectOptions,
): Promise<OuterEngine> {
  const docker = DockerClient.to(candidate.endpoint)
  const call = signal ? { signal } : {}
  try {
    const [{ Version: version }, capabilities] = await Promise.all([
      docker.version(call),
      basicCapabilities(docker, call),
    ])
    return new OuterEngine({ ...candidate, docker, version, capabilities, release })
  } catch (error) {
    docker.close()
    throw silentError(candidate, error)
  }
}

function silentError({ source, endpoint }: Candidate, cause: unknown): CapstanError {
  const instead = source === 'environment' ? 'unset DOCKER_HOST' : 'choose another engine in the settings'
  return new CapstanError('no-engine', `No Docker Engine answers at ${endpointText(endpoint)}.`, {
    help: `Start it, or ${instead}.`,
    cause,
  })
}
