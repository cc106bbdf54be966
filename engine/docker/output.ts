/** Collects the output of a command. */
import type { Readable } from 'node:stream'
import { Bytes } from './bytes'
import { Demultiplexer } from './demultiplex'

export interface ExecOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly user?: string
  readonly stdin?: string | Buffer
  /** Milliseconds; 10 s by default. */
  readonly limitMs?: number
  /** Bytes that are kept of stdout, and as many of stderr; 1 MiB by default. */
  readonly maxBytes?: number
  readonly signal?: AbortSignal
}

export interface ExecResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

const MAX_BYTES = 1024 * 1024

/** Keeps the first bytes of a stream and forgets the rest. */
class Kept {
  readonly #bytes = new Bytes()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  add(chunk: Buffer): void {
    this.#bytes.add(chunk.subarray(0, this.#most - this.#bytes.length))
  }

  toString(): string {
    return this.#bytes.toString()
  }
}

/** Reads a multiplexed connection to its end. `output` holds both streams in the order in which they came. */
export async function collectOutput(
  stream: Readable,
  { maxBytes = MAX_BYTES }: Pick<ExecOptions, 'maxBytes'>,
): Promise<{ stdout: string; stderr: string; output: string }> {
  const [stdout, stderr, output] = [new Kept(maxBytes), new Kept(maxBytes), new Kept(2 * maxBytes)]
  const into = (kept: Kept) => (chunk: Buffer) => {
    kept.add(chunk)
    output.add(chunk)
  }
  const frames = new Demultiplexer({ stdout: into(stdout), stderr: into(stderr) })
  for await (const chunk of stream) frames.push(chunk as Buffer)
  return { stdout: stdout.toString(), stderr: stderr.toString(), output: output.toString() }
}
