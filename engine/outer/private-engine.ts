/** An engine of our own: one process starts it, all share it by leases, and the last one that lets go stops it. */

import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { CapstanError } from '../../shared/errors'
import { lastLines } from '../../shared/last-lines'
import { tryLock } from '../../shared/system/lock'
import { until } from '../../shared/system/wait'
import { stretched } from '../../shared/time-limits'
import { DockerClient } from '../docker'
import { endEngine, engineProcesses } from './engine-end'
import { type Lease, leaseHolders, takeLease } from './leases'
import { exists, packageEnvironment, unpackPackages } from './packages'
import { PART_SECONDS } from './remaining-time'
import { withSetupLock } from './setup-lock'
import { asSetupLine, type ProgressListener } from './setup-progress'

/** The path of a Unix socket must fit into 108 bytes (unix(7)). */
const LONGEST_SOCKET = 100
/** A busy machine with nodes to bring back takes more than half a minute. An engine that ends is noticed at once. */
const START_LIMIT_MS = 120_000
/** dockerd gives its containers this time. */
const CONTAINERS_SECONDS = 15
/** The supervisor kills it 11 s after that. */
const ORDERLY_MS = 30_000
/** A busy machine may keep an engine from answering. One that is silent for this long hangs. */
const SILENCE_MS = 15_000
/** An engine that hangs will not end in order either. */
const HUNG_ORDERLY_MS = 2_000
const LOOK_AGAIN_MS = 50

/** With all of these on the PATH, the packages are not needed. */
const PROGRAMS = ['dockerd', 'containerd', 'runc', 'iptables', 'ip', 'slirp4netns', 'tini']

export interface PrivateEngineOptions {
  readonly home: string
  /** The script that supervises the engine. */
  readonly script: string
  readonly onProgress: ProgressListener
  readonly signal?: AbortSignal | undefined
}

export interface PrivateEngine {
  readonly socket: string
  /** Lets go. The engine stops when nobody else holds it, unless it is to be kept for a while. */
  release(options?: { keep?: boolean }): Promise<void>
}

/**
 * Shares the engine of this home, or starts one.
 * @throws CapstanError `no-engine` where this machine cannot run one, with what to do instead; `no-space`;
 * `engine-timeout`
 */
export async function openPrivateEngine(options: PrivateEngineOptions): Promise<PrivateEngine> {
  const obstacle = obstacleOn(process.platform, process.getuid?.() ?? null)
  if (obstacle) throw obstacle
  const { home } = options
  const socket = socketOf(home)
  // The lease comes first, so that a last holder who lets go at this moment leaves the engine to us.
  const lease = await takeLease(home)
  const startUnlessItRuns = async () => {
    if (!(await answers(socket))) await start(options, socket)
  }
  try {
    await withSetupLock(join(home, 'engine.lock'), startUnlessItRuns, options)
  } catch (error) {
    await lease.end()
    throw error
  }
  return { socket, release: async ({ keep = false } = {}) => await letGo(home, lease, keep) }
}

/** The socket of the engine of this home, short enough for the kernel. */
export function socketOf(home: string): string {
  const usual = join(home, 'docker.sock')
  if (Buffer.byteLength(usual) <= LONGEST_SOCKET) return usual
  return join(tmpdir(), `capstan-${createHash('sha256').update(home).digest('hex').slice(0, 12)}.sock`)
}

/** @returns why this machine or user cannot run an engine, or null when they can */
export function obstacleOn(platform: NodeJS.Platform, user: number | null): CapstanError | null {
  const help = 'Install Docker and start it, or name an engine in the settings or in DOCKER_HOST.'
  if (platform !== 'linux')
    return new CapstanError('no-engine', 'No Docker Engine answers on this machine.', { help })
  if (user === 0) return null
  return new CapstanError('no-engine', 'No Docker Engine answers, and only root can run one of our own.', {
    help: `${help} Or start Capstan as root.`,
  })
}

async function start(options: PrivateEngineOptions, socket: string): Promise<void> {
  const { home, onProgress, signal } = options
  if (await comesBack(options, socket)) return
  const packages = (await onPath(PROGRAMS, process.env.PATH)) ? null : await unpackPackages(options)
  const line = {
    id: 'engine-start',
    label: 'Starting the engine',
    estimateSeconds: PART_SECONDS['engine-start'],
  }
  await asSetupLine(onProgress, line, async (report) => {
    if (!(await exists('/dev/net/tun'))) throw noTun()
    if (engineProcesses(home).length > 0) report('Ending what is left of the engine before')
    await endEngine(home, { orderlyMs: HUNG_ORDERLY_MS, signal })
    signal?.throwIfAborted()
    await supervise(options, socket, packages)
  })
}

/** An engine that runs and does not answer is given time. @returns whether it answers after all */
async function comesBack(
  { home, onProgress, signal }: PrivateEngineOptions,
  socket: string,
): Promise<boolean> {
  const isThere = async () => (await exists(socket)) && engineProcesses(home).length > 0
  if (!(await isThere())) return false
  const line = {
    id: 'engine-silent',
    label: 'Waiting for the engine to answer',
    estimateSeconds: stretched(SILENCE_MS) / 1_000,
  }
  let isBack = false
  await asSetupLine(onProgress, line, async () => {
    const look = async () => {
      isBack = await answers(socket)
      return isBack || !(await isThere())
    }
    await until(look, {
      limitMs: SILENCE_MS,
      everyMs: LOOK_AGAIN_MS,
      signal,
      waitsFor: 'the engine to answer',
    })
  })
  return isBack
}

/** Starts the supervisor and waits until its engine answers. When that is given up, the supervisor is ended. */
async function supervise(
  { home, script, signal }: PrivateEngineOptions,
  socket: string,
  packages: string | null,
): Promise<void> {
  // The supervisor cuts the log when it grows, so every line is added at the end as it is then.
  await rename(join(home, 'engine.log'), join(home, 'engine.log.1')).catch(() => undefined)
  const log = await open(join(home, 'engine.log'), 'a')
  const child = spawn('bash', [script, home, socket, String(stretched(CONTAINERS_SECONDS))], {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: packages ? packageEnvironment(packages) : process.env,
  })
  child.unref()
  await log.close()
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  try {
    await until(async () => hasEnded() || (await answers(socket)), {
      limitMs: START_LIMIT_MS,
      everyMs: LOOK_AGAIN_MS,
      signal,
      waitsFor: 'the private engine to start',
    })
    if (hasEnded() || !(await answers(socket))) throw startError(home, await logOf(home))
  } catch (error) {
    // Nobody waits for its end here: whoever starts the next engine does.
    if (signal?.aborted) endSupervisor(child)
    throw error
  }
}

/**
 * Asks a supervisor to end that may just have started. bash ignores a signal for the moment in which `trap` takes it
 * over, so one signal could be lost; the moments of the two do not overlap.
 */
function endSupervisor(child: ChildProcess): void {
  child.kill('SIGTERM')
  child.kill('SIGINT')
}

function noTun(): CapstanError {
  return new CapstanError('no-engine', 'This machine has no /dev/net/tun, which the private engine needs.', {
    help: 'Load the tun module (modprobe tun), or install Docker.',
  })
}

async function logOf(home: string): Promise<string> {
  return await readFile(join(home, 'engine.log'), 'utf8').catch(() => '')
}

/** The error for an engine that did not start, with the last lines of its log. */
export function startError(home: string, log: string): CapstanError {
  const words = lastLines(log, 3)
  if (/no space left on device/i.test(log)) {
    return new CapstanError('no-space', 'The private engine did not start: the disk is full.', {
      help: `Make room in ${home} and try again.`,
    })
  }
  return new CapstanError('no-engine', `The private engine did not start. ${words}`.trim(), {
    help: `Its whole log is in ${join(home, 'engine.log')}. An installed Docker is used instead when it runs.`,
  })
}

/** Whoever holds the lock is about to use the engine. It then ends with its last lease, by its supervisor. */
async function letGo(home: string, lease: Lease, keep: boolean): Promise<void> {
  await lease.end()
  if (keep || (await leaseHolders(home)).length > 0) return
  const { lock } = tryLock(join(home, 'engine.lock'))
  if (!lock) return
  try {
    if ((await leaseHolders(home)).length === 0) await endEngine(home, { orderlyMs: ORDERLY_MS })
  } finally {
    lock.release()
  }
}

async function answers(socket: string): Promise<boolean> {
  if (!(await exists(socket))) return false
  return await DockerClient.to({ kind: 'socket', path: socket })
    .ping(2_000)
    .then(
      () => true,
      () => false,
    )
}

/** Whether each program is in one of the folders of a PATH. */
export async function onPath(programs: readonly string[], path = ''): Promise<boolean> {
  const folders = path.split(delimiter)
  const found = await Promise.all(
    programs.map(async (program) =>
      (await Promise.all(folders.map((folder) => exists(join(folder, program))))).includes(true),
    ),
  )
  return !found.includes(false)
}
