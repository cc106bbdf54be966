/** Runs the command line as a user does: as its own process, which must end by itself. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ROOT } from '../e2e/serve'

const LIMIT_MS = 60_000
const run = promisify(execFile)

export interface Answered {
  /** Null for a command that did not end by itself and was killed. */
  readonly exitCode: number | null
  readonly answer: unknown
}

/** @returns a function that runs a command on the data folder and answers with its JSON */
export function commandOn(dataDirectory: string): (...args: string[]) => Promise<Answered> {
  return async (...args) => {
    const env = { ...process.env, CAPSTAN_DATA: dataDirectory }
    const command = run(process.execPath, ['dist/main/cli.js', ...args, '--json'], {
      cwd: ROOT,
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
      env,
    })
    const { stdout } = await command.catch((error: { stdout: string }) => error)
    return { exitCode: command.child.exitCode, answer: JSON.parse(stdout) }
  }
}
