/** Bytes that arrive in pieces and are kept as one buffer, however small the pieces are. */

const FIRST_BYTES = 4096

/** Copies what it is given: a slice would keep the whole piece of memory alive that it was cut from. */
export class Bytes {
  #buffer: Buffer = Buffer.alloc(0)
  #length = 0

  get length(): number {
    return this.#length
  }

  add(chunk: Uint8Array): void {
    const length = this.#length + chunk.length
    if (length > this.#buffer.length) this.#grow(length)
    this.#buffer.set(chunk, this.#length)
    this.#length = length
  }

  /** @returns the bytes until now, and begins again with none */
  take(): Buffer {
    const taken = this.#buffer.subarray(0, this.#length)
    this.#buffer = Buffer.alloc(0)
    this.#length = 0
    return taken
  }

  toString(): string {
    return this.#buffer.toString('utf8', 0, this.#length)
  }

  #grow(length: number): void {
    const larger = Buffer.allocUnsafe(Math.max(length, 2 * this.#buffer.length, FIRST_BYTES))
    this.#buffer.copy(larger, 0, 0, this.#length)
    this.#buffer = larger
  }
}
