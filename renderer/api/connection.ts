/** The page's line to the host: made again when it breaks, with every watch taken up again. */
import {
  ApiError,
  type Client,
  type Contract,
  connect,
  contract,
  messagePort,
  type Port,
  webSocketPort,
} from '../../main/api'
import { takeToken } from './token'

export type ConnectionState = 'connecting' | 'connected' | 'lost'

type Subscribe = Client<Contract>['subscribe']
interface Watch {
  start: (client: Client<Contract>) => void
  stop: (() => void) | null
}

const FIRST_RETRY_MS = 250
const LONGEST_RETRY_MS = 4_000

export class Connection implements Client<Contract> {
  readonly #open: () => Promise<Port>
  readonly #watches = new Set<Watch>()
  readonly #listeners = new Set<() => void>()
  #client: Client<Contract> | null = null
  #waiting: ((client: Client<Contract>) => void)[] = []
  #state: ConnectionState = 'connecting'
  #retryMs = FIRST_RETRY_MS

  constructor(open: () => Promise<Port>) {
    this.#open = open
    void this.#connect()
  }

  get state(): ConnectionState {
    return this.#state
  }

  readonly onState = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  readonly call: Client<Contract>['call'] = async (name, input, signal) => {
    const client =
      this.#client ?? (await new Promise<Client<Contract>>((resolve) => this.#waiting.push(resolve)))
    return await client.call(name, input, signal)
  }

  readonly subscribe: Subscribe = (name, input, watcher) => {
    const watch: Watch = { stop: null, start: () => undefined }
    watch.start = (client) => {
      watch.stop = client.subscribe(name, input, {
        onItem: watcher.onItem,
        onError: (error) => {
          // A lost line is not the watch's end: it is taken up again.
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

  async #connect(): Promise<void> {
    try {
      const port = await this.#open()
      const client = connect(contract, port)
      const off = port.onFrame(() => {
        off()
        this.#connected(client)
      })
      port.onClose(() => this.#lost())
    } catch {
      this.#lost()
    }
  }

  #connected(client: Client<Contract>): void {
    this.#client = client
    this.#retryMs = FIRST_RETRY_MS
    this.#become('connected')
    for (const resolve of this.#waiting.splice(0)) resolve(client)
    for (const watch of this.#watches) watch.start(client)
  }

  #lost(): void {
    this.#client = null
    this.#become('lost')
    setTimeout(() => void this.#connect(), this.#retryMs)
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS)
  }

  #become(state: ConnectionState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}

function openWebSocket(): Promise<Port> {
  const token = takeToken({
    location: window.location,
    history: window.history,
    storage: window.sessionStorage,
  })
  return Promise.resolve(webSocketPort(new WebSocket(`ws://${window.location.host}/`, [`capstan.${token}`])))
}

/** Asks the preload for a port; it answers with a message that carries one. */
function openMessagePort(): Promise<Port> {
  return new Promise((resolve) => {
    const receive = ({ data, ports: [port], source }: MessageEvent) => {
      if (source !== window || data !== 'capstan-port' || !port) return
      window.removeEventListener('message', receive)
      resolve(messagePort(port))
    }
    window.addEventListener('message', receive)
    window.postMessage('capstan-connect', window.origin)
  })
}

const isDesktop = window.location.protocol === 'app:'

export const api = new Connection(isDesktop ? openMessagePort : openWebSocket)

/** An error in the user's words, whatever it was. */
export function asProblem(error: unknown): { code: string; message: string; help: string | null } {
  if (error instanceof ApiError) return { code: error.code, message: error.message, help: error.help }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error), help: null }
}
