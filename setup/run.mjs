/** Runs programs: the scripts of packages, npm and others, on every system and in a folder of any name. */
import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project. A URL's `pathname` is not a path: it escapes blanks and many letters. */
export const ROOT = resolve(fileURLToPath(new URL('..', import.meta.url)))

/**
 * Runs a program in the project's folder until it ends. Its output goes to stderr.
 * @returns the exit code, or 1 for a program that a signal has ended
 */
export async function run(command, args, options = {}) {
  return await exitCode(spawn(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2], ...options }))
}

/** Like `run`, but a failure is an error that says what to do. */
export async function mustRun(command, args, { help, ...options } = {}) {
  const code = await run(command, args, options)
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}.${help ? ` ${help}` : ''}`)
}

/** Runs a program and writes its standard output to a file. No shell is needed for that. */
export async function runToFile(command, args, file, options = {}) {
  const output = openSync(file, 'w')
  try {
    return await run(command, args, { ...options, stdio: ['ignore', output, 2] })
  } finally {
    closeSync(output)
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Gives the terminal to a program and ends as it ends. Signals are passed on to it. */
export async function handOver(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options })
  const passOn = (signal) => child.kill(signal)
  for (const signal of SIGNALS) process.on(signal, passOn)
  try {
    process.exitCode = await exitCode(child)
  } finally {
    for (const signal of SIGNALS) process.off(signal, passOn)
  }
}

function exitCode(child) {
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('exit', (code) => done(code ?? 1))
  })
}

/**
 * The script that a command of a package runs. The files in node_modules/.bin are shell scripts on Windows, so
 * Node runs the script itself.
 */
export function packageScript(name, { command = basename(name), root = ROOT } = {}) {
  const folder = join(root, 'node_modules', name)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const script = typeof bin === 'string' ? bin : bin?.[command]
  if (!script) throw new Error(`The package ${name} has no command "${command}".`)
  return join(folder, script)
}

/** Runs a command of a package. */
export async function runPackage(name, args, { command, ...options } = {}) {
  return await run(process.execPath, [packageScript(name, { command }), ...args], options)
}

/** Like `runPackage`, but a failure is an error. */
export async function mustRunPackage(name, args, { command, ...options } = {}) {
  await mustRun(process.execPath, [packageScript(name, { command }), ...args], options)
}

/**
 * How npm is run: by its script where that is found, otherwise by its name. On Windows the name is a file for
 * the shell, which Node refuses to run without one.
 * @returns {{ command: string, args: string[], shell: boolean }}
 */
export function npmCommand({
  execPath = process.execPath,
  npmScript = process.env.npm_execpath,
  platform = process.platform,
  exists = existsSync,
} = {}) {
  const beside = dirname(execPath)
  const candidates = [
    npmScript && basename(npmScript) === 'npm-cli.js' ? npmScript : null,
    join(beside, '../lib/node_modules/npm/bin/npm-cli.js'),
    join(beside, 'node_modules/npm/bin/npm-cli.js'),
  ]
  const script = candidates.find((path) => path && exists(path))
  if (script) return { command: execPath, args: [script], shell: false }
  return platform === 'win32'
    ? { command: 'npm.cmd', args: [], shell: true }
    : { command: 'npm', args: [], shell: false }
}

/** Runs npm. A failure is an error that says what to do. */
export async function mustRunNpm(args, options = {}) {
  const { command, args: first, shell } = npmCommand()
  await mustRun(command, [...first, ...args], { shell, ...options })
}
