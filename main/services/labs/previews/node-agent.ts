/** Connections to a port inside a node, for Node's HTTP client. */
import { Agent, type ClientRequestArgs } from 'node:http'
import type { Duplex } from 'node:stream'

/** Connections that are kept between requests. A new one costs an exec. */
const KEPT = 6
/** Connections at once. Further requests wait for one. */
const MOST = 32

export type Dial = () => Promise<Duplex>
type Connected = (error: Error | null, stream: Duplex) => void

export class NodeAgent extends Agent {
  readonly #dial: Dial
  #destroyed = false

  constructor(dial: Dial) {
    super({ keepAlive: true, maxFreeSockets: KEPT, maxSockets: MOST })
    this.#dial = dial
  }

  override createConnection(_options: ClientRequestArgs, connected?: Connected): undefined {
    this.#dial().then(
      (stream) => {
        // The client listens when it gets the stream. Until then a failure would end the process.
        stream.on('error', () => stream.destroy())
        if (!this.#destroyed) return connected?.(null, stream)
        stream.destroy()
        // An error comes without a stream, which the types cannot say.
        connected?.(new Error('The door was closed.'), undefined as never)
      },
      (error: unknown) =>
        connected?.(error instanceof Error ? error : new Error(String(error)), undefined as never),
    )
  }

  override destroy(): void {
    this.#destroyed = true
    super.destroy()
  }
}
