/**
 * A warm pool: topologies that are built before anybody asks, so that a lab opens and resets at once.
 *
 * It holds spares of the shapes that were asked for last, as far as there is room, and removes them when memory gets
 * tight. A spare is a whole topology of one shape: names, addresses and swarm are final, so taking it costs nothing.
 */
import { Turns } from '../../shared/turns'
import type { BuildOptions, TopologyContext } from './context'
import { type FoundTopology, topologiesOn } from './lookup'
import { plan, wantedAfter } from './pool-policy'
import { removeTopology, stopNodes } from './removal'
import { type Shape, shapeKey } from './shape'
import { Topology } from './topology'

export interface TopologyPoolOptions extends TopologyContext {
  /** The number of nodes that may be held in reserve now; 0 for a pool that only builds on demand. */
  readonly room: () => Promise<number>
  /** Milliseconds between looks at the room. */
  readonly lookMs?: number
  /** Milliseconds between a request and the building of spares. */
  readonly quietMs?: number
}

export interface TakeOptions extends BuildOptions {
  /** The shape is not likely to be wanted again. */
  readonly once?: boolean
}

interface Spare {
  readonly key: string
  readonly size: number
  /** Resolves to null when the spare could not be built. */
  readonly built: Promise<Topology | null>
  topology: Topology | null
  readonly abort: AbortController
}

/** A start or reset that has just taken its nodes needs the processors more than a spare does. */
const QUIET_MS = 1_000
const LOOK_MS = 5_000

export class TopologyPool {
  readonly #options: TopologyPoolOptions
  #wanted: readonly Shape[] = []
  #spares: readonly Spare[] = []
  #timer: NodeJS.Timeout | null = null
  readonly #filling = new Turns()
  #disposed = false

  constructor(options: TopologyPoolOptions) {
    this.#options = options
  }

  /**
   * Gives a spare of the shape if there is one, or is about to be; else a new topology.
   * @param options with `once`, no spare is made for the next time
   */
  async take(shape: Shape, options: TakeOptions): Promise<Topology> {
    if (!options.once) this.expect(shape)
    const spare = this.#spares.find(({ key }) => key === shapeKey(shape))
    if (spare) {
      this.#forget(spare)
      const topology = await spare.built
      if (topology && (await isWell(topology))) return topology
      // A spare that cannot be removed now is found by its labels later.
      if (topology) await this.#remove(topology).catch(() => undefined)
    }
    return await Topology.build(this.#options, shape, options)
  }

  /** True when a spare of the shape is ready. */
  has(shape: Shape): boolean {
    return this.#spares.some(({ key, topology }) => topology && key === shapeKey(shape))
  }

  /** Says that the shape will probably be wanted soon. */
  expect(shape: Shape): void {
    this.#wanted = wantedAfter(shape, this.#wanted)
    this.#lookIn(this.#options.quietMs ?? QUIET_MS)
  }

  /** Finds a topology that was built before. @throws CapstanError `node-gone` when a node of it is missing */
  async find(id: string, shape: Shape): Promise<Topology> {
    return await Topology.find(this.#options, id, shape)
  }

  /** All topologies of this owner of which anything is left. */
  async list(): Promise<FoundTopology[]> {
    return await topologiesOn(this.#options.engine, this.#options.owner)
  }

  /** Stops the nodes of a topology without removing them. */
  async stop(id: string): Promise<void> {
    await stopNodes(this.#options.engine, id)
  }

  async remove(id: string): Promise<void> {
    await removeTopology(this.#options.engine, id)
  }

  /** Resolves when no spare is being built. */
  async settled(): Promise<void> {
    await this.#filling.settled()
  }

  /** Removes all spares and builds no more. */
  async dispose(): Promise<void> {
    this.#disposed = true
    if (this.#timer) clearTimeout(this.#timer)
    await Promise.allSettled(this.#spares.map((spare) => this.#discard(spare)))
    await this.#filling.settled()
  }

  #lookIn(ms: number): void {
    if (this.#timer) clearTimeout(this.#timer)
    if (this.#disposed) return
    this.#timer = setTimeout(() => {
      // Every step of it handles its own failures, so nothing is left to catch.
      void this.#filling.run(() => this.#adapt())
    }, ms).unref()
  }

  /** Removes the spares that there is no room for, then builds the first one that is missing. */
  async #adapt(): Promise<void> {
    const room = await this.#options.room().catch(() => 0)
    const { kept, missing } = plan(this.#wanted, this.#spares, room)
    const surplus = this.#spares.filter((spare) => !kept.includes(spare))
    await Promise.allSettled(surplus.map((spare) => this.#discard(spare)))
    const [next] = missing
    if (next && !this.#disposed) await this.#build(next)
    const isComplete = missing.length < 2
    this.#lookIn(isComplete ? (this.#options.lookMs ?? LOOK_MS) : 0)
  }

  async #build(shape: Shape): Promise<void> {
    const abort = new AbortController()
    const built = Topology.build(this.#options, shape, {
      signal: abort.signal,
      onActivity: () => undefined,
    }).catch(() => null)
    const spare: Spare = { key: shapeKey(shape), size: shape.nodes.length, built, topology: null, abort }
    this.#spares = [...this.#spares, spare]
    spare.topology = await built
    if (!spare.topology) this.#forget(spare)
  }

  #forget(spare: Spare): void {
    this.#spares = this.#spares.filter((other) => other !== spare)
  }

  async #discard(spare: Spare): Promise<void> {
    this.#forget(spare)
    spare.abort.abort()
    const topology = await spare.built
    if (topology) await this.#remove(topology)
  }

  async #remove(topology: Topology): Promise<void> {
    topology.close()
    await removeTopology(this.#options.engine, topology.id)
  }
}

/** A spare may have died while nobody looked. */
async function isWell(topology: Topology): Promise<boolean> {
  return await Promise.all(topology.nodes.map((node) => node.docker.ping())).then(
    () => true,
    () => false,
  )
}
