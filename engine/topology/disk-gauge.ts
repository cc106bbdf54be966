/**
 * Looks at the free space of the disk that the data of an engine is on. The engine's machine may be another one or a
 * VM, so a container on it looks: a mirror, which no lab can change. One shell there answers all looks, because a new
 * exec for each took about half a second on a busy machine.
 */
import type { Duplex } from 'node:stream'
import { CapstanError } from '../../shared/errors'
import { within } from '../../shared/system/wait'
import type { DockerClient } from '../docker'

/** Bytes. */
export interface DiskSpace {
  readonly free: number
  readonly total: number
}

/** Layers of containers and volumes may be on two disks. The shell ends with its stdin, however this process ends. */
const SHELL = ['sh', '-c', 'while read -r _; do stat -f -c "%a %S %b" / /var/lib/registry; echo; done']
const LIMIT_MS = 5_000
const LONGEST_REPLY = 1_000

export class DiskGauge {
  readonly #docker: Pick<DockerClient, 'execs'>
  readonly #mirror: string | null
  #pipe: Duplex | null = null

  constructor(docker: Pick<DockerClient, 'execs'>, [mirror]: readonly { readonly container: string }[]) {
    this.#docker = docker
    this.#mirror = mirror?.container ?? null
  }

  /**
   * The space of the fuller disk, as somebody without rights of root has it.
   * @throws CapstanError when there is no mirror, or none that answers
   */
  async look(): Promise<DiskSpace> {
    try {
      const pipe = await this.#open()
      return await within(() => ask(pipe), { limitMs: LIMIT_MS, waitsFor: 'the free space of the disk' })
    } catch (error) {
      // The next look begins with another shell.
      this.close()
      throw error
    }
  }

  close(): void {
    this.#pipe?.destroy()
    this.#pipe = null
  }

  async #open(): Promise<Duplex> {
    if (this.#pipe && !this.#pipe.destroyed) return this.#pipe
    if (!this.#mirror)
      throw new CapstanError('not-found', 'No container of this engine can look at its disk.')
    this.#pipe = await this.#docker.execs.openPipe(this.#mirror, SHELL)
    // An error between two looks is seen by the next one.
    this.#pipe.on('error', () => undefined)
    return this.#pipe
  }
}

/** Asks the shell once. An empty line ends its answer. */
async function ask(pipe: Duplex): Promise<DiskSpace> {
  return await new Promise((resolve, reject) => {
    let reply = ''
    const settle = (end: () => void) => {
      pipe.off('data', take).off('close', gone)
      end()
    }
    const gone = () => settle(() => reject(new CapstanError('engine-gone', 'The mirror does not answer.')))
    const take = (chunk: Buffer) => {
      reply += chunk.toString()
      if (!reply.includes('\n\n') && reply.length < LONGEST_REPLY) return
      const space = spaceOf(reply)
      settle(() => (space ? resolve(space) : reject(nonsense(reply))))
    }
    pipe.on('data', take).once('close', gone)
    pipe.write('\n')
  })
}

/** Reads lines of free blocks, bytes of a block, and all blocks. @returns null when there is none */
export function spaceOf(reply: string): DiskSpace | null {
  const spaces = [...reply.matchAll(/^(\d+) (\d+) (\d+)$/gm)].map(([, free, size, total]) => ({
    free: Number(free) * Number(size),
    total: Number(total) * Number(size),
  }))
  const [fullest = null] = spaces.sort((one, other) => one.free - other.free)
  return fullest
}

function nonsense(reply: string): CapstanError {
  return new CapstanError(
    'engine-refused',
    `The mirror says of its disk: ${JSON.stringify(reply.slice(0, 200))}`,
  )
}
