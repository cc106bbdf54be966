/** Processes that this program starts: none of them outlives it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** Ends with this program, however that ends. */
const WITH_US = ['--pdeathsig', 'KILL'] as const
/** Bytes of an output that are kept. */
const MOST_OUTPUT = 64 * 2 ** 20

export interface Ran {
  readonly exitCode: number | null
  readonly out: string
}

export interface RunOptions {
  readonly env: NodeJS.ProcessEnv
  readonly limitMs: number
  readonly signal: AbortSignal
  /** Gets each piece of what the program writes to stderr. */
  readonly onMessage?: (text: string) => void
}

/** Starts a program whose end is bound to ours. */
export function startBound(
  command: readonly string[],
  { env, output }: { env: NodeJS.ProcessEnv; output: number | 'pipe' },
): ChildProcess {
  return spawn('setpriv', [...WITH_US, ...command], { env, stdio: ['ignore', output, output] })
}

/**
 * Runs a program to its end. At the limit it is killed, and its exit code is null.
 * @throws the reason of the signal
 */
export async function runBound(command: readonly string[], options: RunOptions): Promise<Ran> {
  const { env, limitMs, signal, onMessage = () => undefined } = options
  signal.throwIfAborted()
  const child = startBound(command, { env, output: 'pipe' })
  const kill = () => void child.kill('SIGKILL')
  const limit = setTimeout(kill, limitMs)
  signal.addEventListener('abort', kill, { once: true })
  let out = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    if (out.length < MOST_OUTPUT) out += text
  })
  child.stderr?.setEncoding('utf8').on('data', onMessage)
  try {
    const [exitCode] = await once(child, 'close')
    signal.throwIfAborted()
    return { exitCode, out }
  } finally {
    clearTimeout(limit)
    signal.removeEventListener('abort', kill)
  }
}
