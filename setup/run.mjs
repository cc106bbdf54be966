/** Runs programs. */
import { spawn } from 'node:child_process'

export const ROOT = new URL('..', import.meta.url).pathname.replace(/\/$/, '')

/** @returns the exit code; the program's words go to stderr unless told otherwise */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2], ...options })
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })
}

/** Like `run`, but a failure is an error that says what to do. */
export async function mustRun(command, args, { help, ...options } = {}) {
  const code = await run(command, args, options)
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}.${help ? ` ${help}` : ''}`)
}

/** Hands the terminal over to a program and ends as it ends; signals reach it. */
export async function become(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      process.exitCode = code ?? (signal ? 1 : 0)
      resolve()
    })
  })
}
