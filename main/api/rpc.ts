/**
 * Serves and calls a contract over anything that can send and receive a frame.
 *
 * It knows neither Electron nor WebSockets. Inputs are parsed at the host, and outputs too: a field that the
 * contract does not name is stripped before it leaves.
 */
import { z } from 'zod'
import { ApiError, toWire, type WireError } from './errors'

interface CallSpec {
  readonly in: z.ZodType
  readonly out: z.ZodType
}

export interface AnyContract {
  readonly calls: Readonly<Record<string, CallSpec>>
  readonly streams: Readonly<Record<string, CallSpec>>
}

/** Goes up when the frames change. */
export const PROTOCOL = 1

const Id = z.number().int().min(1)
const Frame = z.discriminatedUnion('t', [
  z.object({ t: z.literal('hello'), protocol: z.number() }),
  z.object({ t: z.literal('call'), id: Id, name: z.string(), in: z.unknown() }),
  z.object({ t: z.literal('watch'), id: Id, name: z.string(), in: z.unknown() }),
  z.object({ t: z.literal('cancel'), id: Id }),
  z.object({ t: z.literal('ok'), id: Id, out: z.unknown() }),
  z.object({ t: z.literal('item'), id: Id, out: z.unknown() }),
  z.object({
    t: z.literal('error'),
    id: Id,
    error: z.object({ code: z.string(), message: z.string(), help: z.string().nullable() }),
  }),
])
export type Frame = z.infer<typeof Frame>

/** A transport: frames out, frames in, and an end. */
export interface Port {
  send(frame: Frame): void
  onFrame(listener: (frame: unknown) => void): () => void
  onClose(listener: () => void): () => void
}

type Calls<C extends AnyContract> = C['calls']
type Streams<C extends AnyContract> = C['streams']
type In<S extends CallSpec> = z.output<S['in']>
type Out<S extends CallSpec> = z.input<S['out']>

export interface Handlers<C extends AnyContract> {
  readonly calls: {
    readonly [K in keyof Calls<C>]: (input: In<Calls<C>[K]>, signal: AbortSignal) => Promise<Out<Calls<C>[K]>>
  }
  readonly streams: {
    /** Emits a current value, then every change. @returns stops; may come as a promise */
    readonly [K in keyof Streams<C>]: (
      input: In<Streams<C>[K]>,
      emit: (item: Out<Streams<C>[K]>) => void,
    ) => (() => void) | Promise<() => void>
  }
}

export interface ServeOptions {
  /** Told of errors whose words do not leave the host. */
  readonly onInternalError: (error: unknown, name: string) => void
}

/** Answers the port's calls until it closes. @returns stops serving */
export function serve<C extends AnyContract>(
  contract: C,
  handlers: Handlers<C>,
  port: Port,
  options: ServeOptions,
): () => void {
  const running = new Map<number, () => void>()
  const host = new Host(contract, handlers as unknown as Handlers<AnyContract>, {
    port,
    running,
    onInternalError: options.onInternalError,
  })
  const offFrame = port.onFrame((raw) => host.receive(raw))
  const stop = () => {
    offFrame()
    for (const cancel of running.values()) cancel()
    running.clear()
  }
  const offClose = port.onClose(stop)
  port.send({ t: 'hello', protocol: PROTOCOL })
  return () => {
    offClose()
    stop()
  }
}

interface HostState extends ServeOptions {
  readonly port: Port
  /** What each open call or watch is ended by. */
  readonly running: Map<number, () => void>
}

class Host {
  readonly #contract: AnyContract
  readonly #handlers: Handlers<AnyContract>
  readonly #state: HostState

  constructor(contract: AnyContract, handlers: Handlers<AnyContract>, state: HostState) {
    this.#contract = contract
    this.#handlers = handlers
    this.#state = state
  }

  receive(raw: unknown): void {
    const parsed = Frame.safeParse(raw)
    if (!parsed.success) return
    const frame = parsed.data
    if (frame.t === 'cancel') this.#cancel(frame.id)
    else if (frame.t === 'call') void this.#answer(frame)
    else if (frame.t === 'watch') void this.#watch(frame)
  }

  #cancel(id: number): void {
    this.#state.running.get(id)?.()
    this.#state.running.delete(id)
  }

  async #answer({ id, name, in: input }: { id: number; name: string; in?: unknown }): Promise<void> {
    const { port, running } = this.#state
    const abort = new AbortController()
    running.set(id, () => abort.abort())
    try {
      const spec = specOf(this.#contract.calls, name)
      const handler = this.#handlers.calls[name]
      if (!handler) throw unknownName(name)
      const out = await handler(parseInput(spec, input, name), abort.signal)
      port.send({ t: 'ok', id, out: spec.out.parse(out) })
    } catch (error) {
      this.#fail(id, name, error)
    } finally {
      running.delete(id)
    }
  }

  async #watch({ id, name, in: input }: { id: number; name: string; in?: unknown }): Promise<void> {
    const { port, running } = this.#state
    let open = true
    running.set(id, () => {
      open = false
    })
    try {
      const spec = specOf(this.#contract.streams, name)
      const handler = this.#handlers.streams[name]
      if (!handler) throw unknownName(name)
      const stop = await handler(parseInput(spec, input, name), (item) => {
        if (open) port.send({ t: 'item', id, out: spec.out.parse(item) })
      })
      if (!open) return stop()
      running.set(id, () => {
        open = false
        stop()
      })
    } catch (error) {
      running.delete(id)
      this.#fail(id, name, error)
    }
  }

  /** The one place where errors are encoded, and where those that tell nothing are reported. */
  #fail(id: number, name: string, error: unknown): void {
    const wire = toWire(error)
    if (wire.code === 'internal') this.#state.onInternalError(error, name)
    this.#state.port.send({ t: 'error', id, error: wire })
  }
}

function specOf(specs: Readonly<Record<string, CallSpec>>, name: string): CallSpec {
  const spec = Object.hasOwn(specs, name) ? specs[name] : undefined
  if (!spec) throw unknownName(name)
  return spec
}

function unknownName(name: string): ApiError {
  return new ApiError({ code: 'bad-input', message: `There is no call "${name}".`, help: 'Reload the page.' })
}

function parseInput(spec: CallSpec, input: unknown, name: string): unknown {
  const parsed = spec.in.safeParse(input)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue?.path.map(String).join('.') || 'input'
  throw new ApiError({ code: 'bad-input', message: `${name}: ${where}: ${issue?.message}`, help: null })
}

export interface Watcher<T> {
  readonly onItem: (item: T) => void
  readonly onError?: (error: ApiError) => void
}

export interface Client<C extends AnyContract> {
  call<K extends keyof Calls<C> & string>(
    name: K,
    input: z.input<Calls<C>[K]['in']>,
    signal?: AbortSignal,
  ): Promise<z.output<Calls<C>[K]['out']>>
  /** @returns stops the watch */
  subscribe<K extends keyof Streams<C> & string>(
    name: K,
    input: z.input<Streams<C>[K]['in']>,
    watcher: Watcher<z.output<Streams<C>[K]['out']>>,
  ): () => void
}

interface Waiting {
  readonly resolve: (out: unknown) => void
  readonly reject: (error: ApiError) => void
}

const DISCONNECTED: WireError = {
  code: 'disconnected',
  message: 'The connection to Capstan was lost.',
  help: 'It is being restored; try again in a moment.',
}

/** The client of a contract. When the port closes, everything that waits fails with code `disconnected`. */
export function connect<C extends AnyContract>(_contract: C, port: Port): Client<C> {
  const waiting = new Map<number, Waiting>()
  const watchers = new Map<number, Watcher<never>>()
  let lastId = 0

  port.onFrame((raw) => {
    const frame = raw as Frame
    if (frame.t === 'ok') settle(frame.id)?.resolve(frame.out)
    else if (frame.t === 'item') watchers.get(frame.id)?.onItem(frame.out as never)
    else if (frame.t === 'error') fail(frame.id, frame.error)
  })
  port.onClose(() => {
    for (const id of [...waiting.keys(), ...watchers.keys()]) fail(id, DISCONNECTED)
  })

  const settle = (id: number): Waiting | undefined => {
    const call = waiting.get(id)
    waiting.delete(id)
    return call
  }
  const fail = (id: number, error: WireError): void => {
    settle(id)?.reject(new ApiError(error))
    const watcher = watchers.get(id)
    watchers.delete(id)
    watcher?.onError?.(new ApiError(error))
  }

  return {
    call: (name, input, signal) => {
      if (signal?.aborted)
        return Promise.reject(new ApiError({ code: 'cancelled', message: 'Cancelled.', help: null }))
      const id = ++lastId
      return new Promise((resolve, reject) => {
        const cancel = () => {
          port.send({ t: 'cancel', id })
          fail(id, { code: 'cancelled', message: 'Cancelled.', help: null })
        }
        const done = () => signal?.removeEventListener('abort', cancel)
        waiting.set(id, {
          resolve: (out) => {
            done()
            resolve(out as never)
          },
          reject: (error) => {
            done()
            reject(error)
          },
        })
        signal?.addEventListener('abort', cancel, { once: true })
        port.send({ t: 'call', id, name, in: input })
      })
    },
    subscribe: (name, input, watcher) => {
      const id = ++lastId
      watchers.set(id, watcher as unknown as Watcher<never>)
      port.send({ t: 'watch', id, name, in: input })
      return () => {
        if (watchers.delete(id)) port.send({ t: 'cancel', id })
      }
    },
  }
}
