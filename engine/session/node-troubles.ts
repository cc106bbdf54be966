/** What a node was stopped for, or has lost something for: in words for the student, until the node starts again. */
import { CapstanError, isCapstanError } from '../../shared/errors'
import type { StoppedForDisk } from './disk-watch'
import type { SessionNode } from './topologies'

export interface NodeTrouble {
  readonly kind: 'memory' | 'disk'
  readonly text: string
}

const GIB = 2 ** 30
const NEXT =
  'Its files are still there: start it from its menu and delete what fills the disk, or reset the lab for a new node.'

/** @param limit MiB, or null when it is not known */
export function outOfMemory(name: string, limit: number | null): NodeTrouble {
  const reached = limit === null ? 'its memory limit' : `its memory limit of ${limit} MiB`
  const text = `${name} reached ${reached}, so the kernel ended a program or container in it. Start that again so that it needs less, or restart ${name} from its menu.`
  return { kind: 'memory', text }
}

/**
 * Whether it was the limit of the node itself. On cgroup v2 an engine also reports a container in the node that has
 * reached a limit of its own, such as one of `docker run --memory`; the kernel does not count that as the node's.
 */
export async function isOwnMemoryLimit(node: Pick<SessionNode, 'script'>): Promise<boolean> {
  const { stdout } = await node.script('cat /sys/fs/cgroup/memory.events.local')
  return !/^oom 0$/m.test(stdout)
}

export function outOfDisk({ node: { name, bytes, limit }, why }: StoppedForDisk): NodeTrouble {
  const use = Number.isFinite(bytes) ? `${(bytes / GIB).toFixed(1)} GiB` : 'more files than can be counted'
  const reason =
    why === 'limit' && limit !== null
      ? `it held ${use} on the disk, and its limit is ${(limit / GIB).toFixed(1)} GiB.`
      : `the disk of the Docker engine was almost full. ${name} had written most lately; it holds ${use}.`
  return { kind: 'disk', text: `${name} was stopped, because ${reason} ${NEXT}` }
}

/** The troubles of the nodes of one session. */
export class NodeTroubles {
  readonly #all = new Map<string, NodeTrouble>()

  set(name: string, trouble: NodeTrouble): void {
    this.#all.set(name, trouble)
  }

  /** The node starts again, or all nodes are new. */
  forget(name?: string): void {
    if (name === undefined) this.#all.clear()
    else this.#all.delete(name)
  }

  kindOf(name: string): NodeTrouble['kind'] | null {
    return this.#all.get(name)?.kind ?? null
  }

  texts(): string[] {
    return [...this.#all.values()].map(({ text }) => text)
  }

  /** Says why a node is gone, where its trouble is the reason. @returns that reason, or the error itself */
  explain(error: unknown): unknown {
    const reason = [...this.#all.values()].find(({ kind }) => kind === 'disk')
    if (!reason || !isCapstanError(error, 'node-gone')) return error
    return new CapstanError('no-space', reason.text, { help: 'Reset the lab for new nodes.', cause: error })
  }
}
