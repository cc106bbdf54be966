/** What happens to nodes without our doing: one dies, comes back, or reaches a limit of its memory or the disk. */
import type { DockerClient } from '../docker'
import { KIND, MEMORY, NAME, OWNER, TOPOLOGY } from '../node'
import type { OuterEngine } from '../outer'
import { DiskWatch, type DiskWatchOptions } from './disk-watch'
import type { LabSession } from './lab-session'
import { isOwnMemoryLimit, outOfDisk, outOfMemory } from './node-troubles'

export interface NodeWatchOptions {
  readonly engine: Pick<OuterEngine, 'capabilities'> & { readonly docker: Pick<DockerClient, 'watchEvents'> }
  /** Id of the store that owns the nodes. */
  readonly owner: string
  /** Without it nobody watches the disk. */
  readonly disk?: DiskWatchOptions['disk'] | undefined
  readonly sessions: () => readonly LabSession[]
}

export class NodeWatch {
  readonly #options: NodeWatchOptions
  readonly #abort = new AbortController()
  readonly #disk: DiskWatch | null

  constructor(options: NodeWatchOptions) {
    this.#options = options
    void this.#watchNodes()
    this.#disk = options.disk ? this.#watchDisk(options.disk) : null
  }

  dispose(): void {
    this.#abort.abort()
    this.#disk?.dispose()
  }

  /** The outer engine's events report what happens to nodes. */
  async #watchNodes(): Promise<void> {
    await this.#options.engine.docker
      .watchEvents({
        signal: this.#abort.signal,
        filters: {
          type: ['container'],
          event: ['die', 'start', 'oom'],
          label: [`${KIND}=node`, `${OWNER}=${this.#options.owner}`],
        },
        onEvent: ({ Action, Actor }) => {
          const { [TOPOLOGY]: id = '', [NAME]: name = '', [MEMORY]: limit } = Actor.Attributes
          const session = this.#sessionOn(id)
          if (Action === 'oom') void this.#tellOfMemory(session, name, limit ? Number(limit) : null)
          else session?.nodeChanged(name, Action === 'start' ? 'running' : 'stopped')
        },
        onEnd: () => undefined,
      })
      // An engine that cannot be listened to has gone, and announces that itself.
      .catch(() => undefined)
  }

  async #tellOfMemory(session: LabSession | undefined, name: string, limit: number | null): Promise<void> {
    const isOwn = async () =>
      this.#options.engine.capabilities.cgroup === 1 ||
      !session ||
      (await isOwnMemoryLimit(session.node(name)))
    // A node that cannot be asked is in trouble either way.
    if (await isOwn().catch(() => true)) session?.nodeInTrouble(name, outOfMemory(name, limit))
  }

  #watchDisk(disk: DiskWatchOptions['disk']): DiskWatch {
    return new DiskWatch({
      disk,
      isNeeded: () => this.#options.sessions().length > 0,
      onStopped: (stopped) =>
        this.#sessionOn(stopped.node.topologyId)?.nodeInTrouble(stopped.node.name, outOfDisk(stopped)),
    })
  }

  #sessionOn(topology: string): LabSession | undefined {
    return this.#options.sessions().find(({ topologyId }) => topologyId === topology)
  }
}
