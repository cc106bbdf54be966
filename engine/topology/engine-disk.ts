/** The disk of an engine with the nodes that fill it: how much is free, who uses how much, and how to stop one. */
import { isCapstanError } from '../../shared/errors'
import type { DockerClient } from '../docker'
import { DISK, KIND, LabNode, NAME, TOPOLOGY } from '../node'
import { DiskGauge, type DiskSpace } from './disk-gauge'

/** A node that runs, and what it takes of the disk. */
export interface NodeUse {
  readonly containerId: string
  readonly topologyId: string
  readonly name: string
  /** Bytes; infinite where there are so many files that they could not be counted in time. */
  readonly bytes: number
  /** Bytes that it may use, or null for a node of an older version. */
  readonly limit: number | null
}

const MIB = 2 ** 20
/** A node whose files are not counted after this time has too many of them. */
const COUNT_LIMIT_MS = 20_000

export class EngineDisk {
  readonly #docker: DockerClient
  readonly #gauge: DiskGauge

  /** @param mirrors of which the first looks at the disk */
  constructor(docker: DockerClient, mirrors: readonly { readonly container: string }[]) {
    this.#docker = docker
    this.#gauge = new DiskGauge(docker, mirrors)
  }

  /** @throws CapstanError when nothing can look at the disk */
  async look(): Promise<DiskSpace> {
    return await this.#gauge.look()
  }

  /** Measures all nodes that run, of every store, by the engine's own figures: programs of a node could lie. */
  async uses(): Promise<NodeUse[]> {
    const [nodes, volumes] = await Promise.all([
      this.#nodes('running', 'paused'),
      this.#docker.volumes.sizes(COUNT_LIMIT_MS).catch(() => null),
    ])
    return await Promise.all(
      nodes.map(async ({ Id, Labels }) => ({
        containerId: Id,
        topologyId: Labels[TOPOLOGY] ?? '',
        name: Labels[NAME] ?? '',
        limit: Labels[DISK] ? Number(Labels[DISK]) * MIB : null,
        bytes: await this.#bytesOf(Id, volumes),
      })),
    )
  }

  /** Freezes all nodes while the work runs, so that none of them writes meanwhile. */
  async whileFrozen<T>(work: () => Promise<T>): Promise<T> {
    const nodes = await this.#nodes('running')
    // An engine without a freezer cannot do it: then the work is a race, which is better than none.
    await Promise.allSettled(nodes.map(({ Id }) => this.#docker.containers.pause(Id)))
    try {
      return await work()
    } finally {
      await this.thaw()
    }
  }

  /** Lets all nodes go on, also those that a process which has died froze. */
  async thaw(): Promise<void> {
    const frozen = await this.#nodes('paused').catch(() => [])
    await Promise.allSettled(frozen.map(({ Id }) => this.#docker.containers.unpause(Id)))
  }

  /** Ends a node at once. Its files stay. */
  async stop({ containerId, name, topologyId }: NodeUse): Promise<void> {
    try {
      await this.#docker.containers.kill(containerId)
    } catch {
      // What a student has paused in it keeps it from ending.
      await new LabNode({ outer: this.#docker, containerId, name, topologyId }).kill()
    }
  }

  /** Lets go of the connection. */
  close(): void {
    this.#gauge.close()
  }

  async #nodes(...states: readonly string[]) {
    const nodes = await this.#docker.containers.list({ labels: [`${KIND}=node`] })
    return nodes.filter(({ State }) => states.includes(State))
  }

  async #bytesOf(id: string, volumes: ReadonlyMap<string, number> | null): Promise<number> {
    const size = await this.#docker.containers.size(id, COUNT_LIMIT_MS).catch((error: unknown) => {
      // A node that has gone meanwhile takes nothing.
      return isCapstanError(error, 'not-found') ? { SizeRw: 0, Mounts: [] } : null
    })
    if (!size || !volumes) return Number.POSITIVE_INFINITY
    const own = size.Mounts.filter(({ RW }) => RW).map(({ Name = '' }) => volumes.get(Name) ?? 0)
    return own.reduce((sum, bytes) => sum + bytes, size.SizeRw)
  }
}
