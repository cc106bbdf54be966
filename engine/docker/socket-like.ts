/** A duplex that node's HTTP client takes for a socket: what its agent calls on one is there, and does nothing. */
import { Duplex } from 'node:stream'

export abstract class SocketLike extends Duplex {
  constructor() {
    super({ allowHalfOpen: false })
  }

  setTimeout(): this {
    return this
  }

  setNoDelay(): this {
    return this
  }

  setKeepAlive(): this {
    return this
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }
}
