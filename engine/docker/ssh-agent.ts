/**
 * Connections to an engine on another machine, made with the `ssh` command as the Docker CLI makes them: the
 * user's own keys, configuration and known hosts apply. (The modem has an ssh client too, but it does not check known
 * hosts, so it would talk to any machine that answers.)
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { Agent, type ClientRequestArgs } from 'node:http'
import type { Duplex } from 'node:stream'
import { CapstanError } from '../../shared/errors'
import { stretched } from '../../shared/time-limits'
import type { Endpoint } from './endpoint'
import { SocketLike } from './socket-like'

type SshEndpoint = Extract<Endpoint, { kind: 'ssh' }>

/** Connections that are kept open. Each is a process. */
const KEPT = 3
const CONNECT_SECONDS = 8
/** Characters of stderr that are kept: enough to say why ssh ended. */
const STDERR_KEPT = 500

export class SshAgent extends Agent {
  readonly #endpoint: SshEndpoint

  constructor(endpoint: SshEndpoint) {
    super({ keepAlive: true, maxFreeSockets: KEPT })
    this.#endpoint = endpoint
  }

  override createConnection(_options: ClientRequestArgs): Duplex {
    return new ProcessPipe(spawn('ssh', sshArguments(this.#endpoint)), this.#endpoint.host)
  }
}

export function sshArguments({ host, port, user }: SshEndpoint): string[] {
  return [
    // Nobody could answer when ssh asks for a password.
    ...['-T', '-o', 'BatchMode=yes', '-o', `ConnectTimeout=${stretched(CONNECT_SECONDS)}`],
    ...(user === null ? [] : ['-l', user]),
    ...(port === null ? [] : ['-p', String(port)]),
    ...['--', host, 'docker', 'system', 'dial-stdio'],
  ]
}

/** The stdin and stdout of a process as one duplex. */
class ProcessPipe extends SocketLike {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #host: string
  #stderr = ''

  constructor(child: ChildProcessWithoutNullStreams, host: string) {
    super()
    this.#child = child
    this.#host = host
    this.once('end', () => this.destroy())
    child.stdout.on('data', (chunk: Buffer) => this.push(chunk) || child.stdout.pause())
    child.stderr.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-STDERR_KEPT)
    })
    // A process that takes no more input says why when it ends.
    child.stdin.on('error', () => undefined)
    child.once('error', (error) => this.destroy(this.#failure(error.message)))
    child.once('close', (code) => {
      if (code === 0 || this.destroyed) this.push(null)
      else this.destroy(this.#failure(this.#stderr.trim() || `exit code ${code}`))
    })
  }

  override _read(): void {
    this.#child.stdout.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // An error of this write is left out: the end of the process says why.
    this.#child.stdin.write(chunk, () => done())
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#child.stdin.end(() => done())
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#child.kill()
    done(error)
  }

  /** A connection that is kept open without use must not keep the app from exiting. */
  override unref(): this {
    this.#child.unref()
    for (const stream of this.#child.stdio)
      if (stream && 'unref' in stream) (stream as { unref(): void }).unref()
    return this
  }

  override ref(): this {
    this.#child.ref()
    for (const stream of this.#child.stdio) if (stream && 'ref' in stream) (stream as { ref(): void }).ref()
    return this
  }

  #failure(words: string): CapstanError {
    return new CapstanError(
      'no-engine',
      `The Docker Engine of ${this.#host} could not be reached by ssh: ${words}`,
      {
        help: `Make sure that "ssh ${this.#host} docker version" works in a terminal and asks nothing.`,
      },
    )
  }
}
