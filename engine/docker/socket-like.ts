/** A duplex that Node's HTTP client accepts as a socket: the methods that its agent calls are there and do nothing. */
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
