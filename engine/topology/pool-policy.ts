/** The policy of the pool: which shapes it keeps in mind, which spares it holds, and how much memory they may take. */
import type { DockerClient } from '../docker'
import { type Shape, shapeKey } from './shape'

/** Shapes that are kept in mind. */
const MOST_SHAPES = 3
const MOST_NODES = 7
/** MiB that a node takes once containers run in it, with a margin. An idle one takes about 45. */
const NODE_MIB = 256
/** MiB that stay free for everything else that the machine does, because spares are only a comfort. */
const RESERVE_MIB = 1536

/** The shapes that are kept in mind after one was asked for: the last one asked for comes first. */
export function wantedAfter(shape: Shape, wanted: readonly Shape[]): Shape[] {
  const key = shapeKey(shape)
  return [shape, ...wanted.filter((other) => shapeKey(other) !== key)].slice(0, MOST_SHAPES)
}

/** Says which spares stay and which shapes are still to be built, within the room. The first wanted shape comes first. */
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

/**
 * Says how many spare nodes the engine's machine has room for. That machine may be another one or a VM, so a container
 * on it reads the memory: a mirror. Without a mirror nothing is known, and there is no room.
 */
export async function roomForNodes(
  docker: Pick<DockerClient, 'execs'>,
  [mirror]: readonly { readonly container: string }[],
): Promise<number> {
  if (!mirror) return 0
  const { stdout } = await docker.execs.run(mirror.container, ['cat', '/proc/meminfo'])
  return nodesIn(availableMiB(stdout))
}

/** The MiB that new processes could have, by the machine's own /proc/meminfo. */
export function availableMiB(meminfo: string): number {
  const [, kib = '0'] = /^MemAvailable:\s+(\d+) kB$/m.exec(meminfo) ?? []
  return Number(kib) / 1024
}

export function nodesIn(availableMemory: number): number {
  return Math.max(0, Math.min(MOST_NODES, Math.floor((availableMemory - RESERVE_MIB) / NODE_MIB)))
}
