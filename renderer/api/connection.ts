/** The page's line to the host. It is opened again when it breaks, and every watch goes on. */
import { type Client, type Contract, connect, type Notice, type Port } from '../../main/api'
import { Emitter } from '../../shared/observable'
import type { ConnectionState, PageClient } from './client'

type Subscribe = Client<Contract>['subscribe']

interface Watch {
  start: (client: Client<Contract>) => void
  stop: (() => void) | null
}

const FIRST_RETRY_MS = 250
const LONGEST_RETRY_MS = 4_000

export interface ConnectionOptions {
  /** Runs the work after a time; tests do not wait for it. */
  readonly later?: (work: () => void, ms: number) => void
  /** Whether the host runs and does not let this page in. It is asked when a try has failed. */
  readonly isRefused?: () => Promise<boolean>
}

export class Connection implements PageClient {
  readonly #open: () => Promise<Port>
  readonly #later: (work: () => void, ms: number) => void
  readonly #askRefused: () => Promise<boolean>
  readonly #watches = new Set<Watch>()
  readonly #states = new Emitter()
  #client: Client<Contract> | null = null
  #waiting: ((client: Client<Contract>) => void)[] = []
  #state: ConnectionState = 'connecting'
  #isRefused = false
  #retryMs = FIRST_RETRY_MS
  readonly notices = new Emitter<Notice>()

  constructor(open: () => Promise<Port>, options: ConnectionOptions = {}) {
    const { later = setTimeout, isRefused = async () => false } = options
    this.#open = open
    this.#askRefused = isRefused
    this.#later = (work, ms) => void later(work, ms)
    void this.#connect()
  }

  get state(): ConnectionState {
    return this.#state
  }

  get isRefused(): boolean {
    return this.#isRefused
  }

  readonly onState = (listener: () => void): (() => void) => this.#states.on(listener)

  readonly call: Client<Contract>['call'] = async (name, input, signal) => {
    const client = this.#client ?? (await this.#connected())
    return await client.call(name, input, signal)
  }

  readonly subscribe: Subscribe = (name, input, watcher) => {
    const watch: Watch = { stop: null, start: () => undefined }
    watch.start = (client) => {
      watch.stop = client.subscribe(name, input, {
        onItem: watcher.onItem,
        onError: (error) => {
          // A lost line does not end the watch, which starts again on the next one.
          if (error.code !== 'disconnected') watcher.onError?.(error)
        },
      })
    }
    this.#watches.add(watch)
    if (this.#client) watch.start(this.#client)
    return () => {
      this.#watches.delete(watch)
      watch.stop?.()
    }
  }

  async #connected(): Promise<Client<Contract>> {
    return await new Promise((resolve) => this.#waiting.push(resolve))
  }

  async #connect(): Promise<void> {
    try {
      const port = await this.#open()
      const client = connect<Contract>(port)
      const off = port.onFrame(() => {
        off()
        this.#use(client)
      })
      port.onClose(() => this.#lose())
    } catch {
      // The host may not be there yet: the next try says more.
      this.#lose()
    }
  }

  #use(client: Client<Contract>): void {
    this.#client = client
    this.#retryMs = FIRST_RETRY_MS
    this.#isRefused = false
    this.#become('connected')
    for (const resolve of this.#waiting.splice(0)) resolve(client)
    for (const watch of this.#watches) watch.start(client)
  }

  #lose(): void {
    this.#client = null
    this.#become('lost')
    void this.#lookWhy()
    this.#later(() => void this.#connect(), this.#retryMs)
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS)
  }

  async #lookWhy(): Promise<void> {
    const isRefused = await this.#askRefused()
    if (this.#state !== 'lost' || this.#isRefused === isRefused) return
    this.#isRefused = isRefused
    this.#states.emit()
  }

  #become(state: ConnectionState): void {
    this.#state = state
    this.#states.emit()
  }
}
