/** A connection between two ends in one process. */
import type { Duplex } from 'node:stream'
import { SocketLike } from '../socket-like'

/** Two ends of a connection: each reads the bytes that the other writes. */
export function connection(): [Duplex, Duplex] {
  const [one, other] = [new End(), new End()]
  one.other = other
  other.other = one
  return [one, other]
}

class End extends SocketLike {
  other: End | null = null

  override _read(): void {
    // The other end pushes.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.other?.push(chunk)
    done()
  }

  override _final(done: () => void): void {
    this.other?.push(null)
    done()
  }
}
