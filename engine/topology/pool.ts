/**
 * A warm pool: topologies that are built before anybody asks, so that a lab opens and resets at once.
 *
 * It holds what was asked for last, as far as there is room, and gives back when memory gets tight. A spare is
 * a whole topology of one shape: names, addresses and swarm are the final ones, so taking it costs nothing.
 */
import { type FoundTopology, removeTopology, stopNodes, topologiesOn } from './leftovers'
import { type Shape, shapeKey } from './shape'
import { type BuildOptions, Topology, type TopologyHost } from './topology'

export interface TopologyPoolOptions extends TopologyHost {
  /** Number of nodes that may be held in reserve just now; 0 for a pool that only builds on demand. */
  readonly room: () => Promise<number>
  /** Milliseconds between looks at the room. */
  readonly lookMs?: number
}

interface Spare {
  readonly key: string
  readonly size: number
  /** Null when it could not be built. */
  readonly built: Promise<Topology | null>
  topology: Topology | null
  readonly abort: AbortController
}

/** Shapes that are kept in mind; the last asked for first. */
const MOST_SHAPES = 3
/** A start or reset that has just taken its nodes needs the processors more. */
const QUIET_MS = 1_000
const LOOK_MS = 5_000

export class TopologyPool {
  readonly #options: TopologyPoolOptions
  #wanted: readonly Shape[] = []
  #spares: readonly Spare[] = []
  #timer: NodeJS.Timeout | null = null
  #filling: Promise<void> = Promise.resolve()
  #disposed = false

  constructor(options: TopologyPoolOptions) {
    this.#options = options
  }

  /** A spare of the shape if there is one, or is about to be; else a new one. */
  async take(shape: Shape, options: BuildOptions): Promise<Topology> {
    this.expect(shape)
    const spare = this.#spares.find(({ key }) => key === shapeKey(shape))
    if (spare) {
      this.#forget(spare)
      const topology = await spare.built
      if (topology && (await isWell(topology))) return topology
      await topology?.remove().catch(() => undefined)
    }
    return await Topology.build(this.#options, shape, options)
  }

  /** True when a spare of the shape is ready. */
  has(shape: Shape): boolean {
    return this.#spares.some(({ key, topology }) => topology && key === shapeKey(shape))
  }

  /** The shape will probably be wanted soon. */
  expect(shape: Shape): void {
    const key = shapeKey(shape)
    this.#wanted = [shape, ...this.#wanted.filter((other) => shapeKey(other) !== key)].slice(0, MOST_SHAPES)
    this.#lookIn(QUIET_MS)
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
    await this.#filling
  }

  /** Removes all spares and builds no more. */
  async dispose(): Promise<void> {
    this.#disposed = true
    if (this.#timer) clearTimeout(this.#timer)
    await Promise.allSettled(this.#spares.map((spare) => this.#discard(spare)))
    await this.#filling
  }

  #lookIn(ms: number): void {
    if (this.#timer) clearTimeout(this.#timer)
    if (this.#disposed) return
    this.#timer = setTimeout(() => {
      this.#filling = this.#filling.then(() => this.#adapt())
    }, ms).unref()
  }

  /** Gives back what there is no room for, then builds what is wanted first. */
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
    await (await spare.built)?.remove()
  }
}

/** Which spares stay and which shapes are still to be built, within the room: what is wanted most comes first. */
export function plan<S extends { readonly key: string; readonly size: number }>(
  wanted: readonly Shape[],
  spares: readonly S[],
  room: number,
): { kept: S[]; missing: Shape[] } {
  const kept: S[] = []
  const missing: Shape[] = []
  let left = room
  for (const shape of wanted) {
    if (shape.nodes.length > left) continue
    left -= shape.nodes.length
    const spare = spares.find(({ key }) => key === shapeKey(shape))
    if (spare) kept.push(spare)
    else missing.push(shape)
  }
  return { kept, missing }
}

/** A spare may have died while nobody looked. */
async function isWell(topology: Topology): Promise<boolean> {
  return await Promise.all(topology.nodes.map((node) => node.docker.ping())).then(
    () => true,
    () => false,
  )
}
