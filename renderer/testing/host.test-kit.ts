/** A host for tests. It serves the contract with the handlers that a test gives, and keeps the calls. */
import {
  ApiError,
  type AppState,
  type Contract,
  contract,
  type Frame,
  type Handlers,
  type ObjectiveTitle,
  type Port,
  type Settings,
  type SetupState,
  serve,
} from '../../main/api'
import { Observable } from '../../shared/observable'
import { Connection, type PageClient } from '../api'
import { type PortPair, portPair } from './port-pair.test-kit'

type Calls = Handlers<Contract>['calls']
type Streams = Handlers<Contract>['streams']

export interface FakeHandlers {
  readonly calls?: Partial<Calls>
  readonly streams?: Partial<Streams>
}

export interface Call {
  readonly name: string
  readonly input: unknown
}

export const SETTINGS: Settings = {
  theme: 'dark',
  textSize: 'normal',
  density: 'comfortable',
  engine: { mode: 'auto', endpoint: '', tlsDirectory: '' },
  timeFactor: null,
  terminal: { fontSize: 13, scrollback: 5000, screenReader: false },
  passMark: 65,
  hostTerminal: false,
  examDate: null,
  tourSeen: false,
  placement: null,
  followedPath: null,
  questionsFolder: '',
  dailyGoal: null,
  layouts: {},
}
/** Every page that names objectives asks for their words. */
export const OBJECTIVES: ObjectiveTitle[] = [
  { id: 'IMG-01', title: 'Build with `docker build`', domain: 'Images' },
  { id: 'NET-05', title: 'Publish a port', domain: 'Networking' },
  { id: 'ORC-05', title: 'Lock a swarm, unlock it, rotate the key', domain: 'Orchestration' },
]
/** The set-up is done. */
export const READY: SetupState = {
  phase: 'ready',
  lines: [],
  remainingSeconds: null,
  engine: null,
  problem: null,
  tried: [],
}
const STATE: AppState = {
  version: '1.0.0',
  desktop: false,
  platform: 'linux',
  dataFolder: '/data',
  setup: READY,
}

export class FakeHost {
  /** The calls that came, in order. */
  readonly calls: Call[] = []
  /** Faults of the handlers, such as an answer that breaks the contract. */
  readonly faults: string[] = []
  readonly client: PageClient
  settings: Settings = SETTINGS
  readonly #handlers: FakeHandlers
  readonly #retries: (() => void)[] = []
  #line: PortPair | null = null
  #isReachable = true

  constructor(handlers: FakeHandlers = {}) {
    this.#handlers = handlers
    this.client = new Connection(async () => this.#accept(), {
      later: (work) => void this.#retries.push(work),
    })
  }

  /** The inputs of the calls of this name, in order. */
  inputsOf(name: keyof Contract['calls']): readonly unknown[] {
    return this.calls.filter((call) => call.name === name).map(({ input }) => input)
  }

  /** Breaks the line. It stays broken until `restore`. */
  cut(): void {
    this.#isReachable = false
    this.#line?.cut()
  }

  /** Lets the page reach the host again, and makes the page's next try happen now. */
  restore(): void {
    this.#isReachable = true
    for (const retry of this.#retries.splice(0)) retry()
  }

  #accept(): Port {
    if (!this.#isReachable) throw new Error('The host cannot be reached.')
    const line = portPair()
    this.#line = line
    line.host.onFrame((frame) => this.#record(frame))
    // The page listens first, as it does on a real line.
    queueMicrotask(() =>
      serve(contract, this.#served(), line.host, {
        onInternalError: (error, name) => this.faults.push(`${name}: ${String(error)}`),
      }),
    )
    return line.page
  }

  #record(frame: unknown): void {
    const { t, name, in: input } = frame as Frame & { name?: string; in?: unknown }
    if (t === 'call' && name !== undefined) this.calls.push({ name, input })
  }

  /** The handlers of the test, over those that every page needs. `serve` refuses a name without a handler. */
  #served(): Handlers<Contract> {
    const calls: Partial<Calls> = {
      'settings.get': async () => this.settings,
      'settings.set': async (change) => {
        this.settings = { ...this.settings, ...(change as Partial<Settings>) }
        return this.settings
      },
      'settings.askHostTerminal': async () => this.settings,
      'app.state': async () => STATE,
      'marks.get': async () => ({ bookmarked: false, note: '' }),
      'objective.list': async () => OBJECTIVES,
      'terminal.resize': async () => ({}),
      'terminal.ack': async () => ({}),
      ...this.#handlers.calls,
    }
    const streams: Partial<Streams> = {
      'setup.watch': (_input, emit) => {
        emit(READY)
        return () => undefined
      },
      'notice.watch': () => () => undefined,
      'running.watch': (_input, emit) => {
        emit({ exam: null })
        return () => undefined
      },
      ...this.#handlers.streams,
    }
    return { calls, streams } as Handlers<Contract>
  }
}

/** A stream whose values a test sends by hand. A new watcher gets the last value first. */
export class Feed<T> {
  readonly #value: Observable<T>

  constructor(first: T) {
    this.#value = new Observable(first)
  }

  readonly watch = (_input: unknown, emit: (value: T) => void): (() => void) => this.#value.watch(emit)

  get value(): T {
    return this.#value.value
  }

  send(value: T): void {
    this.#value.set(value)
  }
}

/** An error that the host reports to the page. */
export function refusal(message: string, help: string | null = null, code = 'engine-refused'): ApiError {
  return new ApiError({ code, message, help })
}
