/** An engine of our own: found running or started, shared by lease, stopped by the last who lets go. */
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { CapstanError } from '../../shared/errors'
import { withLock } from '../../shared/system/lock'
import { isAlive } from '../../shared/system/processes'
import { DockerClient } from '../docker'
import { exists, packageEnvironment, unpackPackages } from './packages'
import { asTask, type ProgressListener } from './setup-progress'

/** A Unix socket's path must fit into 108 bytes (unix(7)). */
const LONGEST_SOCKET = 100
const START_LIMIT_MS = 30_000
const STOP_LIMIT_MS = 30_000
const LOOK_AGAIN_MS = 50

/** All of these on the PATH make the packages unnecessary. */
const PROGRAMS = ['dockerd', 'containerd', 'runc', 'iptables', 'ip', 'slirp4netns', 'tini']

export interface PrivateEngineOptions {
  readonly home: string
  /** The script that supervises the engine. */
  readonly script: string
  readonly onProgress: ProgressListener
}

export interface PrivateEngine {
  readonly socket: string
  /** Lets go; the engine stops when nobody else holds it, unless it is to be kept for a while. */
  release(options?: { keep?: boolean }): Promise<void>
}

/**
 * @throws CapstanError `no-engine` where this machine cannot run one, with what to do instead
 */
export async function openPrivateEngine(options: PrivateEngineOptions): Promise<PrivateEngine> {
  mustBeAble()
  const { home } = options
  await mkdir(join(home, 'leases'), { recursive: true })
  const socket = socketOf(home)
  const lease = join(home, 'leases', `${process.pid}.${randomBytes(4).toString('hex')}`)
  // The lease comes first, so that a last holder who lets go this moment leaves the engine to us.
  await writeFile(lease, '')
  try {
    await withLock(join(home, 'engine.lock'), async () => {
      if (!(await answers(socket))) await start(options, socket)
    })
  } catch (error) {
    await rm(lease, { force: true })
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

function mustBeAble(): void {
  const help = 'Install Docker and start it, or name an engine in the settings or in DOCKER_HOST.'
  if (process.platform !== 'linux')
    throw new CapstanError('no-engine', 'No Docker Engine answers on this machine.', { help })
  if (process.getuid?.() !== 0) {
    throw new CapstanError('no-engine', 'No Docker Engine answers, and only root can run one of our own.', {
      help: `${help} Or start Capstan as root.`,
    })
  }
}

async function start({ home, script, onProgress }: PrivateEngineOptions, socket: string): Promise<void> {
  const packages = (await onPath(PROGRAMS)) ? null : await unpackPackages(home, onProgress)
  await asTask(
    onProgress,
    { id: 'engine-start', label: 'Starting the engine', estimateSeconds: 3 },
    async () => {
      if (!(await exists('/dev/net/tun'))) {
        throw new CapstanError(
          'no-engine',
          'This machine has no /dev/net/tun, which the private engine needs.',
          {
            help: 'Load the tun module (modprobe tun), or install Docker.',
          },
        )
      }
      // A supervisor that has just lost its engine still clears up, and would take our socket away with its own.
      await stop(home)
      const log = await open(join(home, 'engine.log'), 'w')
      const child = spawn('bash', [script, home, socket], {
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
        env: packages ? packageEnvironment(packages) : process.env,
      })
      child.unref()
      await log.close()
      await writeFile(join(home, 'supervisor.pid'), String(child.pid))
      await untilAnswers(home, socket, () => child.exitCode !== null || child.signalCode !== null)
    },
  )
}

async function untilAnswers(home: string, socket: string, hasEnded: () => boolean): Promise<void> {
  const end = performance.now() + START_LIMIT_MS
  while (!(await answers(socket))) {
    if (hasEnded() || performance.now() > end) throw await didNotStart(home)
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}

async function didNotStart(home: string): Promise<CapstanError> {
  const log = await readFile(join(home, 'engine.log'), 'utf8').catch(() => '')
  const words = log.trim().split('\n').slice(-3).join(' ')
  if (/no space left on device/i.test(log)) {
    return new CapstanError('no-space', 'The private engine did not start: the disk is full.', {
      help: `Make room in ${home} and try again.`,
    })
  }
  return new CapstanError('no-engine', `The private engine did not start. ${words}`, {
    help: `Its whole log is in ${join(home, 'engine.log')}. An installed Docker is used instead when it runs.`,
  })
}

async function letGo(home: string, lease: string, keep: boolean): Promise<void> {
  await rm(lease, { force: true })
  if (keep) return
  await withLock(join(home, 'engine.lock'), async () => {
    if ((await holders(home)).length === 0) await stop(home)
  })
}

async function holders(home: string): Promise<number[]> {
  const leases = await readdir(join(home, 'leases')).catch(() => [])
  return leases.map((lease) => Number.parseInt(lease, 10)).filter(isAlive)
}

async function stop(home: string): Promise<void> {
  const supervisor = Number(await readFile(join(home, 'supervisor.pid'), 'utf8').catch(() => ''))
  if (!(await isSupervisor(supervisor))) return
  process.kill(supervisor, 'SIGTERM')
  const end = performance.now() + STOP_LIMIT_MS
  while (isAlive(supervisor) && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}

/** After a hard end of the machine the number may belong to a stranger. */
async function isSupervisor(pid: number): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return command.includes('private-engine.sh')
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

async function onPath(programs: readonly string[]): Promise<boolean> {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = await Promise.all(
    programs.map(async (program) =>
      (await Promise.all(folders.map((folder) => exists(join(folder, program))))).includes(true),
    ),
  )
  return !found.includes(false)
}
