/**
 * The host's end of a contract. It knows neither Electron nor WebSockets.
 *
 * Inputs are parsed, and outputs too: a field that the contract does not name is stripped before it leaves.
 */
import { ApiError, toWire } from './errors'
import { type AnyContract, Frame, type Handlers, type Port } from './rpc'

export interface ServeOptions {
  /** Called for each error whose words do not leave the host. */
  readonly onInternalError: (error: unknown, name: string) => void
}

/** Answers the port's calls until it closes. @returns a function that stops serving */
export function serve<C extends AnyContract>(
  contract: C,
  handlers: Handlers<C>,
  port: Port,
  options: ServeOptions,
): () => void {
  const host = new Host(contract, handlers, port, options)
  const stopFrames = port.onFrame((raw) => host.receive(raw))
  const stop = () => {
    stopFrames()
    host.cancelAll()
  }
  const stopClose = port.onClose(stop)
  port.send({ t: 'hello' })
  return () => {
    stopClose()
    stop()
  }
}

/** A call or a watch, as it came in. */
interface Request {
  readonly id: number
  readonly name: string
  readonly in?: unknown
}

class Host<C extends AnyContract> {
  readonly #contract: C
  readonly #handlers: Handlers<C>
  readonly #port: Port
  readonly #options: ServeOptions
  /** Functions that end each open call or watch, by its id. */
  readonly #running = new Map<number, () => void>()

  constructor(contract: C, handlers: Handlers<C>, port: Port, options: ServeOptions) {
    this.#contract = contract
    this.#handlers = handlers
    this.#port = port
    this.#options = options
  }

  receive(raw: unknown): void {
    const parsed = Frame.safeParse(raw)
    if (!parsed.success) return
    const frame = parsed.data
    if (frame.t === 'cancel') this.#cancel(frame.id)
    else if (frame.t === 'call') void this.#answer(frame)
    else if (frame.t === 'watch') void this.#watch(frame)
  }

  cancelAll(): void {
    for (const cancel of this.#running.values()) cancel()
    this.#running.clear()
  }

  #cancel(id: number): void {
    this.#running.get(id)?.()
    this.#running.delete(id)
  }

  async #answer({ id, name, in: input }: Request): Promise<void> {
    const abort = new AbortController()
    this.#running.set(id, () => abort.abort())
    try {
      const spec = named(this.#contract.calls, name)
      const handler = named(this.#handlers.calls, name)
      const out = await handler(parsedInput(spec, input, name), abort.signal)
      this.#port.send({ t: 'ok', id, out: spec.out.parse(out) })
    } catch (error) {
      this.#fail(id, name, error)
    } finally {
      this.#running.delete(id)
    }
  }

  async #watch({ id, name, in: input }: Request): Promise<void> {
    let isOpen = true
    this.#running.set(id, () => {
      isOpen = false
    })
    try {
      const spec = named(this.#contract.streams, name)
      const handler = named(this.#handlers.streams, name)
      const emit = (item: unknown) => {
        if (!isOpen) return
        const parsed = spec.out.safeParse(item)
        if (parsed.success) return this.#port.send({ t: 'item', id, out: parsed.data })
        // Only this watch ends: the error must not reach the service that emits, nor its other watchers.
        this.#cancel(id)
        this.#fail(id, name, parsed.error)
      }
      const stop = await handler(parsedInput(spec, input, name), emit)
      if (!isOpen) return stop()
      this.#running.set(id, () => {
        isOpen = false
        stop()
      })
    } catch (error) {
      this.#running.delete(id)
      this.#fail(id, name, error)
    }
  }

  /** The one place where errors are encoded, and where those that stay in the host are reported. */
  #fail(id: number, name: string, error: unknown): void {
    const wire = toWire(error)
    if (wire.code === 'internal') this.#options.onInternalError(error, name)
    this.#port.send({ t: 'error', id, error: wire })
  }
}

/** Looks up a name that came from outside. @throws ApiError `bad-input` also for a name that every object has */
function named<T>(all: Readonly<Record<string, T>>, name: string): T {
  const found = Object.hasOwn(all, name) ? all[name] : undefined
  if (found !== undefined) return found
  throw new ApiError({ code: 'bad-input', message: `There is no call "${name}".`, help: 'Reload the page.' })
}

type Spec = AnyContract['calls'][string]

/** @returns the input with the type that its handler asks for: the two are tied together by `Handlers` */
function parsedInput(spec: Spec, input: unknown, name: string): never {
  const parsed = spec.in.safeParse(input)
  if (parsed.success) return parsed.data as never
  const [issue] = parsed.error.issues
  const where = issue?.path.map(String).join('.') || 'input'
  throw new ApiError({ code: 'bad-input', message: `${name}: ${where}: ${issue?.message}`, help: null })
}
