/**
 * The way of a student into the nodes of a session. When it is shut, nothing that was asked for later gets through,
 * and one can wait for what was asked for before.
 */
import { CapstanError } from '../../shared/errors'
import { Emitter } from '../../shared/observable'
import type { SessionNode } from './topologies'

export class Gate {
  readonly #inside = new Set<Promise<unknown>>()
  readonly #shuts = new Emitter()
  #isShut = false

  /** From now on the student can do nothing in the nodes. */
  shut(): void {
    this.#isShut = true
    this.#shuts.emit()
  }

  /** Calls back whenever it is shut. */
  onShut(listener: () => void): void {
    this.#shuts.on(listener)
  }

  /** The student may work in the nodes. */
  open(): void {
    this.#isShut = false
  }

  /** @throws CapstanError `session-state` while it is shut */
  assertOpen(): void {
    if (!this.#isShut) return
    throw new CapstanError('session-state', 'This task is handed in: its nodes take no more work.', {
      help: 'Go on with another task, or wait for the result.',
    })
  }

  /** Does something for the student. @throws CapstanError `session-state` while it is shut */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    this.assertOpen()
    const done = work()
    this.#inside.add(done)
    try {
      return await done
    } finally {
      this.#inside.delete(done)
    }
  }

  /** Resolves when everything that got through has ended, whether it succeeded or not. */
  async emptied(): Promise<void> {
    await Promise.allSettled(this.#inside)
  }

  /** The node as the student gets it. */
  guarded(node: SessionNode): SessionNode {
    this.assertOpen()
    return {
      name: node.name,
      containerId: node.containerId,
      docker: node.docker,
      outer: node.outer,
      exec: async (cmd, options) => await this.pass(() => node.exec(cmd, options)),
      script: async (text, options) => await this.pass(() => node.script(text, options)),
      state: async () => await node.state(),
      ready: async () => await node.ready(),
      start: async () => await this.pass(() => node.start()),
      copyIn: async (from, to) => await this.pass(() => node.copyIn(from, to)),
      dial: async (port) => await this.pass(() => node.dial(port)),
      listFiles: async (path) => await this.pass(() => node.listFiles(path)),
      readFile: async (path, options) => await this.pass(() => node.readFile(path, options)),
      writeFile: async (path, content, options) =>
        await this.pass(() => node.writeFile(path, content, options)),
      changeFile: async (change) => await this.pass(() => node.changeFile(change)),
      stampOf: async (folders) => await this.pass(() => node.stampOf(folders)),
      readPart: async (path, part) => await this.pass(() => node.readPart(path, part)),
      writePart: async (path, part) => await this.pass(() => node.writePart(path, part)),
    }
  }
}
