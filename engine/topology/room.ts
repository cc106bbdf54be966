/** How many spare nodes the engine's machine has room for. */
import type { DockerClient } from '../docker'

/** MiB. What a node takes once containers run in it, with a margin; an idle one takes about 45. */
const NODE_MIB = 256
/** Spares are a comfort: this much stays free for whatever else the machine does. */
const RESERVE_MIB = 1536
const MOST = 7

/** MiB that new processes on the engine's machine could have, from its own /proc/meminfo. */
export function availableMiB(meminfo: string): number {
  const [, kib = '0'] = /^MemAvailable:\s+(\d+) kB$/m.exec(meminfo) ?? []
  return Number(kib) / 1024
}

export function nodesIn(availableMemory: number): number {
  return Math.max(0, Math.min(MOST, Math.floor((availableMemory - RESERVE_MIB) / NODE_MIB)))
}

/**
 * Reads the memory of the engine's machine, which may be another one or a VM, through a container on it.
 * @param mirrors of which one can be asked; without one nothing is known, and no room is taken
 */
export async function roomForNodes(
  docker: DockerClient,
  [mirror]: readonly { readonly container: string }[],
): Promise<number> {
  if (!mirror) return 0
  const { stdout } = await docker.execs.run(mirror.container, ['cat', '/proc/meminfo'])
  return nodesIn(availableMiB(stdout))
}
