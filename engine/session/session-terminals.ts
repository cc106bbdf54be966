/** The terminals of one session: opened by the student, closed with everything they started. */
import { CapstanError } from '../../shared/errors'
import { type OpenTerminalOptions, openTerminal, type Terminal, type TerminalNode } from '../terminal'
import type { Gate } from './gate'

export class SessionTerminals {
  readonly #open = new Map<string, Terminal>()
  readonly #gate: Gate
  readonly #onPrompt: () => void
  readonly #onChange: () => void

  constructor(gate: Gate, listeners: { onPrompt: () => void; onChange: () => void }) {
    this.#gate = gate
    gate.onShut(() => void this.closeAll())
    this.#onPrompt = listeners.onPrompt
    this.#onChange = listeners.onChange
  }

  /** Opens a new shell in the node. Each return of its prompt is reported. @throws CapstanError `session-state` */
  async open(node: TerminalNode, options: OpenTerminalOptions): Promise<Terminal> {
    return await this.#gate.pass(() => this.#opened(node, options))
  }

  async #opened(node: TerminalNode, options: OpenTerminalOptions): Promise<Terminal> {
    const terminal = await openTerminal(node, options)
    try {
      this.#gate.assertOpen()
    } catch (error) {
      // The task was handed in while the shell started.
      await terminal.close()
      throw error
    }
    this.#open.set(terminal.id, terminal)
    terminal.onPrompt(() => this.#onPrompt())
    void terminal.exited.then(() => this.#onChange())
    this.#onChange()
    return terminal
  }

  list(): Terminal[] {
    return [...this.#open.values()]
  }

  /** @throws CapstanError `not-found` */
  async close(id: string): Promise<void> {
    const terminal = this.#open.get(id)
    if (!terminal)
      throw new CapstanError('not-found', 'This terminal is closed.', { help: 'Open a new one.' })
    this.#open.delete(id)
    this.#onChange()
    await terminal.close()
  }

  async closeAll(): Promise<void> {
    await this.#closeThese(this.list())
  }

  /** Closes the terminals of one node. */
  async closeAllOf(nodeName: string): Promise<void> {
    await this.#closeThese(this.list().filter(({ node }) => node === nodeName))
  }

  async #closeThese(terminals: readonly Terminal[]): Promise<void> {
    for (const { id } of terminals) this.#open.delete(id)
    this.#onChange()
    // A shell that cannot be ended goes with its node.
    await Promise.allSettled(terminals.map((terminal) => terminal.close()))
  }
}
