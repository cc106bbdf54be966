/** Connections to a node's inner engine, each carried by `nc` to its socket in an exec of the outer one. */
import { Agent, type ClientRequestArgs } from 'node:http'
import type { Duplex } from 'node:stream'
import { type CapstanError, isCapstanError } from '../../shared/errors'
import type { DockerClient } from '../docker'

/** One for events, a few for checks at once; each costs an exec the first time. */
const KEPT = 6

/**
 * In a node that has just started the socket is not there yet; once it is, a connection waits in its backlog
 * until the engine serves it. So the first request to a new node needs no polling from outside.
 */
const DIAL = [
  'sh',
  '-c',
  'for turn in $(seq 1000); do [ -S /var/run/docker.sock ] && break; sleep 0.01; done; exec nc -NU /var/run/docker.sock',
]

type Connected = (error: Error | null, stream: Duplex) => void

export class InnerAgent extends Agent {
  readonly #outer: DockerClient
  readonly #containerId: string
  readonly #gone: (cause: unknown) => CapstanError
  #destroyed = false

  constructor(outer: DockerClient, containerId: string, gone: (cause: unknown) => CapstanError) {
    super({ keepAlive: true, maxFreeSockets: KEPT })
    this.#outer = outer
    this.#containerId = containerId
    this.#gone = gone
  }

  override createConnection(_options: ClientRequestArgs, connected?: Connected): undefined {
    this.#outer.execs.openPipe(this.#containerId, DIAL).then(
      (pipe) => {
        if (!this.#destroyed) return connected?.(null, pipe)
        // Nobody would ever end a connection that was still being made when the others were let go.
        pipe.destroy()
        // An error comes without a stream, which the types cannot say.
        connected?.(this.#gone(null), undefined as never)
      },
      (error: unknown) => connected?.(this.#reason(error), undefined as never),
    )
  }

  override destroy(): void {
    this.#destroyed = true
    super.destroy()
  }

  /** The outer engine refuses an exec in a container that does not run (409) or exist (404). */
  #reason(error: unknown): CapstanError {
    const stopped = isCapstanError(error) && (error.status === 404 || error.status === 409)
    if (isCapstanError(error) && !stopped) return error
    return this.#gone(error)
  }
}
