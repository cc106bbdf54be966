/** The connections of a door. Those that wait for a request make room for new ones. */
import type { Duplex } from 'node:stream'

/** A browser asks for many things at once, but not for this many. */
const MOST = 128

export class Connections {
  /** Those without a request, the oldest one first. */
  readonly #waiting = new Set<Duplex>()
  /** The number of requests in progress. */
  readonly #busy = new Map<Duplex, number>()

  /** Takes a connection in. When there are too many, the one that has waited longest for a request is closed. */
  add(socket: Duplex): void {
    socket.on('error', () => socket.destroy())
    if (this.#waiting.size + this.#busy.size >= MOST) {
      const [oldest = socket] = this.#waiting
      this.#forget(oldest)
      oldest.destroy()
      if (oldest === socket) return
    }
    this.#waiting.add(socket)
    socket.once('close', () => this.#forget(socket))
  }

  /** A request has begun. @returns a function to call when it has ended */
  busy(socket: Duplex): () => void {
    this.#waiting.delete(socket)
    this.#busy.set(socket, (this.#busy.get(socket) ?? 0) + 1)
    return () => {
      const left = (this.#busy.get(socket) ?? 0) - 1
      if (left > 0) return void this.#busy.set(socket, left)
      this.#busy.delete(socket)
      if (!socket.destroyed) this.#waiting.add(socket)
    }
  }

  close(): void {
    for (const socket of [...this.#waiting, ...this.#busy.keys()]) socket.destroy()
  }

  #forget(socket: Duplex): void {
    this.#waiting.delete(socket)
    this.#busy.delete(socket)
  }
}
