/** All sessions of one store on one engine: start, find again, watch over, reap. */
import { randomBytes } from 'node:crypto'
import { CapstanError } from '../../shared/errors'
import { Emitter } from '../../shared/observable'
import type { DockerClient } from '../docker'
import { type CommandItem, commandLab, type LoadedLab } from '../labs'
import type { OuterEngine } from '../outer'
import { type Shape, shapeOf } from '../topology'
import type { DiskWatchOptions } from './disk-watch'
import { LabSession } from './lab-session'
import { NodeWatch } from './node-watch'
import {
  type AddedNode,
  assertFits,
  assertRoom,
  type PlaygroundChoice,
  type PlaygroundMachine,
  playgroundLab,
  playgroundOf,
} from './playground'
import { type OwnTopologies, removeOrphans } from './reaper'
import { recordsInMemory, type SessionRecord, type SessionRecords } from './record'
import { assertCapabilities, missingCapabilities } from './requirements'
import { assertCanStartAt, newRecord } from './steps'
import type { SessionTopologies } from './topologies'

/** All topologies of one owner on the engine, and the spares for the next labs. */
export interface ManagedTopologies extends SessionTopologies, OwnTopologies {
  /** The shape will probably be wanted soon. */
  expect(shape: Shape): void
  /** Removes the spares and builds no more. */
  dispose(): Promise<void>
}

export interface SessionManagerOptions {
  readonly engine: Pick<OuterEngine, 'capabilities' | 'onGone'> & {
    readonly docker: Pick<DockerClient, 'watchEvents'>
  }
  readonly topologies: ManagedTopologies
  /** The disk that the nodes are on, kept from getting full while there are sessions. Without it nobody watches. */
  readonly disk?: DiskWatchOptions['disk']
  readonly catalogue: () => readonly LoadedLab[]
  readonly records: SessionRecords
  /** Id of the store that owns the sessions: only its own are ever reaped. */
  readonly owner: string
  /**
   * Asked before the files and scripts of a lab reach a node. It throws for a lab that nobody has allowed. Without it
   * all labs may run.
   */
  readonly assertAllowed?: (lab: LoadedLab) => void
}

export class SessionManager {
  readonly #options: SessionManagerOptions
  readonly #sessions = new Map<string, LabSession>()
  readonly #changes = new Emitter<LabSession>()
  readonly #removals = new Emitter<LabSession>()
  readonly #offGone: () => void
  readonly #nodeWatch: NodeWatch
  #hasCleared = false

  constructor(options: SessionManagerOptions) {
    this.#options = options
    this.#offGone = options.engine.onGone(() => {
      for (const session of this.#sessions.values()) session.engineGone()
    })
    const { engine, owner, disk } = options
    this.#nodeWatch = new NodeWatch({ engine, owner, disk, sessions: () => this.list() })
  }

  /**
   * Starts a lab. Resolves as soon as the session exists; its state shows how the start goes on.
   * @param stepId the step at which it begins; the first one when left out
   * @throws CapstanError `not-found`, `session-exists`, `session-state`, `capability-missing`, or what `assertAllowed`
   *   throws
   */
  async start(labId: string, stepId?: string): Promise<LabSession> {
    const lab = this.#lab(labId)
    if (stepId !== undefined) assertCanStartAt(lab, stepId)
    this.#options.assertAllowed?.(lab)
    const open = this.list().find((session) => session.lab.id === labId)
    if (open) {
      throw new CapstanError('session-exists', `"${lab.title}" is open already, in session ${open.id}.`, {
        help: 'Go on with it, or stop it first.',
      })
    }
    assertCapabilities(this.#options.engine, lab)
    return await this.#begin(lab, newRecord({ id: newId(), lab, kind: 'student', stepId }))
  }

  /**
   * Starts a playground. Resolves as soon as the session exists; its state shows how the start goes on.
   * @throws CapstanError `bad-input` for a choice that does not fit this machine
   */
  async startPlayground(choice: PlaygroundChoice): Promise<LabSession> {
    assertFits(choice, this.machine())
    const [id, playground] = [newId(), playgroundOf(choice)]
    const lab = playgroundLab(playgroundId(id), playground)
    return await this.#begin(lab, { ...newRecord({ id, lab, kind: 'student' }), playground })
  }

  /**
   * Takes a node for a command item. Resolves as soon as the session exists; its state shows how the start goes on. No
   * record of it is kept, so a node that its process leaves behind is removed at the next start.
   * @throws CapstanError `bad-input` for an item that cannot be run
   */
  async startCommand(item: Omit<CommandItem, 'id'>): Promise<LabSession> {
    const id = newId()
    const { lab, problem } = commandLab({ ...item, id: `command_${id}` })
    if (!lab)
      throw new CapstanError('bad-input', `This question cannot be run: ${problem}.`, {
        help: 'See `capstan bank lint`.',
      })
    return await this.#begin(lab, newRecord({ id, lab, kind: 'student' }), recordsInMemory())
  }

  /** Starts the nodes of a saved playground again. @throws CapstanError `not-found`, `bad-input` without room for it */
  async continuePlayground(id: string): Promise<LabSession> {
    const session = this.get(id)
    if (session.playground.isSaved) assertRoom(session.snapshot().nodes.length, this.machine())
    // What goes wrong is shown by the session itself, as at a start.
    void session.continue().catch(() => undefined)
    return session
  }

  /** Adds a node to a playground that runs. @throws CapstanError `not-found`, `bad-input`, `session-state` */
  async addNode(id: string, added: AddedNode): Promise<string> {
    assertRoom(1, this.machine())
    return await this.get(id).playground.addNode(added)
  }

  /** The machine of the nodes, and how many of all sessions run there now. */
  machine(): PlaygroundMachine {
    const inUse = this.list().filter(({ state }) => state !== 'saved' && state !== 'stopped')
    const running = inUse.reduce((sum, session) => sum + session.snapshot().nodes.length, 0)
    return { memory: this.#options.engine.capabilities.memory, running }
  }

  async #begin(
    lab: LoadedLab,
    record: SessionRecord,
    records: SessionRecords = this.#options.records,
  ): Promise<LabSession> {
    const session = this.#add(lab, record, records)
    await this.#saveFirst(session, record, records)
    // A start that fails is shown by the session itself; it rejects only for a session that is stopped meanwhile.
    void session.start().catch(() => undefined)
    return session
  }

  /** The lab will probably be started soon: its nodes may be made ready. */
  expect(labId: string): void {
    const lab = this.#lab(labId)
    if (missingCapabilities(this.#options.engine, lab).length > 0) return
    this.#options.topologies.expect(shapeOf(lab))
  }

  /** Removes what dead sessions left, then finds the living ones again. A later call only finds them. */
  async resume(): Promise<void> {
    const { records: store } = this.#options
    const records = this.#hasCleared ? await store.list() : await this.#clear()
    const known = records.filter((record) => record.kind === 'student' && !this.#sessions.has(record.id))
    for (const record of known) {
      const lab = this.#labOf(record)
      if (!lab) continue
      // The session itself shows what went wrong, as at a start.
      void this.#add(lab, record, store)
        .resume()
        .catch(() => undefined)
    }
  }

  /** Nodes that this process is making have no session that names them yet, so only the first call looks for orphans. */
  async #clear(): Promise<SessionRecord[]> {
    const { records, topologies } = this.#options
    this.#hasCleared = true
    const inUse = this.list().flatMap(({ topologyId }) => topologyId ?? [])
    return await removeOrphans(records, topologies, inUse)
  }

  /** @throws CapstanError `not-found` */
  get(id: string): LabSession {
    const session = this.#sessions.get(id)
    if (!session) {
      throw new CapstanError('not-found', `There is no session ${id}.`, { help: 'Start the lab again.' })
    }
    return session
  }

  list(): LabSession[] {
    return [...this.#sessions.values()]
  }

  /**
   * Stops a session, removes its nodes and takes it from the list.
   * @throws CapstanError `not-found`, or what kept the nodes from being removed; the session then stays in the list
   */
  async stop(id: string): Promise<void> {
    const session = this.get(id)
    await session.stop()
    this.#remove(session)
  }

  /** Calls back when something in a session has changed. @returns a function that stops the listening */
  onChange(listener: (session: LabSession) => void): () => void {
    return this.#changes.on(listener)
  }

  /** Calls back when a session is no longer in the list. @returns a function that stops the listening */
  onRemoved(listener: (session: LabSession) => void): () => void {
    return this.#removals.on(listener)
  }

  /**
   * Lets go of all sessions so that they can be resumed.
   * @param keepNodes leaves the nodes running; otherwise they are stopped and use no memory
   */
  async dispose({ keepNodes = false } = {}): Promise<void> {
    this.#nodeWatch.dispose()
    this.#offGone()
    const sessions = this.list()
    await Promise.allSettled(sessions.map((session) => session.detach()))
    await this.#options.topologies.dispose()
    if (keepNodes) return
    const ids = sessions.flatMap(({ topologyId }) => topologyId ?? [])
    // Nodes that cannot be stopped go on; the next start finds them either way.
    await Promise.allSettled(ids.map((id) => this.#options.topologies.stop(id)))
  }

  #lab(labId: string): LoadedLab {
    const lab = this.#options.catalogue().find((candidate) => candidate.id === labId)
    if (lab) return lab
    throw new CapstanError('not-found', `There is no lab called "${labId}".`, {
      help: 'See `capstan lab list` for the names.',
    })
  }

  #labOf({ labId, playground }: SessionRecord): LoadedLab | undefined {
    if (playground) return playgroundLab(labId, playground)
    return this.#options.catalogue().find((candidate) => candidate.id === labId)
  }

  #add(lab: LoadedLab, record: SessionRecord, records: SessionRecords): LabSession {
    const { topologies, assertAllowed: assertLab } = this.#options
    // A playground has no scripts that somebody would have to allow, and questions ship with Capstan.
    const isLab = lab.kind === 'lab' || lab.kind === 'task'
    const assertAllowed = isLab ? assertLab : undefined
    const session = new LabSession({ topologies, lab, record, records, assertAllowed })
    this.#sessions.set(session.id, session)
    session.onChange(() => this.#changes.emit(session))
    return session
  }

  /** Two windows may stop a session at the same time: its removal is announced once. */
  #remove(session: LabSession): void {
    if (this.#sessions.delete(session.id)) this.#removals.emit(session)
  }

  /**
   * Saves the record of a new session before its first container exists, so that the next start of a killed app
   * knows what to remove. The session is in the list by then: no other window can start the lab meanwhile.
   */
  async #saveFirst(session: LabSession, record: SessionRecord, records: SessionRecords): Promise<void> {
    try {
      await records.save(record)
    } catch (error) {
      this.#remove(session)
      throw error
    }
  }
}

function newId(): string {
  return randomBytes(4).toString('hex')
}

/** Labs and playgrounds have different ids, whoever names a lab. */
function playgroundId(sessionId: string): string {
  return `playground_${sessionId}`
}
