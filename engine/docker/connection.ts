/** Requests to one engine, over dockerode's modem: each has a time limit and fails with a CapstanError. */
import { type Agent, IncomingMessage } from 'node:http'
import { type Duplex, Readable } from 'node:stream'
import type Docker from 'dockerode'
import type { ZodType, z } from 'zod'
import { CapstanError, isCapstanError } from '../../shared/errors'
import { readAnswer } from './answers'
import { readBody } from './body'
import { type Circumstances, refusedError, toCapstanError } from './failures'
import { type Json, nonsense, parseJson } from './json'
import { limited } from './limit'
import type { Request } from './request'

/** Milliseconds for a call that the engine answers at once. */
export const LIMIT_MS = 10_000
/** Milliseconds for a call that starts or removes something on a busy machine. */
export const SLOW_MS = 60_000

const ACCEPTED = new Set([200, 201, 204, 304])
/** Bytes that are read of a refusal: enough for the engine's words. */
const MOST_REFUSAL_BYTES = 64 * 1024
/** The modem hands over each answer, whatever its status is, and reads none of it. */
const ALL = new Proxy({}, { get: () => true })

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

  /**
   * The JSON of any GET of the engine's API, such as `/containers/json?all=1`. A plain word such as "OK" is a string,
   * and nothing is null.
   */
  async get(path: string, limitMs = LIMIT_MS): Promise<Json> {
    const request = { path, doing: `reading ${path}`, limitMs }
    return await this.#within(request, async (signal) => readJson(await this.#body(request, signal), request))
  }

  /** Sends one request, and reads its answer. @throws CapstanError `engine-refused` for an answer of another form */
  async ask<T extends ZodType>(request: Request, schema: T): Promise<z.infer<T>> {
    const body = await this.#within(request, async (signal) => await this.#body(request, signal))
    return readAnswer(schema, readJson(body, request), request.doing)
  }

  /** Sends one request whose answer has nothing in it that matters. */
  async send(request: Request): Promise<void> {
    await this.#within(request, async (signal) => void (await this.#body(request, signal)))
  }

  /** Sends one request. @returns the answer's body as it arrives; the signal of the request ends it */
  async open(request: Request): Promise<Readable> {
    const body = await this.#within(request, async (signal) => await this.#accepted(request, signal))
    tie(body, request.signal)
    return body
  }

  /** Sends one request for the raw connection. The signal of the request ends it. */
  async hijack(request: Request): Promise<Duplex> {
    const { doing } = request
    const connection = await this.#within(request, async (signal) => {
      const answer = await this.#dial({ ...request, hijack: true }, signal)
      if (!isAnswer(answer)) return answer
      await this.#refuse(answer, { doing, signal })
      answer.destroy()
      throw nonsense(doing, 'hands over no connection')
    })
    tie(connection, request.signal)
    return connection
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

  /** Does the work within the limit of a request. */
  async #within<T>(request: Request, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { doing, limitMs = LIMIT_MS, signal, file } = request
    const bounded = async (within: AbortSignal) => {
      try {
        return await work(within)
      } catch (error) {
        throw toCapstanError(error, this.#circumstances(doing))
      }
    }
    try {
      const done = await limited({ limitMs, doing, signal }, bounded)
      this.#met = true
      return done
    } catch (error) {
      if (file instanceof Readable) file.destroy()
      throw error
    }
  }

  async #body(request: Request, signal: AbortSignal): Promise<Buffer> {
    const { doing, mostBytes } = request
    return await readBody(await this.#accepted(request, signal), { doing, signal, mostBytes })
  }

  /** @throws CapstanError with the engine's own words when it refuses the request */
  async #accepted(request: Request, signal: AbortSignal): Promise<IncomingMessage> {
    const answer = await this.#dial(request, signal)
    if (!isAnswer(answer)) throw nonsense(request.doing, 'is a connection that nobody asked for')
    await this.#refuse(answer, { doing: request.doing, signal })
    return answer
  }

  async #refuse(
    answer: IncomingMessage,
    { doing, signal }: { doing: string; signal: AbortSignal },
  ): Promise<void> {
    const { statusCode = 0 } = answer
    if (ACCEPTED.has(statusCode)) return
    throw refusedError(
      statusCode,
      await readBody(answer, { doing, signal, mostBytes: MOST_REFUSAL_BYTES }),
      doing,
    )
  }

  async #dial(
    { method = 'GET', path, query = {}, body = {}, ...rest }: Request & { readonly hijack?: boolean },
    signal: AbortSignal,
  ): Promise<IncomingMessage | Duplex> {
    const { file, hijack = false, anonymous } = rest
    const own = new AbortController()
    return await new Promise((resolve, reject) => {
      const known = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))
      const options = {
        // The modem adds the query to a path only where it finds a question mark.
        path: `${path}${path.includes('?') ? '&' : '?'}`,
        method,
        options: { _query: known, _body: body },
        file,
        ...(anonymous && { authconfig: {} }),
        abortSignal: AbortSignal.any([signal, own.signal]),
        // The modem would read a body without a limit, and never call back when a connection breaks in the middle.
        isStream: true,
        statusCodes: ALL,
        hijack,
      }
      const fail = (error: unknown) => {
        own.abort()
        reject(error)
      }
      // The modem does not listen to the stream that it sends, so a failure of that would end the process.
      if (file instanceof Readable) file.on('error', fail)
      this.#docker.modem.dial(options as never, (error: unknown, answer: unknown) => {
        if (error) fail(error)
        else if (signal.aborted) (answer as Duplex).destroy()
        else resolve(answer as IncomingMessage | Duplex)
      })
    })
  }

  #circumstances(doing: string): Circumstances {
    return { doing, met: this.#met, gone: this.#gone }
  }
}

function isAnswer(answer: IncomingMessage | Duplex): answer is IncomingMessage {
  return answer instanceof IncomingMessage
}

/** An answer is JSON, a plain word such as "OK", or empty. */
function readJson(body: Buffer, { doing }: Request): Json {
  if (body.length === 0) return null
  try {
    return parseJson(body, doing)
  } catch (error) {
    if (error instanceof CapstanError) throw error
    return body.toString()
  }
}

/** Ends the stream with the signal. */
function tie(stream: Readable | Duplex, signal: AbortSignal | undefined): void {
  const stop = () => stream.destroy(signal?.reason)
  // A reader gets the error by itself. Without a listener, a stream that nobody reads would end the process.
  stream.on('error', () => undefined)
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop, { once: true })
  stream.once('close', () => signal?.removeEventListener('abort', stop))
}
