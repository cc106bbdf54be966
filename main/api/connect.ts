/** The page's end of a contract: calls that are answered, streams that are watched. */
import type { z } from 'zod'
import { ApiError } from './errors'
import type { Problem } from './problem'
import type { AnyContract, Frame, Port } from './rpc'

export interface Watcher<T> {
  readonly onItem: (item: T) => void
  readonly onError?: (error: ApiError) => void
}

export interface Client<C extends AnyContract> {
  call<K extends keyof C['calls'] & string>(
    name: K,
    input: z.input<C['calls'][K]['in']>,
    signal?: AbortSignal,
  ): Promise<z.output<C['calls'][K]['out']>>
  /** @returns a function that stops the watch */
  subscribe<K extends keyof C['streams'] & string>(
    name: K,
    input: z.input<C['streams'][K]['in']>,
    watcher: Watcher<z.output<C['streams'][K]['out']>>,
  ): () => void
}

const CANCELLED: Problem = { code: 'cancelled', message: 'Cancelled.', help: null }
const DISCONNECTED: Problem = {
  code: 'disconnected',
  message: 'The connection to Capstan was lost.',
  help: 'It is being restored; try again in a moment.',
}

/**
 * The client of a contract, of which it needs the types alone: the page does without the schemas. When the port closes,
 * everything that waits fails with code `disconnected`.
 */
export function connect<C extends AnyContract>(port: Port): Client<C> {
  return new PortClient(port)
}

interface Waiting {
  readonly resolve: (out: never) => void
  readonly reject: (error: ApiError) => void
}

/** The host has parsed what comes back, so the types of the contract hold without a second look. */
class PortClient {
  readonly #port: Port
  readonly #calls = new Map<number, Waiting>()
  readonly #watchers = new Map<number, Watcher<never>>()
  #lastId = 0

  constructor(port: Port) {
    this.#port = port
    port.onFrame((frame) => this.#receive(frame as Frame))
    port.onClose(() => {
      for (const id of [...this.#calls.keys(), ...this.#watchers.keys()]) this.#fail(id, DISCONNECTED)
    })
  }

  async call(name: string, input: unknown, signal?: AbortSignal): Promise<never> {
    if (signal?.aborted) throw new ApiError(CANCELLED)
    const id = ++this.#lastId
    const cancel = () => {
      this.#port.send({ t: 'cancel', id })
      this.#fail(id, CANCELLED)
    }
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      return await new Promise<never>((resolve, reject) => {
        this.#calls.set(id, { resolve, reject })
        this.#port.send({ t: 'call', id, name, in: input })
      })
    } finally {
      // A frame that could not be sent leaves no answer to wait for.
      this.#calls.delete(id)
      signal?.removeEventListener('abort', cancel)
    }
  }

  subscribe(name: string, input: unknown, watcher: Watcher<never>): () => void {
    const id = ++this.#lastId
    this.#watchers.set(id, watcher)
    try {
      this.#port.send({ t: 'watch', id, name, in: input })
    } catch (error) {
      this.#watchers.delete(id)
      throw error
    }
    return () => {
      if (this.#watchers.delete(id)) this.#port.send({ t: 'cancel', id })
    }
  }

  #receive(frame: Frame | null): void {
    if (frame?.t === 'ok') this.#settle(frame.id)?.resolve(frame.out as never)
    else if (frame?.t === 'item') this.#watchers.get(frame.id)?.onItem(frame.out as never)
    else if (frame?.t === 'error') this.#fail(frame.id, frame.error)
  }

  #settle(id: number): Waiting | undefined {
    const call = this.#calls.get(id)
    this.#calls.delete(id)
    return call
  }

  #fail(id: number, problem: Problem): void {
    this.#settle(id)?.reject(new ApiError(problem))
    const watcher = this.#watchers.get(id)
    this.#watchers.delete(id)
    watcher?.onError?.(new ApiError(problem))
  }
}
