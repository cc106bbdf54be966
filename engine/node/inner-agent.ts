/** Connections to the inner engine of a node: for each, an exec of the outer engine runs `nc` to the inner socket. */
import { Agent, type ClientRequestArgs } from 'node:http'
import type { Duplex } from 'node:stream'
import { type CapstanError, isCapstanError } from '../../shared/errors'
import { stretched } from '../../shared/time-limits'
import type { DockerClient } from '../docker'

/** Connections that are kept open: one for events and a few for checks at once. A new one costs an exec. */
const KEPT = 6

/**
 * In a node that has just started the socket is not there yet, so the command waits for it. Once it is there, a
 * connection waits in its backlog until the engine serves it. The first request to a new node needs no other waiting.
 * The wait is a read of a pipe that nobody writes to: a program for each turn would take time from the engines.
 */
const dial = () => [
  'bash',
  '-c',
  `exec 3<> <(:); for ((turn = 0; turn < ${stretched(SOCKET_TURNS)}; turn++)); do [ -S /var/run/docker.sock ] && break; read -rt 0.01 -u 3; done; exec 3>&- nc -NU /var/run/docker.sock`,
]
/** Turns of 10 ms: ten seconds. */
const SOCKET_TURNS = 1_000

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
    this.#outer.execs.openPipe(this.#containerId, dial()).then(
      (pipe) => {
        if (!this.#destroyed) return connected?.(null, pipe)
        // A connection that was still being made when the agent was destroyed would never be ended by anybody.
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
