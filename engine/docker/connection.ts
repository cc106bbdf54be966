/** Requests to one engine, over dockerode's modem: each has a time limit and fails with a CapstanError. */
import type { Agent } from 'node:http'
import { Duplex, Readable } from 'node:stream'
import type Docker from 'dockerode'
import type { CapstanError } from '../../shared/errors'
import { isCapstanError } from '../../shared/errors'
import { type Circumstances, toCapstanError } from './failures'
import { limited } from './limit'
import type { Request } from './request'

/** Milliseconds for a call that the engine answers at once. */
export const LIMIT_MS = 10_000
/** Milliseconds for a call that starts or removes something on a busy machine. */
export const SLOW_MS = 60_000

export interface EngineVersion {
  readonly Version: string
  readonly ApiVersion: string
  readonly Os: string
  readonly Arch: string
  readonly KernelVersion?: string
}

export interface CallOptions {
  /** Ends the call with a CapstanError `cancelled`. */
  readonly signal?: AbortSignal
}

export interface ConnectionOptions {
  readonly docker: Docker
  /** Makes the connections where the modem cannot, such as through ssh. */
  readonly agent?: Agent
  readonly gone?: (cause: unknown) => CapstanError
}

export class EngineConnection {
  readonly #docker: Docker
  readonly #agent: Agent | null
  readonly #gone: ConnectionOptions['gone']
  /** Whether the engine has answered before. */
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

  /** Sends one request. @returns the answer's JSON, or its body or connection as a stream where that was asked for */
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

  /** Sends a removal. A thing that is gone already is as good as removed. */
  async sendUnlessGone(request: Request): Promise<void> {
    await this.send(request).catch((error: unknown) => {
      if (!isCapstanError(error, 'not-found')) throw error
    })
  }

  /** Asks for a thing. @returns whether the engine has it */
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
        // The modem adds the query to a path only where it finds a question mark.
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
      // The modem does not listen to the stream that it sends, so a failure of that would end the process.
      if (file instanceof Readable) {
        file.on('error', (error) => {
          own.abort()
          reject(toCapstanError(error, this.#circumstances(doing)))
        })
      }
      this.#docker.modem.dial(options as never, (error: unknown, answer: unknown) => {
        // The modem never ends a refused request for a connection, and that would keep the process from exiting.
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

/** An answer is JSON, a plain word such as "OK", or empty. */
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
  // A reader gets the error by itself. Without a listener, a stream that nobody reads would end the process.
  stream.on('error', () => undefined)
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  stream.once('close', () => signal.removeEventListener('abort', stop))
}
