/**
 * The screens of all terminals, kept by one worker thread.
 *
 * A thread that does not answer, or that dies, is replaced. Screens that had nothing to do then are drawn again from
 * their latest output. The others may be what it died of: they begin empty, with a line that says so.
 */
import { RemoteScreen, type RemoteScreenOptions } from './remote-screen'
import type { ScreenAnswer, ScreenCommand, ScreenQuestion, ScreenReport } from './screen-messages'
import { type Heartbeat, WatchedThread } from './watched-thread'

const HEARTBEAT: Heartbeat = { everyMs: 1_000, missed: 15 }
/** A thread without a screen ends after this time. In milliseconds. */
const IDLE_MS = 60_000
/** After so many threads in a row that died before they said a word, no more are started. */
const MOST_STILLBORN = 3
/** What is answered without a thread. */
const NO_SCREEN: ScreenAnswer = { text: '', cols: 80, rows: 24 }

/** Loaded with the first terminal, because most commands have none. */
const threadCode = async () => (await import('./screen-thread?thread')).code

export interface ScreensOptions {
  readonly code?: () => Promise<string>
  readonly heartbeat?: Heartbeat
}

interface Pending extends ScreenQuestion {
  readonly resolve: (answer: ScreenAnswer) => void
}

export class Screens {
  readonly #code: () => Promise<string>
  readonly #heartbeat: Heartbeat
  readonly #open = new Map<string, RemoteScreen>()
  readonly #pending = new Map<number, Pending>()
  #thread: WatchedThread<ScreenReport> | null = null
  #stillborn = 0
  #count = 0
  #idle: NodeJS.Timeout | null = null

  constructor({ code = threadCode, heartbeat = HEARTBEAT }: ScreensOptions = {}) {
    this.#code = code
    this.#heartbeat = heartbeat
  }

  open(options: RemoteScreenOptions): RemoteScreen {
    if (this.#idle) clearTimeout(this.#idle)
    this.#idle = null
    if (!this.#thread) this.#start()
    const id = String(++this.#count)
    const screen = new RemoteScreen(id, options, {
      send: (command) => this.#send(command),
      ask: (lines) => this.#ask(id, lines),
      close: () => this.#close(id),
    })
    this.#open.set(id, screen)
    return screen
  }

  /** Ends the thread. Screens that are open show nothing after it. */
  dispose(): void {
    this.#thread?.end()
    this.#thread = null
    for (const { resolve } of this.#pending.values()) resolve(NO_SCREEN)
    this.#pending.clear()
  }

  #start(): void {
    if (this.#stillborn >= MOST_STILLBORN) return
    this.#thread = new WatchedThread<ScreenReport>({
      code: this.#code,
      heartbeat: this.#heartbeat,
      ping: { kind: 'ping' } satisfies ScreenCommand,
      isBusy: () => this.#pending.size > 0 || [...this.#open.values()].some(({ behind }) => behind > 0),
      onReport: (report) => this.#hear(report),
      onDeath: () => this.#replace(),
    })
  }

  #replace(): void {
    this.#stillborn = this.#thread?.hasSpoken ? 0 : this.#stillborn + 1
    this.#thread = null
    if (this.#open.size === 0) return
    this.#start()
    for (const screen of this.#open.values()) screen.restore()
    for (const { kind, id, question, lines } of this.#pending.values())
      this.#send({ kind, id, question, lines })
  }

  #send(command: ScreenCommand): void {
    this.#thread?.post(command)
    if (this.#thread) return
    // Without a thread nothing is drawn, and the shell goes on all the same.
    if (command.kind === 'write') queueMicrotask(() => this.#open.get(command.id)?.drawn(command.text.length))
    if (command.kind === 'ask') this.#answer(command.question, NO_SCREEN)
  }

  async #ask(id: string, lines: number | 'screen'): Promise<ScreenAnswer> {
    if (!this.#open.has(id)) return NO_SCREEN
    const command = { kind: 'ask', id, question: ++this.#count, lines } as const
    return await new Promise((resolve) => {
      this.#pending.set(command.question, { ...command, resolve })
      this.#send(command)
    })
  }

  #answer(question: number, answer: ScreenAnswer): void {
    this.#pending.get(question)?.resolve(answer)
    this.#pending.delete(question)
  }

  #hear(report: ScreenReport): void {
    if (report.kind === 'drawn') this.#open.get(report.id)?.drawn(report.chars)
    if (report.kind === 'answer') this.#answer(report.question, report.answer)
  }

  #close(id: string): void {
    if (!this.#open.delete(id)) return
    this.#send({ kind: 'close', id })
    for (const { id: asked, question } of this.#pending.values())
      if (asked === id) this.#answer(question, NO_SCREEN)
    if (this.#open.size === 0) this.#idle = setTimeout(() => this.dispose(), IDLE_MS).unref()
  }
}

/** The screens of this process. */
export const screens = new Screens()
