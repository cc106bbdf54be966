/** Terminals by their ids: those in the nodes of sessions, and those on the host, which this service owns. */
import { isDeepStrictEqual } from 'node:util'
import {
  type Attachment,
  type OpenTerminalOptions,
  openHostTerminal,
  type TerminalSize,
} from '../../../engine'
import { CapstanError } from '../../../shared/errors'
import { Emitter } from '../../../shared/observable'
import type { TerminalFrame, TerminalView } from '../../api'
import type { Session, Sessions, SessionTerminal } from './sessions'

export interface TerminalsOptions {
  /** @throws CapstanError `no-engine` while there is no engine */
  readonly sessions: () => Pick<Sessions, 'get' | 'list'>
  /** True in the Electron shell: only there a shell on this computer is offered. */
  readonly isDesktop: boolean
  /** Whether the settings allow a shell on this computer. */
  readonly isHostAllowed: () => boolean
  /** Lines above the screen that a new terminal keeps. */
  readonly scrollback: () => number
  readonly openHost?: ((options: OpenTerminalOptions) => Promise<SessionTerminal>) | undefined
}

interface HostTerminal {
  readonly terminal: SessionTerminal
  /** The session in which it was opened, and with which it is closed. */
  readonly sessionId: string
}

export class Terminals {
  readonly #options: TerminalsOptions
  readonly #host = new Map<string, HostTerminal>()
  readonly #attached = new Map<string, Set<Attachment>>()
  readonly #hostChanges = new Emitter()

  constructor(options: TerminalsOptions) {
    this.#options = options
  }

  /** @param node null for a shell on this computer. @throws CapstanError `capability-missing` where that is not allowed */
  async open(sessionId: string, node: string | null, size: TerminalSize): Promise<TerminalView> {
    const session = this.#options.sessions().get(sessionId)
    const options = { ...size, scrollback: this.#options.scrollback() }
    const terminal =
      node === null ? await this.#openHost(sessionId, options) : await session.openTerminal(node, options)
    return viewOf(terminal, sessionId)
  }

  list(sessionId: string): TerminalView[] {
    const inNodes = this.#options.sessions().get(sessionId).terminals()
    const onHost = this.#hostTerminalsOf(sessionId).map(({ terminal }) => terminal)
    return [...inNodes, ...onHost].map((terminal) => viewOf(terminal, sessionId))
  }

  /** Emits the list now and at every change. @returns a function that stops the watch */
  watch(sessionId: string, emit: (terminals: TerminalView[]) => void): () => void {
    const session = this.#options.sessions().get(sessionId)
    let last: TerminalView[] | null = null
    const look = () => {
      const now = this.list(sessionId)
      if (isDeepStrictEqual(now, last)) return
      last = now
      emit(now)
    }
    const stops = [this.#hostChanges.on(look), session.onChange(look)]
    look()
    return () => {
      for (const stop of stops) stop()
    }
  }

  output(id: string, emit: (frame: TerminalFrame) => void): () => void {
    const attachment = this.#find(id).attach(emit, { scrollback: this.#options.scrollback })
    const all = this.#attached.get(id) ?? new Set()
    this.#attached.set(id, all.add(attachment))
    return () => {
      all.delete(attachment)
      if (all.size === 0 && this.#attached.get(id) === all) this.#attached.delete(id)
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

  /** Types code, unless something runs in the terminal. @returns whether it was typed */
  async run(id: string, code: string): Promise<boolean> {
    return await this.#find(id).run(code)
  }

  async resize(id: string, size: TerminalSize): Promise<void> {
    await this.#find(id).resize(size)
  }

  /** Closes a terminal; one that is closed already stays so. */
  async close(id: string): Promise<void> {
    this.#attached.delete(id)
    const host = this.#host.get(id)
    if (host) return await this.#closeHost(host)
    await this.#sessionWith(id)?.closeTerminal(id)
  }

  /** Puts a new shell into a terminal of a node whose shell has ended. @throws CapstanError `not-found`, `node-gone` */
  async renew(id: string): Promise<void> {
    const session = this.#sessionWith(id)
    if (!session) throw closed()
    await session.renewTerminal(id)
  }

  /** The session is gone: closes the shells on this computer that were opened in it. */
  async closeSession(sessionId: string): Promise<void> {
    await Promise.all(this.#hostTerminalsOf(sessionId).map((host) => this.#closeHost(host)))
  }

  async dispose(): Promise<void> {
    await this.closeAllOnHost()
  }

  /** Closes the shells on this computer, of all sessions. */
  async closeAllOnHost(): Promise<void> {
    await Promise.allSettled([...this.#host.values()].map((host) => this.#closeHost(host)))
  }

  async #openHost(sessionId: string, options: OpenTerminalOptions): Promise<SessionTerminal> {
    const { isDesktop, isHostAllowed, openHost = openHostTerminal } = this.#options
    if (!isDesktop || !isHostAllowed())
      throw new CapstanError('capability-missing', 'A terminal on this computer is not allowed here.', {
        help: isDesktop ? 'Allow it in the settings.' : 'It is offered by the desktop app only.',
      })
    const terminal = await openHost(options)
    try {
      this.#options.sessions().get(sessionId)
    } catch (error) {
      // The session was stopped while the shell started.
      await terminal.close()
      throw error
    }
    this.#host.set(terminal.id, { terminal, sessionId })
    this.#hostChanges.emit()
    return terminal
  }

  async #closeHost({ terminal }: HostTerminal): Promise<void> {
    this.#host.delete(terminal.id)
    this.#attached.delete(terminal.id)
    this.#hostChanges.emit()
    await terminal.close()
  }

  #hostTerminalsOf(sessionId: string): HostTerminal[] {
    return [...this.#host.values()].filter((host) => host.sessionId === sessionId)
  }

  #sessionWith(id: string): Session | undefined {
    const holds = (session: Session) => session.terminals().some((terminal) => terminal.id === id)
    return this.#options.sessions().list().find(holds)
  }

  #find(id: string): SessionTerminal {
    const onHost = this.#host.get(id)?.terminal
    if (onHost) return onHost
    const inNodes = this.#options
      .sessions()
      .list()
      .flatMap((session) => session.terminals())
    const terminal = inNodes.find((one) => one.id === id)
    if (terminal) return terminal
    throw closed()
  }
}

function closed(): CapstanError {
  return new CapstanError('not-found', 'This terminal is closed.', { help: 'Open a new one.' })
}

function viewOf({ id, node, title, exitCode }: SessionTerminal, sessionId: string): TerminalView {
  return { id, sessionId, node, title, exitCode }
}
