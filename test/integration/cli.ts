/** Runs the command line as a user does: a process of its own, that must end by itself. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ROOT } from '../e2e/serve'

const LIMIT_MS = 60_000
const run = promisify(execFile)

export interface Answered {
  /** Null for a command that did not end and was killed. */
  readonly exitCode: number | null
  readonly answer: unknown
}

/** @returns a command on a data folder, which answers with what it prints for `--json` */
export function commandOn(dataDirectory: string): (...args: string[]) => Promise<Answered> {
  return async (...args) => {
    const env = { ...process.env, CAPSTAN_DATA: dataDirectory }
    const command = run(process.execPath, ['dist/main/cli.js', ...args, '--json'], {
      ...{ cwd: ROOT, timeout: LIMIT_MS, killSignal: 'SIGKILL', env },
    })
    const { stdout } = await command.catch((error: { stdout: string }) => error)
    return { exitCode: command.child.exitCode, answer: JSON.parse(stdout) }
  }
}
