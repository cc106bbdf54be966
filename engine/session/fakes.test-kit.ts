/** Nodes and topologies for the tests of sessions: plain objects that do what a test says. */
import { PassThrough } from 'node:stream'
import { CapstanError } from '../../shared/errors'
import { processName } from '../../shared/system/processes'
import type { EventWatch, ExecOptions, ExecResult, TtyOptions } from '../docker'
import type { NodeAction } from '../labs'
import type { FileChange, NodeState } from '../node'
import { FakeTty } from '../terminal/fake-tty.test-kit'
import type { BuildOptions, Shape, ShapeNode } from '../topology'
import type { ManagedTopologies } from './manager'
import type { SessionNode, SessionTopology } from './topologies'

export class FakeNode implements SessionNode {
  readonly name: string
  readonly containerId: string
  /** The requests to the node, in order. */
  readonly calls: string[] = []
  readonly ttys: FakeTty[] = []
  readonly watches: EventWatch[] = []
  /** Answers to GETs of the inner engine's API, by path. */
  readonly answers: Record<string, unknown> = { '/containers/json': [], '/services': [] }
  current: NodeState = 'running'
  /** The result of every command and script. */
  result: ExecResult = { exitCode: 0, stdout: '', stderr: '' }

  readonly docker = {
    get: async <T>(path: string): Promise<T> => {
      if (path in this.answers) return this.answers[path] as T
      throw new CapstanError('engine-refused', `no answer to ${path}`)
    },
    watchEvents: async (watch: EventWatch): Promise<() => void> => {
      if (this.current !== 'running') throw new CapstanError('node-gone', `${this.name} is off`)
      this.watches.push(watch)
      return () => undefined
    },
  }

  readonly outer = {
    execs: {
      openTty: async (_containerId: string, options: TtyOptions): Promise<FakeTty> => {
        const tty = new FakeTty(options)
        this.ttys.push(tty)
        return tty
      },
    },
  }

  constructor(name: string, topologyId = 't') {
    this.name = name
    this.containerId = `${topologyId}-${name}`
  }

  /** An event of the inner engine. */
  event(action: string): void {
    const event = { Type: 'container', Action: action, Actor: { ID: 'c1', Attributes: {} }, time: 0 }
    for (const { onEvent, signal } of this.watches) if (!signal?.aborted) onEvent(event)
  }

  async exec(cmd: readonly string[], _options?: ExecOptions): Promise<ExecResult> {
    this.calls.push(`exec ${cmd.join(' ')}`)
    return this.result
  }

  async script(text: string, _options?: ExecOptions): Promise<ExecResult> {
    this.calls.push(`script ${text}`)
    return this.result
  }

  async state(): Promise<NodeState> {
    return this.current
  }

  async ready(): Promise<void> {
    this.calls.push('ready')
  }

  async start(): Promise<void> {
    this.calls.push('start')
    this.current = 'running'
  }

  async copyIn(from: string, to: string, hash?: string): Promise<void> {
    this.calls.push(`copy ${from} ${to} ${hash}`)
  }

  async dial(): Promise<PassThrough> {
    return new PassThrough()
  }

  async listFiles(): Promise<[]> {
    return []
  }

  async readFile(): Promise<Buffer> {
    return Buffer.alloc(0)
  }

  async writeFile(path: string): Promise<void> {
    this.calls.push(`write ${path}`)
  }

  async changeFile({ kind, path }: FileChange): Promise<void> {
    this.calls.push(`${kind} ${path}`)
  }

  async stampOf(): Promise<string> {
    return ''
  }

  async readPart(): Promise<Buffer> {
    return Buffer.alloc(0)
  }

  async writePart(path: string): Promise<void> {
    this.calls.push(`write part of ${path}`)
  }
}

const AFTER: Readonly<Record<NodeAction, NodeState>> = {
  start: 'running',
  stop: 'stopped',
  kill: 'stopped',
  restart: 'running',
  cut: 'cut',
  rejoin: 'running',
}

export class FakeTopology implements SessionTopology {
  readonly id: string
  nodes: readonly FakeNode[]
  readonly acts: string[] = []
  isClosed = false
  /** Runs before a node is switched. */
  onAct: () => void | Promise<void> = () => undefined

  constructor(id: string, { nodes }: Shape) {
    this.id = id
    this.nodes = nodes.map(({ name }) => new FakeNode(name, id))
  }

  node(name: string): FakeNode {
    const node = this.nodes.find((one) => one.name === name)
    if (node) return node
    throw new CapstanError('not-found', `no node ${name}`)
  }

  async switchNode(name: string, action: NodeAction): Promise<void> {
    this.acts.push(`${action} ${name}`)
    await this.onAct()
    this.node(name).current = AFTER[action]
  }

  async addNode({ name, swarm }: ShapeNode): Promise<FakeNode> {
    this.acts.push(`add ${name} ${swarm}`)
    await this.onAct()
    const node = new FakeNode(name, this.id)
    this.nodes = [...this.nodes, node]
    return node
  }

  async leaveSwarm(name: string): Promise<void> {
    this.acts.push(`leave ${name}`)
    await this.onAct()
  }

  async removeNode(name: string): Promise<void> {
    this.acts.push(`remove ${name}`)
    this.nodes = this.nodes.filter((node) => node.name !== name)
  }

  close(): void {
    this.isClosed = true
  }
}

/** The topologies of an engine. They are called t1, t2 and so on, in the order in which they are taken. */
export class FakeTopologies implements ManagedTopologies {
  /** The requests, in order. */
  readonly log: string[] = []
  readonly taken: FakeTopology[] = []
  /** Topologies that are on the engine: those that were taken, and those that a test puts there. */
  readonly present = new Map<string, FakeTopology>()
  /** Processes that made the topologies, when it was not this one. */
  readonly makers = new Map<string, string>()
  hasSpare = false
  onTake: (options: BuildOptions, topology: FakeTopology) => void | Promise<void> = () => undefined
  onRemove: (id: string) => void | Promise<void> = () => undefined

  /** The topology that was taken last. */
  get latest(): FakeTopology {
    const latest = this.taken.at(-1)
    if (latest) return latest
    throw new Error('no topology was taken')
  }

  /** A topology that an earlier process has left. */
  leave(id: string, shape: Shape): FakeTopology {
    const topology = new FakeTopology(id, shape)
    this.present.set(id, topology)
    return topology
  }

  async take(shape: Shape, options: BuildOptions): Promise<FakeTopology> {
    const topology = new FakeTopology(`t${this.taken.length + 1}`, shape)
    this.log.push(`take ${topology.id}`)
    await this.onTake(options, topology)
    this.taken.push(topology)
    this.present.set(topology.id, topology)
    return topology
  }

  async find(id: string): Promise<FakeTopology> {
    this.log.push(`find ${id}`)
    const found = this.present.get(id)
    if (found) return found
    throw new CapstanError('node-gone', `The node node1 of this lab is gone.`, { help: 'Reset the lab.' })
  }

  async remove(id: string): Promise<void> {
    this.log.push(`remove ${id}`)
    await this.onRemove(id)
    this.present.delete(id)
  }

  async stop(id: string): Promise<void> {
    this.log.push(`stop ${id}`)
    for (const node of this.present.get(id)?.nodes ?? []) node.current = 'stopped'
  }

  async list(): Promise<{ id: string; process: string }[]> {
    return [...this.present.keys()].map((id) => ({ id, process: this.makers.get(id) ?? processName() }))
  }

  has(): boolean {
    return this.hasSpare
  }

  expect(shape: Shape): void {
    this.log.push(`expect ${shape.nodes.length}`)
  }

  async dispose(): Promise<void> {
    this.log.push('dispose')
  }
}
