/** Terminals by id, whichever session they belong to; and the host's own, which belong to none. */
import {
  type Attachment,
  CapstanError,
  openHostTerminal,
  type SessionManager,
  type Terminal,
  type TerminalSize,
} from '../../../engine'
import type { TerminalFrame, TerminalView } from '../../api'

export interface TerminalsOptions {
  readonly sessions: () => SessionManager
  /** Lines above the screen that a new terminal keeps. */
  readonly scrollback: () => number
}

export class Terminals {
  readonly #sessions: () => SessionManager
  readonly #scrollback: () => number
  readonly #host = new Map<string, { terminal: Terminal; sessionId: string }>()
  readonly #attached = new Map<string, Set<Attachment>>()
  readonly #listeners = new Set<() => void>()

  constructor({ sessions, scrollback }: TerminalsOptions) {
    this.#sessions = sessions
    this.#scrollback = scrollback
  }

  async open(sessionId: string, node: string, size: TerminalSize): Promise<TerminalView> {
    const options = { ...size, scrollback: this.#scrollback() }
    return view(await this.#sessions().get(sessionId).openTerminal(node, options), sessionId)
  }

  async openHost(sessionId: string, size: TerminalSize): Promise<TerminalView> {
    const terminal = await openHostTerminal({ ...size, scrollback: this.#scrollback() })
    this.#host.set(terminal.id, { terminal, sessionId })
    this.#tell()
    return view(terminal, sessionId)
  }

  list(sessionId: string): TerminalView[] {
    const hosts = [...this.#host.values()]
      .filter((host) => host.sessionId === sessionId)
      .map(({ terminal }) => terminal)
    return [...this.#sessions().get(sessionId).terminals(), ...hosts].map((terminal) =>
      view(terminal, sessionId),
    )
  }

  watch(sessionId: string, emit: (terminals: TerminalView[]) => void): () => void {
    const session = this.#sessions().get(sessionId)
    let last = ''
    const tell = () => {
      const now = this.list(sessionId)
      const text = JSON.stringify(now)
      if (text === last) return
      last = text
      emit(now)
    }
    this.#listeners.add(tell)
    const stop = session.onChange(tell)
    tell()
    return () => {
      this.#listeners.delete(tell)
      stop()
    }
  }

  output(id: string, emit: (frame: TerminalFrame) => void): () => void {
    const attachment = this.#find(id).attach(emit)
    const all = this.#attached.get(id) ?? new Set()
    this.#attached.set(id, all.add(attachment))
    return () => {
      all.delete(attachment)
      attachment.detach()
    }
  }

  /** With two pages on one terminal both acknowledge; the slower one holds the shell. */
  acknowledge(id: string, chars: number): void {
    for (const attachment of this.#attached.get(id) ?? []) attachment.acknowledge(chars)
  }

  write(id: string, data: string): void {
    this.#find(id).write(data)
  }

  async resize(id: string, size: TerminalSize): Promise<void> {
    await this.#find(id).resize(size)
  }

  async close(id: string): Promise<void> {
    this.#attached.delete(id)
    const host = this.#host.get(id)
    if (host) {
      this.#host.delete(id)
      this.#tell()
      return await host.terminal.close()
    }
    const session = this.#sessions()
      .list()
      .find((one) => one.terminals().some((terminal) => terminal.id === id))
    await session?.closeTerminal(id)
  }

  async dispose(): Promise<void> {
    await Promise.allSettled([...this.#host.values()].map(({ terminal }) => terminal.close()))
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  #find(id: string): Terminal {
    const inSessions = this.#sessions()
      .list()
      .flatMap((session) => session.terminals())
    const terminal = this.#host.get(id)?.terminal ?? inSessions.find((one) => one.id === id)
    if (terminal) return terminal
    throw new CapstanError('not-found', 'This terminal is closed.', { help: 'Open a new one.' })
  }
}

function view({ id, node, title, exitCode }: Terminal, sessionId: string): TerminalView {
  return { id, sessionId, node, title, exitCode }
}
