/** One lab node: a container with an engine of its own. */

import { basename } from 'node:path'
import type { Duplex } from 'node:stream'
import { CapstanError, isCapstanError } from '../../shared/errors'
import { lastLines } from '../../shared/last-lines'
import { countdown, until } from '../../shared/system/wait'
import { stretched } from '../../shared/time-limits'
import { DockerClient, type ExecOptions, type ExecResult, NoKeysLeft } from '../docker'
import { archiveOfLabFiles } from '../lab-folders'
import {
  changeFile,
  type FileChange,
  type NewPart,
  type Part,
  readPart,
  stampOf,
  writePart,
} from './file-changes'
import { type FileEntry, listFiles, readFile, type WriteOptions, writeFile } from './files'
import { InnerAgent } from './inner-agent'
import { thaw } from './thaw'

const EXEC_LIMIT_MS = 10_000
/** A command in the node is killed this long after its limit. */
const KILL_AFTER_MS = 200
/** A node of a swarm that was killed has much to put right, on a busy machine. An engine that ends is noticed at once. */
const READY_LIMIT_MS = 120_000
const READY_AGAIN_MS = 50
const STOP_SECONDS = 3
const THAWED_AGAIN_MS = 100

/** A node that is `cut` runs, but on no network. */
export type NodeState = 'running' | 'stopped' | 'cut' | 'gone'

export interface NodeIdentity {
  readonly outer: DockerClient
  readonly containerId: string
  readonly name: string
  readonly topologyId: string
}

export class LabNode {
  readonly name: string
  readonly containerId: string
  readonly topologyId: string
  /** The node's inner engine. */
  readonly docker: DockerClient
  readonly outer: DockerClient

  constructor({ outer, containerId, name, topologyId }: NodeIdentity) {
    this.outer = outer
    this.containerId = containerId
    this.name = name
    this.topologyId = topologyId
    const gone = (cause: unknown) => this.#goneError(cause)
    this.docker = DockerClient.over(new InnerAgent(outer, containerId, gone), { gone })
  }

  /**
   * Runs a command in the node as root, in /root. The command is killed at its limit.
   * @throws CapstanError `node-gone` when the node has stopped, `engine-timeout` at the limit
   */
  async exec(cmd: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    const { limitMs = EXEC_LIMIT_MS } = options
    // The engine cannot end an exec, and a check that hangs each time would fill the node with processes.
    const seconds = ((stretched(limitMs) + KILL_AFTER_MS) / 1000).toFixed(3)
    const bounded = ['timeout', '-s', 'KILL', seconds, ...cmd]
    try {
      return await onceThawed(limitMs, () =>
        this.outer.execs.run(this.containerId, bounded, { cwd: '/root', ...options, limitMs }),
      )
    } catch (error) {
      throw (await this.#isDown(error)) ? this.#goneError(error) : error
    }
  }

  /** Runs the text of a bash script in the node. */
  async script(text: string, options: ExecOptions = {}): Promise<ExecResult> {
    return await this.exec(['bash', '-s'], { ...options, stdin: text })
  }

  /** A connection to a TCP port on the node's own loopback. */
  async dial(port: number): Promise<Duplex> {
    return await this.outer.execs.openPipe(this.containerId, ['nc', '-N', '127.0.0.1', String(port)])
  }

  async listFiles(path: string): Promise<FileEntry[]> {
    return await listFiles((cmd, options) => this.exec(cmd, options), path)
  }

  async readFile(path: string, { maxBytes = 1024 * 1024 } = {}): Promise<Buffer> {
    return await readFile((cmd, options) => this.exec(cmd, options), path, { maxBytes })
  }

  async writeFile(
    path: string,
    content: string | Buffer,
    options: Omit<WriteOptions, 'content'> = {},
  ): Promise<void> {
    await writeFile((cmd, more) => this.exec(cmd, more), path, { content, ...options })
  }

  async changeFile(change: FileChange): Promise<void> {
    await changeFile((cmd, options) => this.exec(cmd, options), change)
  }

  async stampOf(folders: readonly string[]): Promise<string> {
    return await stampOf((cmd, options) => this.exec(cmd, options), folders)
  }

  async readPart(path: string, part: Part): Promise<Buffer> {
    return await readPart((cmd, options) => this.exec(cmd, options), path, part)
  }

  async writePart(path: string, part: NewPart): Promise<void> {
    await writePart((cmd, options) => this.exec(cmd, options), path, part)
  }

  /**
   * Copies a file or folder of a lab to a path in the node.
   * @param hash what the files were when the lab was loaded
   * @throws CapstanError `lab-invalid` for what no lab may hold, such as links, and for files that have changed
   */
  async copyIn(from: string, to: string, hash?: string): Promise<void> {
    const name = to.replace(/^\/+|\/+$/g, '') || basename(from)
    const archive = await archiveOfLabFiles(from, { name, hash })
    await this.outer.containers.copyIn(this.containerId, '/', archive)
  }

  async state(): Promise<NodeState> {
    try {
      const { State, NetworkSettings } = await this.outer.containers.inspect(this.containerId)
      if (!State.Running) return 'stopped'
      return Object.keys(NetworkSettings.Networks).length > 0 ? 'running' : 'cut'
    } catch (error) {
      if (isCapstanError(error, 'not-found')) return 'gone'
      throw error
    }
  }

  /**
   * Waits until the inner engine answers.
   * @throws CapstanError `node-gone` with the last lines of the node's log
   */
  async ready(limitMs = READY_LIMIT_MS): Promise<void> {
    const leftMs = countdown(limitMs)
    const failure = await until(() => this.#whyNotReady(leftMs), {
      isDone: (reason) => reason === null,
      limitMs,
      everyMs: READY_AGAIN_MS,
    })
    if (failure !== null) throw await this.#notReady(failure)
  }

  async start(): Promise<void> {
    await this.outer.containers.start(this.containerId)
    await this.ready()
  }

  async restart(): Promise<void> {
    await thaw(this.outer, this.containerId)
    await this.outer.containers.restart(this.containerId, { seconds: STOP_SECONDS })
    await this.ready()
  }

  async stop(): Promise<void> {
    await thaw(this.outer, this.containerId)
    await this.outer.containers.stop(this.containerId, { seconds: STOP_SECONDS })
  }

  async kill(): Promise<void> {
    await thaw(this.outer, this.containerId)
    await this.outer.containers.kill(this.containerId)
  }

  async remove(): Promise<void> {
    this.docker.close()
    await thaw(this.outer, this.containerId)
    await this.outer.containers.remove(this.containerId)
  }

  /** @returns the failure of a node that may still become ready, or null for a node that is */
  async #whyNotReady(leftMs: () => number): Promise<unknown> {
    try {
      // The connection itself waits for the engine's socket, so most starts need one question only.
      await this.docker.ping(Math.max(1, leftMs()))
      return null
    } catch (error) {
      if (isCapstanError(error, 'engine-gone')) throw error
      if (!(await this.#runs())) throw await this.#notReady(error)
      await this.#mustHaveKeys()
      return error
    }
  }

  /** Without a key of the kernel no command runs in the node, and so its engine cannot be reached. */
  async #mustHaveKeys(): Promise<void> {
    try {
      await this.outer.execs.run(this.containerId, ['true'])
    } catch (error) {
      // Anything else, such as a node that has ended meanwhile, is found by the next question.
      if (error instanceof NoKeysLeft) throw error
    }
  }

  async #isDown(error: unknown): Promise<boolean> {
    if (isCapstanError(error, 'not-found')) return true
    if (!isCapstanError(error, 'engine-refused')) return false
    return !(await this.#runs().catch(() => true))
  }

  async #runs(): Promise<boolean> {
    return ['running', 'cut'].includes(await this.state())
  }

  #goneError(cause: unknown): CapstanError {
    return new CapstanError('node-gone', `The node ${this.name} has stopped.`, {
      help: 'Start it again from its menu, or reset the lab.',
      cause,
    })
  }

  async #notReady(cause: unknown): Promise<CapstanError> {
    const log = await this.outer.containers.log(this.containerId, 8).catch(() => '')
    const last = lastLines(log, 3).trim()
    return new CapstanError(
      'node-gone',
      `The engine in ${this.name} did not start.${last ? ` It said: ${last}` : ''}`,
      {
        help: 'Reset the lab. If it happens again, `capstan doctor` may say what this machine lacks.',
        cause,
      },
    )
  }
}

/** Does the work, which a node refuses while it is frozen: all nodes are, for a moment, when the disk is nearly full. */
async function onceThawed<T>(limitMs: number, work: () => Promise<T>): Promise<T> {
  const outcome = await until(() => unlessFrozen(work), {
    isDone: ({ refused }) => refused === null,
    limitMs,
    everyMs: THAWED_AGAIN_MS,
  })
  if (outcome.refused) throw outcome.refused
  return outcome.result
}

type Outcome<T> = { readonly refused: null; readonly result: T } | { readonly refused: CapstanError }

async function unlessFrozen<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { refused: null, result: await work() }
  } catch (error) {
    if (!isCapstanError(error, 'engine-refused') || !/is paused/.test(error.message)) throw error
    return { refused: error }
  }
}
