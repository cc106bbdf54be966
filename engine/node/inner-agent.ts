/** Connections to a node's inner engine, each carried by `docker system dial-stdio` in an exec of the outer one. */
import { Agent, type ClientRequestArgs } from 'node:http'
import type { Duplex } from 'node:stream'
import type { DockerClient } from '../docker'

/** One for events, a few for checks at once; each costs an exec, about 50 ms, the first time. */
const KEPT = 6

type Connected = (error: Error | null, stream: Duplex) => void

export class InnerAgent extends Agent {
  readonly #outer: DockerClient
  readonly #containerId: string

  constructor(outer: DockerClient, containerId: string) {
    super({ keepAlive: true, maxFreeSockets: KEPT })
    this.#outer = outer
    this.#containerId = containerId
  }

  override createConnection(_options: ClientRequestArgs, connected?: Connected): undefined {
    this.#outer.openPipe(this.#containerId, ['docker', 'system', 'dial-stdio']).then(
      (pipe) => connected?.(null, pipe),
      // An error comes without a stream, which the types cannot say.
      (error: Error) => connected?.(error, undefined as never),
    )
  }
}
