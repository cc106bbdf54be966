/**
 * Keeps nodes from filling the disk of their engine (decision 40). A look at the free space costs next to nothing and
 * is taken often. Which node it was is counted only when space has gone: that takes the engine about a second.
 */
import type { DiskSpace, EngineDisk, NodeUse } from '../topology'

/** What happened to a node that wrote too much. */
export interface StoppedForDisk {
  readonly node: NodeUse
  /** Its own limit was reached, or the disk was nearly full and it had grown most. */
  readonly why: 'limit' | 'floor'
}

export interface DiskWatchOptions {
  readonly disk: Pick<EngineDisk, 'look' | 'uses' | 'whileFrozen' | 'thaw' | 'stop' | 'close'>
  /** Whether anybody uses nodes now. */
  readonly isNeeded: () => boolean
  readonly onStopped: (stopped: StoppedForDisk) => void
}

const GIB = 2 ** 30
/** Bytes. A node that has written less did not fill the disk. */
const LEAST_GROWTH = 64 * 2 ** 20
/** Bytes that may go before the nodes are measured. */
const STEP = GIB
/** Milliseconds. */
const SOONEST = 250
const LATEST = 2_000
/** Bytes in a millisecond: more than twice of what nodes wrote where it was measured. */
const FASTEST = (2 * GIB) / 1_000

export class DiskWatch {
  readonly #options: DiskWatchOptions
  #timer: NodeJS.Timeout | null = null
  #isDisposed = false
  /** Bytes of each node when they were last measured, by the id of its container. */
  #known = new Map<string, number>()
  /** The free space at which something has to happen, or null before the first look. */
  #line: number | null = null
  /** The most free space since the nodes were measured. */
  #best = 0

  constructor(options: DiskWatchOptions) {
    this.#options = options
    // Every step of it handles its own failures, so nothing is left to catch.
    void options.disk.thaw().then(() => this.#turn())
  }

  dispose(): void {
    this.#isDisposed = true
    if (this.#timer) clearTimeout(this.#timer)
    this.#options.disk.close()
  }

  async #turn(): Promise<void> {
    if (this.#isDisposed) return
    // A disk that cannot be looked at now is looked at again.
    const waitMs = this.#options.isNeeded() ? await this.#look().catch(() => LATEST) : LATEST
    // The look may have opened a connection after the end.
    if (this.#isDisposed) this.#options.disk.close()
    else this.#timer = setTimeout(() => void this.#turn(), waitMs).unref()
  }

  /** @returns the milliseconds until the next look */
  async #look(): Promise<number> {
    const { disk } = this.#options
    const space = await disk.look()
    const { free } = space
    const least = floorOf(space)
    // What nodes left behind stays there when they are stopped. So the next one is stopped only if still more goes.
    if (this.#line === null || free >= least) this.#line = lineBelow(free, least)
    const gone = this.#best - free
    if (free < this.#line) {
      await disk.whileFrozen(() => this.#stopGreatestGrowth(gone))
      this.#line = lineBelow(free, least)
      this.#best = free
    } else if (gone > STEP) {
      await this.#stopThoseOverLimit()
      this.#best = free
    }
    this.#best = Math.max(this.#best, free)
    return pauseFor(free - this.#line)
  }

  /** @param gone bytes that have gone since the nodes were measured */
  async #stopGreatestGrowth(gone: number): Promise<void> {
    const uses = await this.#options.disk.uses()
    const grown = uses.map((node) => ({ node, growth: this.#growthOf(node) }))
    this.#keep(uses)
    // When no node has grown, something else on the engine's machine takes the space.
    const guilty = grown.filter(({ growth }) => growth >= LEAST_GROWTH)
    if (guilty.length === 0) return
    await this.#stop({ node: greatestOf(guilty, gone), why: 'floor' })
  }

  async #stopThoseOverLimit(): Promise<void> {
    const uses = await this.#options.disk.uses()
    this.#keep(uses)
    const over = uses.filter(({ bytes, limit }) => limit !== null && bytes > limit)
    await Promise.all(over.map((node) => this.#stop({ node, why: 'limit' })))
  }

  /** What a node has written since it was last measured. Nobody knows that of one that cannot be counted. */
  #growthOf({ containerId, bytes }: NodeUse): number {
    return Number.isFinite(bytes) ? bytes - (this.#known.get(containerId) ?? 0) : bytes
  }

  /** It is told first: whoever waits for the node then knows why it is gone. */
  async #stop(stopped: StoppedForDisk): Promise<void> {
    this.#options.onStopped(stopped)
    await this.#options.disk.stop(stopped.node)
  }

  #keep(uses: readonly NodeUse[]): void {
    this.#known = new Map(uses.map(({ containerId, bytes }) => [containerId, bytes]))
  }
}

interface Grown {
  readonly node: NodeUse
  /** Bytes; infinite for a node that could not be counted. */
  readonly growth: number
}

/**
 * The node that has grown most. An engine that is busy counts some nodes too late, so one that could not be counted is
 * only taken when no other node has written most of what has gone.
 */
function greatestOf(grown: readonly Grown[], gone: number): NodeUse {
  const most = (all: readonly Grown[]) => all.reduce((a, b) => (b.growth > a.growth ? b : a))
  const explaining = grown.filter(({ growth }) => Number.isFinite(growth) && growth > gone / 2)
  return most(explaining.length > 0 ? explaining : grown).node
}

/** At least 1 GiB, and a hundredth of a large disk. */
export function floorOf({ total }: Pick<DiskSpace, 'total'>): number {
  return Math.max(GIB, total / 100)
}

/** The floor, or a step below what is free where that is less than the floor already. */
function lineBelow(free: number, floor: number): number {
  return free >= floor ? floor : free - Math.min(floor / 4, free / 2)
}

/** Before the fastest nodes could have written so many bytes. */
function pauseFor(bytes: number): number {
  return Math.min(LATEST, Math.max(SOONEST, bytes / FASTEST))
}
