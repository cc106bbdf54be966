/** Runs `capstan serve` as its own process. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The flags let Chromium run as root and stop its calls to networks that do not exist here. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
]

/**
 * Starts the web host. Resolves when it has printed its URL. `program` can be another copy of the command line than the
 * built one.
 */
export async function serve(
  dataDirectory: string,
  env: NodeJS.ProcessEnv = {},
  program = 'dist/main/cli.js',
): Promise<{ url: string; process: ChildProcess }> {
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', '--json'], {
    cwd: ROOT,
    env: { ...process.env, CAPSTAN_DATA: dataDirectory, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = new Promise<never>((_, reject) => {
    child.once('exit', (code) =>
      reject(new Error(`capstan serve ended with ${code} before it printed its URL`)),
    )
  })
  // After the URL was printed, the test decides when the process ends.
  exited.catch(() => undefined)
  for await (const line of createInterface({ input: child.stdout })) {
    const { url, error } = JSON.parse(line)
    if (error) throw new Error(error.message)
    return { url, process: child }
  }
  return await exited
}

/** Ends a child process and waits for its end. */
export async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  await gone
}
