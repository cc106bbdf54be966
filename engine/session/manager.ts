/** All sessions of one store on one engine: start, find again, watch over, reap. */
import { randomBytes } from 'node:crypto'
import { CapstanError } from '../../shared/errors'
import { Emitter } from '../../shared/observable'
import type { LoadedLab } from '../labs'
import { KIND, NAME, OWNER, TOPOLOGY } from '../node'
import type { OuterEngine } from '../outer'
import { shapeOf, stopNodes, type TopologyPool } from '../topology'
import { LabSession } from './lab-session'
import { reap } from './reaper'
import type { SessionRecord, SessionRecords } from './record'
import { newRecord } from './steps'

export interface SessionManagerOptions {
  readonly engine: OuterEngine
  readonly topologies: TopologyPool
  readonly catalogue: () => readonly LoadedLab[]
  readonly records: SessionRecords
  /** Id of the store that owns the sessions: only its own are ever reaped. */
  readonly owner: string
}

export class SessionManager {
  readonly #options: SessionManagerOptions
  readonly #sessions = new Map<string, LabSession>()
  readonly #changes = new Emitter<LabSession>()
  readonly #removals = new Emitter<LabSession>()
  readonly #abort = new AbortController()

  constructor(options: SessionManagerOptions) {
    this.#options = options
    options.engine.onGone(() => {
      for (const session of this.#sessions.values()) session.engineGone()
    })
    void this.#watchNodes()
  }

  /**
   * Starts a lab. Resolves as soon as the session exists; its state tells how the start goes on.
   * @throws CapstanError `not-found`, `session-exists`, `capability-missing`
   */
  async start(labId: string): Promise<LabSession> {
    const lab = this.#lab(labId)
    const open = this.list().find((session) => session.lab.id === labId)
    if (open) {
      throw new CapstanError('session-exists', `"${lab.title}" is open already, in session ${open.id}.`, {
        help: 'Go on with it, or stop it first.',
      })
    }
    mustHave(this.#options.engine, lab)
    const record = newRecord({ id: randomBytes(4).toString('hex'), lab, kind: 'student' })
    const session = this.#add(lab, record)
    // Before the first container: a killed app must find out that there may be something to remove.
    await this.#options.records.save(record)
    void session.start().catch(() => undefined)
    return session
  }

  /** The lab will probably be started soon: its nodes may be made ready. */
  expect(labId: string): void {
    const lab = this.#lab(labId)
    if (missingCapabilities(this.#options.engine, lab).length > 0) return
    this.#options.topologies.expect(shapeOf(lab))
  }

  /** Removes what dead sessions left, then finds the living ones again. */
  async resume(): Promise<void> {
    const records = await reap(this.#options)
    const known = records.filter((record) => record.kind === 'student' && !this.#sessions.has(record.id))
    for (const record of known) {
      const lab = this.#options.catalogue().find((candidate) => candidate.id === record.labId)
      if (lab)
        void this.#add(lab, record)
          .resume()
          .catch(() => undefined)
    }
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

  async stop(id: string): Promise<void> {
    const session = this.get(id)
    await session.stop()
    this.#sessions.delete(id)
    this.#removals.emit(session)
  }

  /** @returns a function that stops the listening */
  onChange(listener: (session: LabSession) => void): () => void {
    return this.#changes.on(listener)
  }

  /** Calls back when a session was stopped and is no longer in the list. @returns a function that stops the listening */
  onRemoved(listener: (session: LabSession) => void): () => void {
    return this.#removals.on(listener)
  }

  /**
   * Lets go of all sessions so that they can be resumed.
   * @param keepNodes leaves the nodes running; otherwise they are stopped and use no memory
   */
  async dispose({ keepNodes = false } = {}): Promise<void> {
    this.#abort.abort()
    const sessions = this.list()
    await Promise.allSettled(sessions.map((session) => session.detach()))
    await this.#options.topologies.dispose()
    if (keepNodes) return
    const ids = sessions.flatMap(({ topologyId }) => topologyId ?? [])
    await Promise.allSettled(ids.map((id) => stopNodes(this.#options.engine, id)))
  }

  #lab(labId: string): LoadedLab {
    const lab = this.#options.catalogue().find((candidate) => candidate.id === labId)
    if (lab) return lab
    throw new CapstanError('not-found', `There is no lab called "${labId}".`, {
      help: 'See `capstan lab list` for the names.',
    })
  }

  #add(lab: LoadedLab, record: SessionRecord): LabSession {
    const { engine, topologies, records } = this.#options
    const session = new LabSession({ engine, topologies, lab, record, records })
    this.#sessions.set(session.id, session)
    session.onChange(() => this.#changes.emit(session))
    return session
  }

  /** Nodes that die or come back outside our doing are noticed by the outer engine's own events. */
  async #watchNodes(): Promise<void> {
    await this.#options.engine.docker
      .watchEvents({
        signal: this.#abort.signal,
        filters: {
          type: ['container'],
          event: ['die', 'start'],
          label: [`${KIND}=node`, `${OWNER}=${this.#options.owner}`],
        },
        onEvent: ({ Action, Actor }) => {
          const { [TOPOLOGY]: id, [NAME]: name = '' } = Actor.Attributes
          const session = this.list().find(({ topologyId }) => topologyId === id)
          session?.nodeChanged(name, Action === 'start' ? 'running' : 'stopped')
        },
        onEnd: () => undefined,
      })
      .catch(() => undefined)
  }
}

/** @throws CapstanError `capability-missing` that names what the lab needs and this engine lacks */
export function mustHave(engine: OuterEngine, lab: LoadedLab): void {
  const missing = missingCapabilities(engine, lab)
  if (missing.length === 0) return
  throw new CapstanError(
    'capability-missing',
    `"${lab.title}" needs ${missing.join(' and ')}, which this engine does not have.`,
    {
      help: 'Run `capstan doctor` to see why and what to do, or use another engine in the settings.',
    },
  )
}

/** What the lab requires and the engine does not have, by name. */
export function missingCapabilities(
  engine: Pick<OuterEngine, 'capabilities'>,
  lab: Pick<LoadedLab, 'requires'>,
): string[] {
  const capabilities: Readonly<Record<string, unknown>> = { ...engine.capabilities }
  return lab.requires.filter((name) => !capabilities[name])
}
