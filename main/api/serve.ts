/**
 * The host's end of a contract. It knows neither Electron nor WebSockets.
 *
 * Inputs are parsed, and outputs too: a field that the contract does not name is stripped before it leaves.
 */
import { ApiError, TOO_LARGE, toWire } from './errors'
import { LARGEST_TEXT, MOST_REQUESTS } from './limits'
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
  host.greet()
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

  greet(): void {
    this.#send({ t: 'hello' }, 'hello')
  }

  receive(raw: unknown): void {
    const parsed = Frame.safeParse(raw)
    if (!parsed.success) return
    const frame = parsed.data
    if (frame.t === 'cancel') this.#cancel(frame.id)
    else if (frame.t === 'call' || frame.t === 'watch') this.#begin(frame)
  }

  cancelAll(): void {
    for (const id of [...this.#running.keys()]) this.#cancel(id)
  }

  /** An id that is in use would leave the first request without an end. */
  #begin(frame: Request & { readonly t: 'call' | 'watch' }): void {
    const { id, name } = frame
    if (this.#running.has(id)) this.#fail(id, name, badInput(`The id ${id} is in use.`))
    else if (this.#running.size >= MOST_REQUESTS) this.#fail(id, name, badInput('Too much is open at once.'))
    else if (frame.t === 'call') void this.#answer(frame)
    else void this.#watch(frame)
  }

  /** A service that cannot stop must not keep others from stopping. */
  #cancel(id: number): void {
    const cancel = this.#running.get(id)
    this.#running.delete(id)
    this.#guard('cancel', () => cancel?.())
  }

  async #answer({ id, name, in: input }: Request): Promise<void> {
    const abort = new AbortController()
    this.#running.set(id, () => abort.abort())
    try {
      const spec = named(this.#contract.calls, name)
      const handler = named(this.#handlers.calls, name)
      const out = await handler(parsedInput(spec, input, name), abort.signal)
      this.#send({ t: 'ok', id, out: spec.out.parse(out) }, name)
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
        if (parsed.success) return this.#send({ t: 'item', id, out: parsed.data }, name)
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
    this.#send({ t: 'error', id, error: wire }, name)
  }

  /** A port that breaks while something is sent must not break the service that sends. */
  #send(frame: Frame, name: string): void {
    this.#guard(name, () => this.#port.send(frame))
  }

  #guard(name: string, work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#options.onInternalError(error, name)
    }
  }
}

function badInput(message: string): ApiError {
  return new ApiError({ code: 'bad-input', message, help: 'Reload the page.' })
}

/** Looks up a name that came from outside. @throws ApiError `bad-input` also for a name that every object has */
function named<T>(all: Readonly<Record<string, T>>, name: string): T {
  const found = Object.hasOwn(all, name) ? all[name] : undefined
  if (found !== undefined) return found
  throw badInput(`There is no call "${name}".`)
}

type Spec = AnyContract['calls'][string]

/** @returns the input with the type that its handler asks for: the two are tied together by `Handlers` */
function parsedInput(spec: Spec, input: unknown, name: string): never {
  const parsed = spec.in.safeParse(input)
  if (parsed.success) return parsed.data as never
  const [issue] = parsed.error.issues
  if (issue?.code === 'too_big' && issue.maximum === LARGEST_TEXT) throw new ApiError(TOO_LARGE)
  const where = issue?.path.map(String).join('.') || 'input'
  throw new ApiError({ code: 'bad-input', message: `${name}: ${where}: ${issue?.message}`, help: null })
}
