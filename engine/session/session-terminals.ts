/** The terminals of one session: opened by the student, closed with everything they started. */
import { CapstanError } from '../../shared/errors'
import { KeyedTurns } from '../../shared/turns'
import type { LabNode } from '../node'
import {
  type OpenTerminalOptions,
  openShellFor,
  openTerminal,
  type Terminal,
  type TerminalNode,
} from '../terminal'
import type { Gate } from './gate'

/** What terminals need of a node. */
export type ShellNode = TerminalNode & Pick<LabNode, 'state' | 'ready'>

export class SessionTerminals {
  readonly #open = new Map<string, Terminal>()
  /** Two pages may ask for a new shell at the same time. */
  readonly #renewals = new KeyedTurns<string>()
  readonly #gate: Gate
  readonly #onPrompt: () => void
  readonly #onChange: () => void

  constructor(gate: Gate, listeners: { onPrompt: () => void; onChange: () => void }) {
    this.#gate = gate
    gate.onShut(() => void this.closeAll())
    this.#onPrompt = listeners.onPrompt
    this.#onChange = listeners.onChange
  }

  /**
   * Opens a new shell in the node. Each return of its prompt is reported.
   * @throws CapstanError `session-state`, `node-gone`
   */
  async open(node: ShellNode, options: OpenTerminalOptions): Promise<Terminal> {
    return await this.#gate.pass(() => this.#opened(node, options))
  }

  async #opened(node: ShellNode, options: OpenTerminalOptions): Promise<Terminal> {
    const terminal = await unlessOff(node, () => openTerminal(node, options))
    try {
      this.#gate.assertOpen()
    } catch (error) {
      // The task was handed in while the shell started.
      await terminal.close()
      throw error
    }
    this.#open.set(terminal.id, terminal)
    terminal.onPrompt(() => this.#onPrompt())
    this.#announce(terminal)
    return terminal
  }

  /** Puts a new shell into a terminal whose shell has ended. One that runs stays. @throws CapstanError `node-gone` */
  async renew(node: ShellNode, terminal: Terminal): Promise<void> {
    await this.#renewals.run(terminal.id, async () => {
      if (terminal.exitCode === null) return
      const shell = await this.#gate.pass(() => unlessOff(node, () => openShellFor(node, terminal)))
      // The terminal was closed, or the task was handed in, while the shell started.
      if (this.#open.get(terminal.id) !== terminal) return await shell.kill()
      terminal.renew(shell)
      this.#announce(terminal)
    })
  }

  /** The node runs again: its terminals go on with new shells when its engine answers. */
  async renewAllOf(node: ShellNode): Promise<void> {
    const ended = this.#of(node.name).filter(({ exitCode }) => exitCode !== null)
    if (ended.length === 0) return
    // A terminal that gets no shell here says that it has ended, and offers a new one.
    await node.ready().catch(() => undefined)
    await Promise.allSettled(ended.map((terminal) => this.renew(node, terminal)))
  }

  #announce(terminal: Terminal): void {
    void terminal.exited.then(() => this.#onChange())
    this.#onChange()
  }

  #of(nodeName: string): Terminal[] {
    return this.list().filter(({ node }) => node === nodeName)
  }

  list(): Terminal[] {
    return [...this.#open.values()]
  }

  /** @throws CapstanError `not-found` */
  find(id: string): Terminal {
    const terminal = this.#open.get(id)
    if (terminal) return terminal
    throw new CapstanError('not-found', 'This terminal is closed.', { help: 'Open a new one.' })
  }

  /** @throws CapstanError `not-found` */
  async close(id: string): Promise<void> {
    const terminal = this.find(id)
    this.#open.delete(id)
    this.#onChange()
    await terminal.close()
  }

  async closeAll(): Promise<void> {
    await this.#closeThese(this.list())
  }

  /** Closes the terminals of a node that is no more. */
  async closeAllOf(nodeName: string): Promise<void> {
    await this.#closeThese(this.#of(nodeName))
  }

  /** Somebody reports that the node has stopped. It may be an old report: the node may run again. */
  async hangUpUnlessOn(node: ShellNode): Promise<void> {
    const state = await node.state()
    if (state === 'stopped' || state === 'gone') await this.hangUpAllOf(node.name)
  }

  /** The node stops, or has stopped: its shells end, and its terminals keep what is on their screens. */
  async hangUpAllOf(nodeName: string): Promise<void> {
    await Promise.allSettled(this.#of(nodeName).map((terminal) => terminal.hangUp()))
  }

  async #closeThese(terminals: readonly Terminal[]): Promise<void> {
    for (const { id } of terminals) this.#open.delete(id)
    this.#onChange()
    // A shell that cannot be ended goes with its node.
    await Promise.allSettled(terminals.map((terminal) => terminal.close()))
  }
}

/** Does something in a node. @throws CapstanError `node-gone` when the node is off, whatever its engine has said */
async function unlessOff<T>(node: ShellNode, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const state = await node.state().catch(() => 'running' as const)
    if (state === 'running' || state === 'cut') throw error
    throw new CapstanError('node-gone', `The node ${node.name} is off.`, {
      help: 'Start it from its menu.',
      cause: error,
    })
  }
}
