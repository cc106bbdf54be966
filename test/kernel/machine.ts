/** A whole machine as one process: boots a complete kernel in user mode, with a Docker Engine on it. */
import type { ChildProcess } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { freemem } from 'node:os'
import { join } from 'node:path'
import { CapstanError } from '../../shared/errors'
import { until } from '../../shared/system/wait'
import { startBound } from './commands'

const BOOT_LIMIT_MS = 240_000
const LOOK_AGAIN_MS = 200
const END_LIMIT_MS = 15_000
/** Lines of the console that are shown when it does not boot. */
const LAST_LINES = 12
/** MiB. */
const MOST_MEMORY = 8192
const LEAST_MEMORY = 3072

const UP = 'capstan: the engine answers'
const DOWN = /^capstan: the engine has ended|Kernel panic/m

export interface BootOptions {
  /** Folders of the kernel's and of the engine's packages. */
  readonly kernel: string
  readonly engine: string
  readonly script: string
  /** Image of the disk. It is removed as soon as the machine has it open. */
  readonly disk: string
  /** File for the console. */
  readonly console: string
  readonly cgroup: 1 | 2
  readonly signal: AbortSignal
  readonly limitMs?: number
}

export interface Machine {
  readonly endpoint: string
  /** The start of a command line that runs a program where the endpoint is reached. */
  readonly enter: readonly string[]
  stop(): Promise<void>
}

/** @returns why this computer cannot run the machine, or null when it can */
export function obstacle(): CapstanError | null {
  if (process.platform !== 'linux' || process.arch !== 'x64' || process.getuid?.() !== 0) {
    return new CapstanError('no-engine', 'The kernel in user mode runs here as root on Linux for amd64.', {
      help: 'Run it with sudo, or in a container or virtual machine of that kind.',
    })
  }
  if (!existsSync('/dev/net/tun')) {
    return new CapstanError('no-engine', 'This machine has no /dev/net/tun, which the network needs.', {
      help: 'Load the tun module (modprobe tun). In a container, add --device /dev/net/tun.',
    })
  }
  if (memoryFor() < LEAST_MEMORY) {
    return new CapstanError('no-engine', `${memoryFor()} MiB of memory are not enough for the machine.`, {
      help: `End other programs, so that ${Math.round(LEAST_MEMORY * 1.5)} MiB are free.`,
    })
  }
  return null
}

/** MiB. The rest is for the processes that use the machine. */
function memoryFor(): number {
  return Math.min(MOST_MEMORY, Math.floor((freemem() / 2 ** 20) * 0.66))
}

/** Boots the machine. @throws CapstanError `no-engine` with the end of its console, `cancelled` */
export async function boot(options: BootOptions): Promise<Machine> {
  const { kernel, engine, script, disk, cgroup, signal, limitMs = BOOT_LIMIT_MS } = options
  const file = openSync(options.console, 'w')
  const namespaces = ['--net', '--mount', '--pid', '--fork', '--mount-proc', '--propagation', 'private']
  const command = ['unshare', ...namespaces, '--kill-child=SIGKILL', 'bash', script]
  const args = [kernel, engine, disk, String(memoryFor()), String(cgroup)]
  const child = startBound([...command, ...args], { env: process.env, output: file })
  closeSync(file)
  try {
    const look = async () => stateOf(child, await readFile(options.console, 'utf8'))
    const state = await until(look, {
      limitMs,
      everyMs: LOOK_AGAIN_MS,
      signal,
      waitsFor: 'the kernel in user mode to boot',
    })
    if (state !== 'up') throw await bootError(options.console, state === 'down' ? null : limitMs)
    return {
      endpoint: 'tcp://10.99.0.2:2375',
      enter: ['nsenter', `--net=/proc/${child.pid}/ns/net`],
      stop: async () => await end(child),
    }
  } catch (error) {
    await end(child)
    throw error
  } finally {
    await rm(disk, { force: true })
  }
}

function stateOf(child: ChildProcess, text: string): 'up' | 'down' | null {
  if (hasEnded(child) || DOWN.test(text)) return 'down'
  return text.includes(UP) ? 'up' : null
}

/** @param limitMs the limit that was reached, or null for a machine that ended by itself */
async function bootError(path: string, limitMs: number | null): Promise<CapstanError> {
  const lines = (await readFile(path, 'utf8')).trim().split('\n').slice(-LAST_LINES)
  const what = limitMs === null ? 'ended while it booted' : `was not up after ${limitMs / 1000} s`
  return new CapstanError('no-engine', `The kernel in user mode ${what}:\n  ${lines.join('\n  ')}`, {
    help: `The whole console is in ${path}. Where the computer is busy, try again when it is not.`,
  })
}

/** Everything that the machine is ends with its first process. */
async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await until(() => hasEnded(child), {
    limitMs: END_LIMIT_MS,
    everyMs: LOOK_AGAIN_MS,
    waitsFor: 'the kernel in user mode to end',
  })
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

/** Where the console of a machine is kept. */
export function consoleOf(folder: string, cgroup: 1 | 2): string {
  return join(folder, `console-${cgroup}.log`)
}
