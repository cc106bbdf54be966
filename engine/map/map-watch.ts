/** One watch of a session's map, from the first page that shows it to the last one. */
import { isCapstanError } from '../../shared/errors'
import type { SwarmInfo } from './answers'
import { Looks } from './looks'
import { type KnownNode, type KnownSwarm, mapOf } from './merge'
import {
  lookAtMembership,
  lookAtSwarm,
  lookIntoNode,
  type MapEngine,
  type NodePicture,
  type SwarmPicture,
} from './pictures'
import type { MapNodeState, MapSnapshot } from './snapshot'

/** A burst of events (create, connect, start) is one change. */
const QUIET_MS = 50
/** Tasks change their states without an event of any engine. */
const SWARM_TICK = { firstMs: 200, mostMs: 3_000 }
/**
 * An engine counts all it has for the answer about its membership, so it is not asked more often. A manager that answers
 * tells most of it sooner.
 */
const MEMBERSHIP_MS = { withManager: 6_000, without: 1_000 }

/** The session whose nodes are drawn. */
export interface MapSource {
  nodes(): readonly { readonly name: string; readonly state: MapNodeState }[]
  /** The engine of a node. @throws CapstanError `session-state` while there are no nodes */
  engine(name: string): MapEngine
  /** @returns a function that stops the listening */
  onChange(listener: () => void): () => void
}

interface Place {
  readonly looks: Looks
  /** The engine that was looked at. A reset gives the node another one. */
  engine: MapEngine | null
  state: MapNodeState
  picture: NodePicture | null
  problem: string | null
  info: SwarmInfo | null
  askedAt: number
}

const NO_SWARM: KnownSwarm = { seenFrom: null, picture: null, problem: null }

export class MapWatch {
  readonly #source: MapSource
  readonly #onMap: (map: MapSnapshot) => void
  readonly #places = new Map<string, Place>()
  readonly #swarmLooks: Looks
  readonly #stopListening: () => void
  #swarm: KnownSwarm = NO_SWARM
  #last = ''

  constructor(source: MapSource, onMap: (map: MapSnapshot) => void) {
    this.#source = source
    this.#onMap = onMap
    this.#swarmLooks = new Looks({
      look: async (signal) => await this.#lookAtSwarm(signal),
      quietMs: QUIET_MS,
      tick: SWARM_TICK,
    })
    this.#stopListening = source.onChange(() => this.#nodesChanged())
    this.#nodesChanged()
    this.#swarmLooks.soon()
  }

  /** Something has happened in a node: its engine has reported an event. */
  lookSoon(name: string): void {
    this.#places.get(name)?.looks.soon()
    this.#swarmLooks.soon()
  }

  /** Something was created in a node, and its start will be announced. */
  lookLater(name: string): void {
    this.#places.get(name)?.looks.later()
    this.#swarmLooks.later()
  }

  /** The managers that are known, the one that answered last first. */
  managers(): string[] {
    const managers = [...this.#places].filter(([, place]) => place.info?.ControlAvailable)
    const names = managers.map(([name]) => name)
    const { seenFrom } = this.#swarm
    return seenFrom ? [seenFrom, ...names.filter((name) => name !== seenFrom)] : names
  }

  stop(): void {
    this.#stopListening()
    this.#swarmLooks.stop()
    for (const { looks } of this.#places.values()) looks.stop()
  }

  /** Follows the nodes of the session: one may have died, and a reset replaces all of them. */
  #nodesChanged(): void {
    const nodes = this.#source.nodes()
    let isOther = this.#forgetOthers(nodes.map(({ name }) => name))
    for (const { name, state } of nodes) {
      const place = this.#placeOf(name)
      const engine = this.#engineOf(name, state)
      if (place.state === state && place.engine === engine) continue
      isOther = true
      if (place.engine !== engine)
        Object.assign(place, { picture: null, info: null, problem: null, askedAt: 0 })
      Object.assign(place, { state, engine })
      if (engine) place.looks.soon()
    }
    if (!isOther) return
    this.#swarmLooks.soon()
    this.#publish()
  }

  /** Nodes can be taken out of a playground. @returns whether there were any */
  #forgetOthers(names: readonly string[]): boolean {
    const gone = [...this.#places].filter(([name]) => !names.includes(name))
    for (const [name, { looks }] of gone) {
      looks.stop()
      this.#places.delete(name)
    }
    return gone.length > 0
  }

  #placeOf(name: string): Place {
    const known = this.#places.get(name)
    if (known) return known
    const look = async (signal: AbortSignal) => await this.#lookInto(name, signal)
    const looks = new Looks({ look, quietMs: QUIET_MS })
    const place: Place = {
      looks,
      engine: null,
      state: 'starting',
      picture: null,
      problem: null,
      info: null,
      askedAt: 0,
    }
    this.#places.set(name, place)
    return place
  }

  /** Null for a node that does not run. */
  #engineOf(name: string, state: MapNodeState): MapEngine | null {
    if (state !== 'running' && state !== 'cut') return null
    try {
      return this.#source.engine(name)
    } catch {
      // The session lets go of its nodes, and says so with its next change.
      return null
    }
  }

  async #lookInto(name: string, signal: AbortSignal): Promise<void> {
    const place = this.#placeOf(name)
    const { engine } = place
    if (!engine) return
    const show = (seen: Pick<Place, 'picture' | 'problem'>) => {
      if (signal.aborted || place.engine !== engine) return
      Object.assign(place, seen)
      this.#publish()
    }
    await lookIntoNode(engine, (containers) =>
      show({ picture: { networks: [], volumes: [], ...place.picture, containers }, problem: null }),
    ).then(
      (picture) => show({ picture, problem: null }),
      (error: unknown) => show({ picture: null, problem: wordsOf(error) }),
    )
  }

  async #lookAtSwarm(signal: AbortSignal): Promise<void> {
    const asked = await this.#lookAtMembers(signal)
    const managers = this.managers()
    const swarm = managers.length > 0 ? await this.#askManagers(managers) : NO_SWARM
    if (signal.aborted) return
    this.#swarm = swarm
    if (asked || swarm.picture || swarm.problem) this.#publish()
  }

  /** @returns whether anybody was asked */
  async #lookAtMembers(signal: AbortSignal): Promise<boolean> {
    const now = performance.now()
    const restMs = this.#swarm.picture ? MEMBERSHIP_MS.withManager : MEMBERSHIP_MS.without
    const due = [...this.#places.values()].filter(
      ({ engine, askedAt }) => engine && (askedAt === 0 || now - askedAt >= restMs),
    )
    await Promise.all(
      due.map(async (place) => {
        const { engine } = place
        if (!engine) return
        place.askedAt = now
        const info = await lookAtMembership(engine).catch(() => null)
        if (!signal.aborted && place.engine === engine) place.info = info
      }),
    )
    return due.length > 0
  }

  /** Asks the manager that answered last; if it does not answer any more, all others at once. */
  async #askManagers([first = '', ...others]: readonly string[]): Promise<KnownSwarm> {
    try {
      return await this.#askManager(first)
    } catch (error) {
      const answers = others.map((name) => this.#askManager(name))
      return await Promise.any(answers).catch(() => ({ ...NO_SWARM, problem: wordsOf(error) }))
    }
  }

  async #askManager(name: string): Promise<KnownSwarm> {
    const picture: SwarmPicture = await lookAtSwarm(this.#source.engine(name))
    return { seenFrom: name, picture, problem: null }
  }

  /** Gives the map to the watcher unless it is the same as before. */
  #publish(): void {
    const known: KnownNode[] = this.#source.nodes().map(({ name, state }) => {
      const { picture = null, problem = null, info = null } = this.#places.get(name) ?? {}
      return { name, state, picture, problem, info }
    })
    const map = mapOf(known, this.#swarm)
    const text = JSON.stringify(map)
    if (text === this.#last) return
    this.#last = text
    this.#onMap(map)
  }
}

/** Why an engine could not be asked, in one line. */
function wordsOf(error: unknown): string {
  const words = isCapstanError(error) ? error.message : 'Its engine cannot be asked.'
  return words.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 300)
}
