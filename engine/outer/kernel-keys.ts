/**
 * Keys of the kernel. Each container has a session keyring of its own (runc: "join session keyring"), a lab node has one
 * more, and one user may only have so many: `kernel.keys.maxkeys`, 200 unless somebody changed it. In a user namespace
 * root is such a user, and it is the same one in all nodes and in the containers in them.
 */
import type { ExecOptions, ExecResult } from '../docker'

export interface KernelKeys {
  readonly used: number
  /** The most that nodes and containers can have together. */
  readonly most: number
}

/** What is needed of an engine. */
interface EngineThatRuns {
  readonly execs: {
    run(container: string, cmd: readonly string[], options: ExecOptions): Promise<ExecResult>
  }
}

const READ_LIMIT_MS = 5_000

/**
 * Reads how many keys the containers of an engine have. Its machine may be another one, so a container on it reads them:
 * a mirror.
 * @returns null where they cannot be read
 */
export async function readKernelKeys(
  docker: EngineThatRuns,
  [mirror]: readonly { readonly container: string }[],
): Promise<KernelKeys | null> {
  if (!mirror) return null
  try {
    const { stdout } = await docker.execs.run(mirror.container, ['cat', '/proc/key-users'], {
      limitMs: READ_LIMIT_MS,
    })
    return keysOfRoot(stdout)
  } catch {
    return null
  }
}

/** Root in the user namespace of the reader has the line 0, as in "0: 24 24/24 24/200 1680/20000" (man 5 proc). */
export function keysOfRoot(keyUsers: string): KernelKeys | null {
  const [, used, most] = /^\s*0:\s+\d+\s+\d+\/\d+\s+(\d+)\/(\d+)\s/m.exec(keyUsers) ?? []
  return used === undefined || most === undefined ? null : { used: Number(used), most: Number(most) }
}
