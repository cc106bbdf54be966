/** Sessions of labs without an engine, for tests of the services. */
import type { Duplex } from 'node:stream'
import type {
  AddedNode,
  Attachment,
  FileChange,
  FileEntry,
  LoadedLab,
  MapSnapshot,
  NodeAction,
  PlaygroundChoice,
  SessionSnapshot,
  TerminalSize,
} from '../../engine'
import type { Session, Sessions } from '../../main/services/labs'
import type { SessionNode, SessionTerminal } from '../../main/services/labs/sessions'
import { CapstanError } from '../../shared/errors'
import { Emitter } from '../../shared/observable'

type Emit = Parameters<SessionTerminal['attach']>[0]

export class FakeTerminal implements SessionTerminal {
  readonly id: string
  readonly node: string | null
  readonly title: string
  exitCode: number | null = null
  isClosed = false
  readonly written: string[] = []
  readonly acknowledged: number[] = []
  readonly pages = new Set<Emit>()
  size: TerminalSize = { cols: 80, rows: 24 }

  constructor(id: string, node: string | null) {
    this.id = id
    this.node = node
    this.title = node ?? 'This computer'
  }

  attach(emit: Emit): Attachment {
    this.pages.add(emit)
    emit({ kind: 'snapshot', data: 'screen', ...this.size })
    return {
      acknowledge: (chars) => void this.acknowledged.push(chars),
      detach: () => void this.pages.delete(emit),
    }
  }

  write(data: string): void {
    this.written.push(data)
  }

  async run(code: string): Promise<boolean> {
    this.written.push(`${code}\r`)
    return true
  }

  async resize(size: TerminalSize): Promise<void> {
    this.size = size
  }

  async close(): Promise<void> {
    this.isClosed = true
  }
}

export class FakeNode implements SessionNode {
  readonly files = new Map<string, Buffer>()
  /** Connects to a port of the node. */
  connect: (port: number) => Promise<Duplex> = () => Promise.reject(new Error('nothing listens'))

  async dial(port: number): Promise<Duplex> {
    return await this.connect(port)
  }

  async listFiles(path: string): Promise<FileEntry[]> {
    return [...this.files].map(([name, { length: size }]) => ({
      name,
      path: `${path}/${name}`,
      type: 'file',
      size,
    }))
  }

  async readFile(path: string): Promise<Buffer> {
    const content = this.files.get(path)
    if (content) return content
    throw new CapstanError('not-found', `${path} is not there.`)
  }

  async writeFile(path: string, content: string): Promise<void> {
    this.files.set(path, Buffer.from(content))
  }

  async changeFile(change: FileChange): Promise<void> {
    const content = this.files.get(change.path) ?? Buffer.alloc(0)
    if (change.kind !== 'folder') this.files.delete(change.path)
    if (change.kind === 'rename') this.files.set(change.to, content)
  }

  async stampOf(folders: readonly string[]): Promise<string> {
    return `${folders.join()} ${this.files.size}`
  }

  async readPart(path: string, { offset, length }: { offset: number; length: number }): Promise<Buffer> {
    return (await this.readFile(path)).subarray(offset, offset + length)
  }

  async writePart(path: string, { content }: { content: Buffer }): Promise<void> {
    this.files.set(path, Buffer.concat([this.files.get(path) ?? Buffer.alloc(0), content]))
  }
}

/** The map of a session whose only node has nothing in it. */
const MAP: MapSnapshot = {
  nodes: [
    {
      name: 'node1',
      state: 'running',
      member: null,
      swarm: 'inactive',
      isManager: false,
      problem: null,
      containers: [],
      moreContainers: 0,
      networks: [],
      moreNetworks: 0,
      volumes: [],
      moreVolumes: 0,
    },
  ],
  swarm: null,
  services: [],
  moreServices: 0,
  tasks: [],
  moreTasks: 0,
  others: [],
}

export class FakeSession implements Session {
  readonly id: string
  readonly lab: Pick<LoadedLab, 'id' | 'kind'>
  readonly nodes = new Map([['node1', new FakeNode()]])
  readonly shells: FakeTerminal[] = []
  /** The calls to the session, in order. */
  readonly done: string[] = []
  readonly changes = new Emitter()
  readonly gate = { shut: () => void this.done.push('shut'), open: () => void this.done.push('open') }
  readonly playground: Session['playground'] = {
    rename: async (name) => void this.done.push(`rename ${name}`),
    save: async () => void this.done.push('save'),
    removeNode: async (node, { leaves }) => void this.done.push(`remove ${node} ${leaves}`),
    placeCompose: async ({ name }) => ({
      node: 'node1',
      path: `/root/${name}/compose.yaml`,
      command: `deploy ${name}`,
    }),
  }
  readonly map: Session['map'] = {
    watch: (listener) => {
      listener(MAP)
      return () => undefined
    },
    inspect: async ({ kind, id }) => ({ command: `docker ${kind} inspect ${id}`, text: '[]' }),
  }
  state: SessionSnapshot['state'] = 'running'
  /** What its checks find when it is graded, or why it cannot be. */
  grades: Awaited<ReturnType<Session['grade']>>['checks'] = []
  gradeFault: CapstanError | null = null
  /** Parts of the snapshot that differ from the usual ones. */
  shows: Partial<SessionSnapshot> = {}

  constructor(id: string, lab: Pick<LoadedLab, 'id' | 'kind'>) {
    this.id = id
    this.lab = lab
  }

  snapshot(): SessionSnapshot {
    return {
      id: this.id,
      labId: this.lab.id,
      state: this.state,
      activity: null,
      startedAt: '2026-01-01T00:00:00.000Z',
      currentStep: 'one',
      steps: [],
      nodes: [{ name: 'node1', state: 'running', ports: [80], trouble: null }],
      completed: false,
      notice: null,
      problem: null,
      playground: null,
      ...this.shows,
    }
  }

  onChange(listener: () => void): () => void {
    return this.changes.on(listener)
  }

  /** Changes what the session shows, as its own work would. */
  change(shows: Partial<SessionSnapshot>): void {
    this.shows = { ...this.shows, ...shows }
    this.changes.emit()
  }

  node(name: string): FakeNode {
    const node = this.nodes.get(name)
    if (node) return node
    throw new CapstanError('not-found', `There is no node ${name}.`)
  }

  async check(): Promise<void> {
    this.done.push('check')
  }

  async openStep(stepId: string): Promise<void> {
    this.done.push(`open ${stepId}`)
  }

  async showHint(stepId: string): Promise<void> {
    this.done.push(`hint ${stepId}`)
  }

  async showSolution(stepId: string): Promise<void> {
    this.done.push(`solution ${stepId}`)
  }

  async reset(stepId?: string): Promise<void> {
    this.done.push(stepId ? `reset ${stepId}` : 'reset')
  }

  async switchNode(node: string, action: NodeAction): Promise<void> {
    this.done.push(`${action} ${node}`)
  }

  lookSoon(): void {
    this.done.push('look soon')
  }

  async grade(): ReturnType<Session['grade']> {
    if (this.gradeFault) throw this.gradeFault
    return { judgedAt: new Date(), checks: this.grades }
  }

  async openTerminal(node: string, size: TerminalSize): Promise<FakeTerminal> {
    this.node(node)
    const terminal = new FakeTerminal(`${this.id}-t${this.shells.length + 1}`, node)
    terminal.size = size
    this.shells.push(terminal)
    this.changes.emit()
    return terminal
  }

  terminals(): FakeTerminal[] {
    return this.shells.filter(({ isClosed }) => !isClosed)
  }

  async renewTerminal(id: string): Promise<void> {
    for (const terminal of this.shells.filter((one) => one.id === id)) terminal.exitCode = null
    this.changes.emit()
  }

  async closeTerminal(id: string): Promise<void> {
    await this.shells.find((terminal) => terminal.id === id)?.close()
    this.changes.emit()
  }
}

export class FakeSessions implements Sessions {
  readonly open = new Map<string, FakeSession>()
  readonly expected: string[] = []
  readonly changes = new Emitter<Session>()
  readonly removals = new Emitter<Session>()
  /** The calls to all sessions, in order. */
  readonly done: string[] = []
  readonly #kindOf: (labId: string) => LoadedLab['kind']

  constructor(kindOf: (labId: string) => LoadedLab['kind'] = () => 'lab') {
    this.#kindOf = kindOf
  }

  /** Opens a session at once. */
  add(labId: string, kind = this.#kindOf(labId)): FakeSession {
    const session = new FakeSession(`s-${labId}`, { id: labId, kind })
    this.open.set(session.id, session)
    session.onChange(() => this.changes.emit(session))
    return session
  }

  get(id: string): FakeSession {
    const session = this.open.get(id)
    if (session) return session
    throw new CapstanError('not-found', `There is no session ${id}.`)
  }

  list(): FakeSession[] {
    return [...this.open.values()]
  }

  async start(labId: string): Promise<FakeSession> {
    if (this.open.has(`s-${labId}`)) throw new CapstanError('session-exists', `"${labId}" is open already.`)
    return this.add(labId)
  }

  async startPlayground({ name, engine }: PlaygroundChoice): Promise<FakeSession> {
    const session = this.add('playground', 'playground')
    session.shows = { currentStep: null, playground: { name, engine, savedAt: null, nodes: [] } }
    return session
  }

  async startCommand(): Promise<FakeSession> {
    return this.add(`command-${this.open.size}`, 'command')
  }

  async continuePlayground(id: string): Promise<FakeSession> {
    this.get(id).done.push('continue')
    return this.get(id)
  }

  async addNode(id: string, { role, join }: AddedNode): Promise<string> {
    this.get(id).done.push(`add ${role} ${join}`)
    return `${role}2`
  }

  machine() {
    return { memory: 8192, running: 0 }
  }

  async stop(id: string): Promise<void> {
    const session = this.get(id)
    this.open.delete(id)
    this.removals.emit(session)
  }

  expect(labId: string): void {
    this.expected.push(labId)
  }

  async resume(): Promise<void> {
    this.done.push('resume')
  }

  onChange(listener: (session: Session) => void): () => void {
    return this.changes.on(listener)
  }

  onRemoved(listener: (session: Session) => void): () => void {
    return this.removals.on(listener)
  }

  async dispose({ keepNodes }: { readonly keepNodes: boolean }): Promise<void> {
    this.done.push(keepNodes ? 'dispose and keep' : 'dispose')
  }
}
