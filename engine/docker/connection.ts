/** Requests to one engine: each has a time limit and fails with a CapstanError. */
import type { Agent } from 'node:http'
import { Duplex, Readable } from 'node:stream'
import type Docker from 'dockerode'
import type { CapstanError } from '../../shared/errors'
import { isCapstanError } from '../../shared/errors'
import { type Circumstances, toCapstanError } from './failures'
import { limited } from './limit'
import type { Request } from './request'

/** Milliseconds for a call that should take none. */
export const LIMIT_MS = 10_000
/** Milliseconds for one that starts or removes something on a busy machine. */
export const SLOW_MS = 60_000

export interface EngineVersion {
  readonly Version: string
  readonly ApiVersion: string
  readonly Os: string
  readonly Arch: string
  readonly KernelVersion?: string
}

export interface ConnectionOptions {
  readonly docker: Docker
  /** Makes the connections, where they are not made to a socket. */
  readonly agent?: Agent
  readonly gone?: (cause: unknown) => CapstanError
}

export class EngineConnection {
  readonly #docker: Docker
  readonly #agent: Agent | null
  readonly #gone: ConnectionOptions['gone']
  #met = false

  constructor({ docker, agent, gone }: ConnectionOptions) {
    this.#docker = docker
    this.#agent = agent ?? null
    this.#gone = gone
  }

  /** Lets go of kept connections. */
  close(): void {
    this.#agent?.destroy()
  }

  /** The JSON of any GET of the engine's API, such as `/containers/json?all=1`. */
  async get<T>(path: string, limitMs = LIMIT_MS): Promise<T> {
    return await this.send({ path, doing: `reading ${path}`, limitMs })
  }

  /** One request. */
  async send<T>(request: Request): Promise<T> {
    const { doing, limitMs = LIMIT_MS, signal, file } = request
    try {
      const answer = await limited({ limitMs, doing, signal }, (within) => this.#answer<T>(request, within))
      this.#met = true
      if (signal && (answer instanceof Readable || answer instanceof Duplex)) tie(answer, signal)
      return answer
    } catch (error) {
      if (file instanceof Readable) file.destroy()
      throw error
    }
  }

  /** A removal: what is gone already is fine, and so is what somebody else is removing. */
  async sendUnlessGone(request: Request): Promise<void> {
    await this.send(request).catch((error: unknown) => {
      if (!isCapstanError(error, 'not-found')) throw error
    })
  }

  /** Whether a thing is there that a request asks for. */
  async exists(request: Request): Promise<boolean> {
    return await this.send(request).then(
      () => true,
      (error: unknown) => {
        if (isCapstanError(error, 'not-found')) return false
        throw error
      },
    )
  }

  async #answer<T>(request: Request, signal: AbortSignal): Promise<T> {
    const answer = await this.#dial(request, signal)
    if (request.stream || request.hijack) return answer as T
    try {
      return readJson(Buffer.concat(await answer.toArray({ signal }))) as T
    } catch (error) {
      throw toCapstanError(error, this.#circumstances(request.doing))
    }
  }

  async #dial({ method = 'GET', path, query = {}, body = {}, ...rest }: Request, signal: AbortSignal) {
    const { file, doing, hijack, anonymous } = rest
    const own = new AbortController()
    return await new Promise<Readable>((resolve, reject) => {
      const known = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))
      const options = {
        // The modem appends the query to a path that has its question mark already.
        path: `${path}${path.includes('?') ? '&' : '?'}`,
        method,
        options: { _query: known, _body: body },
        file,
        ...(anonymous && { authconfig: {} }),
        abortSignal: AbortSignal.any([signal, own.signal]),
        // The modem never calls back when a connection breaks in the middle of a body, so bodies are read here.
        isStream: true,
        hijack,
        openStdin: hijack,
        statusCodes: { 101: true, 200: true, 201: true, 204: true, 304: true },
      }
      this.#docker.modem.dial(options as never, (error: unknown, answer: unknown) => {
        // A refused request for a connection is never ended by the modem, and would hold the process for good.
        if (error) own.abort()
        if (error) reject(toCapstanError(error, this.#circumstances(doing)))
        else if (signal.aborted) (answer as Readable).destroy()
        else resolve(answer as Readable)
      })
    })
  }

  #circumstances(doing: string): Circumstances {
    return { doing, met: this.#met, gone: this.#gone }
  }
}

/** The engine answers in JSON, or in a plain word such as "OK", or not at all. */
function readJson(body: Buffer): unknown {
  const text = body.toString()
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return text
  }
}

/** Ends the stream with the signal. */
function tie(stream: Readable | Duplex, signal: AbortSignal): void {
  const stop = () => stream.destroy(signal.reason)
  // Whoever reads hears of the error; a stream that nobody reads must not bring the process down.
  stream.on('error', () => undefined)
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  stream.once('close', () => signal.removeEventListener('abort', stop))
}
