/** One Docker Engine, outer or inner: every call has a time limit and fails with a CapstanError. */
import type { Agent } from 'node:http'
import Docker from 'dockerode'
import type { CapstanError } from '../../shared/errors'
import { type ConnectionOptions, EngineConnection, type EngineVersion, LIMIT_MS } from './connection'
import { Containers } from './containers'
import { connectOptions, type Endpoint } from './endpoint'
import { type EventWatch, watchEvents } from './events'
import { Execs } from './execs'
import { Images } from './images'
import { Networks } from './networks'
import { SshAgent } from './ssh-agent'
import { Swarm } from './swarm'
import { Volumes } from './volumes'

export interface OverOptions {
  /** The error for an engine that does not answer, such as `node-gone`. */
  readonly gone?: (cause: unknown) => CapstanError
}

export class DockerClient {
  readonly containers: Containers
  readonly execs: Execs
  readonly images: Images
  readonly networks: Networks
  readonly swarm: Swarm
  readonly volumes: Volumes
  readonly #connection: EngineConnection

  private constructor(options: ConnectionOptions) {
    const connection = new EngineConnection(options)
    this.#connection = connection
    this.containers = new Containers(connection)
    this.execs = new Execs(connection)
    this.images = new Images(connection)
    this.networks = new Networks(connection)
    this.swarm = new Swarm(connection)
    this.volumes = new Volumes(connection)
  }

  /** A client of the engine at an endpoint. Nothing is sent yet. @throws CapstanError `bad-input` for TLS files */
  static to(endpoint: Endpoint): DockerClient {
    if (endpoint.kind === 'ssh') return DockerClient.over(new SshAgent(endpoint))
    return new DockerClient({ docker: new Docker(connectOptions(endpoint)) })
  }

  /** A client whose connections an agent makes, such as through an exec in a node. */
  static over(agent: Agent, { gone }: OverOptions = {}): DockerClient {
    // dockerode's types leave out the agent that its modem takes.
    const options: Docker.DockerOptions & { agent: Agent } = {
      protocol: 'http',
      host: 'engine',
      port: 80,
      agent,
    }
    return new DockerClient({ docker: new Docker(options), agent, ...(gone && { gone }) })
  }

  async ping(limitMs = LIMIT_MS): Promise<void> {
    await this.#connection.send({ path: '/_ping', doing: 'asking whether it is there', limitMs })
  }

  async version(): Promise<EngineVersion> {
    return await this.#connection.send({ path: '/version', doing: 'asking for its version' })
  }

  async info(): Promise<Readonly<Record<string, unknown>>> {
    return await this.#connection.send({ path: '/info', doing: 'asking what it can do' })
  }

  /** The JSON of any GET of the engine's API, such as `/containers/json?all=1`. */
  async get<T>(path: string, limitMs = LIMIT_MS): Promise<T> {
    return await this.#connection.get(path, limitMs)
  }

  /**
   * Calls back for each event of the engine until the signal aborts or the engine ends the stream.
   * Resolves when the stream is open: events from then on are seen. @returns a function that stops the watch
   */
  async watchEvents(watch: EventWatch): Promise<() => void> {
    return await watchEvents(this.#connection, watch)
  }

  /** Lets go of kept connections. */
  close(): void {
    this.#connection.close()
  }
}
