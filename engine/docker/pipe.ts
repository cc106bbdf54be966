/** The stdin and stdout of a command in a container as one duplex, fit to carry HTTP. */
import type { Duplex } from 'node:stream'
import { CapstanError } from '../../shared/errors'
import { Demultiplexer } from './demultiplex'
import { SocketLike } from './socket-like'

/** Characters of stderr that are kept: enough to say why a command ended. */
const STDERR_KEPT = 500

export class CommandPipe extends SocketLike {
  readonly #socket: Duplex
  #stderr = ''
  #over = false

  constructor(socket: Duplex) {
    super()
    this.#socket = socket
    const frames = new Demultiplexer({
      stdout: (chunk) => {
        if (!this.push(chunk)) socket.pause()
      },
      stderr: (chunk) => {
        this.#stderr = (this.#stderr + chunk.toString()).slice(-STDERR_KEPT)
      },
    })
    socket.on('data', (chunk: Buffer) => this.#take(chunk, frames))
    socket.once('error', (error) => this.destroy(error))
    socket.once('end', () => this.#ended())
    socket.once('close', () => this.#ended())
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, done)
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(() => done())
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy()
    done(error)
  }

  #take(chunk: Buffer, frames: Demultiplexer): void {
    try {
      frames.push(chunk)
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error(String(error)))
    }
  }

  /** The reader still gets what has arrived, and then the end. Words on stderr are an error instead. */
  #ended(): void {
    if (this.destroyed || this.#over) return
    this.#over = true
    const words = this.#stderr.trim()
    this.once('end', () => this.destroy())
    if (!words) this.push(null)
    else this.destroy(new CapstanError('node-gone', `The node's engine does not answer: ${words}`))
  }
}
