/**
 * One Docker Engine, outer or inner: every call has a time limit and fails with a CapstanError.
 *
 * This folder uses two things of dockerode: the modem, which makes the HTTP requests, and the type of a new container.
 * What the engine answers is read with schemas of ours, because the engine in a node can be any program.
 * It calls no method of dockerode itself, because those have neither limits nor signals. Output of commands and
 * progress of builds are also read by code of ours: the modem's `demuxStream` copies its buffer for every chunk, and
 * its `followProgress` cuts characters of several bytes and keeps all lines in memory.
 */
import type { Agent } from 'node:http'
import Docker from 'dockerode'
import type { CapstanError } from '../../shared/errors'
import { EngineInfo, EngineVersion } from './answers'
import { type CallOptions, type ConnectionOptions, EngineConnection, LIMIT_MS } from './connection'
import { Containers } from './containers'
import { connectOptions, type Endpoint } from './endpoint'
import { type EventWatch, watchEvents } from './events'
import { Execs } from './execs'
import { Images } from './images'
import type { Json } from './json'
import { Networks } from './networks'
import { SshAgent } from './ssh-agent'
import { Swarm } from './swarm'
import { Volumes } from './volumes'

/** The methods of a part, without its private fields: a plain object with these methods can stand in for it. */
type MethodsOf<T> = Pick<T, keyof T>

/** A function that needs one part of an engine takes `Pick<DockerClient, 'containers'>`. */
export interface DockerClient {
  readonly containers: MethodsOf<Containers>
  readonly execs: MethodsOf<Execs>
  readonly images: MethodsOf<Images>
  readonly networks: MethodsOf<Networks>
  readonly swarm: MethodsOf<Swarm>
  readonly volumes: MethodsOf<Volumes>

  ping(limitMs?: number, options?: CallOptions): Promise<void>
  version(options?: CallOptions): Promise<EngineVersion>
  info(options?: CallOptions): Promise<EngineInfo>
  /** The JSON of any GET of the engine's API, such as `/containers/json?all=1`. */
  get(path: string, limitMs?: number): Promise<Json>
  /**
   * Calls back for each event of the engine until the signal aborts or the engine ends the stream.
   * Resolves when the stream is open: events from then on are seen. @returns a function that stops the watch
   */
  watchEvents(watch: EventWatch): Promise<() => void>
  /** Lets go of kept connections. */
  close(): void
}

export interface OverOptions {
  /** Makes the error for an engine that does not answer, such as `node-gone`. */
  readonly gone?: (cause: unknown) => CapstanError
}

export const DockerClient = {
  /** A client of the engine at an endpoint. Nothing is sent yet. @throws CapstanError `bad-input` for TLS files */
  to(endpoint: Endpoint): DockerClient {
    if (endpoint.kind === 'ssh') return DockerClient.over(new SshAgent(endpoint))
    const options = connectOptions(endpoint)
    const { agent } = options
    return new ConnectedClient({ docker: new Docker(options), ...(agent && { agent }) })
  },

  /** A client whose connections an agent makes, such as through an exec in a node. */
  over(agent: Agent, { gone }: OverOptions = {}): DockerClient {
    // dockerode's types leave out the agent that its modem takes.
    const options: Docker.DockerOptions & { agent: Agent } = {
      protocol: 'http',
      host: 'engine',
      port: 80,
      agent,
    }
    return new ConnectedClient({ docker: new Docker(options), agent, ...(gone && { gone }) })
  },
}

class ConnectedClient implements DockerClient {
  readonly containers: Containers
  readonly execs: Execs
  readonly images: Images
  readonly networks: Networks
  readonly swarm: Swarm
  readonly volumes: Volumes
  readonly #connection: EngineConnection

  constructor(options: ConnectionOptions) {
    const connection = new EngineConnection(options)
    this.#connection = connection
    this.containers = new Containers(connection)
    this.execs = new Execs(connection)
    this.images = new Images(connection)
    this.networks = new Networks(connection)
    this.swarm = new Swarm(connection)
    this.volumes = new Volumes(connection)
  }

  async ping(limitMs = LIMIT_MS, options: CallOptions = {}): Promise<void> {
    await this.#connection.send({
      path: '/_ping',
      doing: 'asking whether it is there',
      limitMs,
      ...options,
    })
  }

  async version(options: CallOptions = {}): Promise<EngineVersion> {
    const request = { path: '/version', doing: 'asking for its version', ...options }
    return await this.#connection.ask(request, EngineVersion)
  }

  async info(options: CallOptions = {}): Promise<EngineInfo> {
    const request = { path: '/info', doing: 'asking what it can do', ...options }
    return await this.#connection.ask(request, EngineInfo)
  }

  async get(path: string, limitMs = LIMIT_MS): Promise<Json> {
    return await this.#connection.get(path, limitMs)
  }

  async watchEvents(watch: EventWatch): Promise<() => void> {
    return await watchEvents(this.#connection, watch)
  }

  close(): void {
    this.#connection.close()
  }
}
