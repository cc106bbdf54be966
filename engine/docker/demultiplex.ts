/**
 * Takes the engine's multiplexed stream apart: frames of `[stream, 0, 0, 0, length as uint32]` and a payload.
 * A payload is passed on as it arrives, without a copy.
 */
import type { CapstanError } from '../../shared/errors'
import { nonsense } from './json'

/** Engine API, "Stream format" of container attach. */
const HEADER_BYTES = 8
const STDERR = 2

/** The three bytes after the number of the stream are zero. */
const NEVER_SET = 0x00_ff_ff_ff

export interface FrameListeners {
  readonly stdout: (chunk: Buffer) => void
  readonly stderr: (chunk: Buffer) => void
}

/** Splits a multiplexed stream that arrives in chunks of any size; payloads are passed on as they come. */
export class Demultiplexer {
  readonly #listeners: FrameListeners
  #header: Buffer = Buffer.alloc(0)
  #stream = 0
  #left = 0

  constructor(listeners: FrameListeners) {
    this.#listeners = listeners
  }

  /** @throws CapstanError `engine-refused` for bytes that are no frame; the rest of the stream means nothing then */
  push(chunk: Buffer): void {
    let rest = chunk
    while (rest.length > 0) rest = this.#left > 0 ? this.#payload(rest) : this.#head(rest)
  }

  #payload(rest: Buffer): Buffer {
    const part = rest.subarray(0, this.#left)
    this.#left -= part.length
    if (this.#stream === STDERR) this.#listeners.stderr(part)
    else this.#listeners.stdout(part)
    return rest.subarray(part.length)
  }

  #head(rest: Buffer): Buffer {
    const need = HEADER_BYTES - this.#header.length
    this.#header = Buffer.concat([this.#header, rest.subarray(0, need)])
    if (this.#header.length === HEADER_BYTES) {
      if (this.#header.readUInt32BE(0) & NEVER_SET || this.#header.readUInt8(0) > STDERR) throw noFrame()
      this.#stream = this.#header.readUInt8(0)
      this.#left = this.#header.readUInt32BE(4)
      this.#header = Buffer.alloc(0)
    }
    return rest.subarray(need)
  }
}

function noFrame(): CapstanError {
  return nonsense("reading a command's output", 'is not a stream of frames')
}
