/** The terminals of one session: opened by the student, closed with everything they started. */
import { CapstanError } from '../../shared/errors'
import type { LabNode } from '../node'
import { openTerminal, type Terminal, type TerminalSize } from '../terminal'

export class SessionTerminals {
  readonly #open = new Map<string, Terminal>()
  readonly #onPrompt: () => void
  readonly #onChange: () => void

  constructor(listeners: { onPrompt: () => void; onChange: () => void }) {
    this.#onPrompt = listeners.onPrompt
    this.#onChange = listeners.onChange
  }

  /** A new shell in the node; the prompt's return is reported. */
  async open(node: LabNode, size: TerminalSize): Promise<Terminal> {
    const terminal = await openTerminal(node, size)
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
  get(id: string): Terminal {
    const terminal = this.#open.get(id)
    if (!terminal)
      throw new CapstanError('not-found', 'This terminal is closed.', { help: 'Open a new one.' })
    return terminal
  }

  async close(id: string): Promise<void> {
    const terminal = this.get(id)
    this.#open.delete(id)
    this.#onChange()
    await terminal.close()
  }

  async closeAll(): Promise<void> {
    const terminals = this.list()
    this.#open.clear()
    this.#onChange()
    await Promise.allSettled(terminals.map((terminal) => terminal.close()))
  }
}
