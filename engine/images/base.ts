/** The Debian bases of our images: pulled where a registry answers, bootstrapped from packages where none does. */
import { createReadStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CapstanError, isCapstanError } from '../../shared/errors'
import type { DockerClient } from '../docker'
import {
  lastWords,
  type ProgressListener,
  packageEnvironment,
  type ReportDetail,
  runCommand,
  unpackPackages,
} from '../outer'
import { architectureOf, bootstrapFlags } from './architecture'
import type { Suite } from './engines'

const PULL_LIMIT_MS = 120_000

export interface BaseOptions {
  readonly suite: Suite
  /** Packages that a bootstrapped base holds already: that is quicker than to install them into it. */
  readonly packages?: readonly string[]
  readonly docker: Pick<DockerClient, 'images' | 'info'>
  readonly home: string
  readonly onProgress: ProgressListener
  readonly report: ReportDetail
  readonly signal: AbortSignal
}

export interface BaseParts {
  /** Makes the tar archive of a Debian root file system at a path. */
  readonly makeDebian?: typeof makeDebian
  readonly platform?: NodeJS.Platform
}

/**
 * Makes the base of a suite, unless the engine has it.
 * @returns the reference of an image on the engine
 * @throws CapstanError `image-failed`, `no-space`, `cancelled`
 */
export async function prepareBase(options: BaseOptions, parts: BaseParts = {}): Promise<string> {
  const { docker, suite, packages = [], report, signal } = options
  const pulled = `debian:${suite}-slim`
  const bootstrapped = `capstan/base:${packages.length > 0 ? `${suite}-node` : suite}`
  for (const ref of [bootstrapped, pulled]) if (await docker.images.exists(ref)) return ref
  report('Asking a registry for Debian')
  try {
    await docker.images.pull(pulled, { limitMs: PULL_LIMIT_MS, signal })
    return pulled
  } catch (error) {
    if (isCapstanError(error, 'cancelled') || isCapstanError(error, 'no-space')) throw error
    if ((parts.platform ?? process.platform) !== 'linux') throw noBase(error)
    await bootstrap(options, { ref: bootstrapped, make: parts.makeDebian ?? makeDebian })
    return bootstrapped
  }
}

function noBase(cause: unknown): CapstanError {
  return new CapstanError('image-failed', 'The Debian base can neither be pulled nor made on this machine.', {
    help: 'Make sure that the engine reaches its registry, then try again.',
    cause,
  })
}

interface Bootstrap {
  /** Reference of the image that is made. */
  readonly ref: string
  readonly make: typeof makeDebian
}

async function bootstrap(options: BaseOptions, { ref, make }: Bootstrap): Promise<void> {
  const { docker, home, report, signal } = options
  report('No registry answers: making Debian from its packages')
  await mkdir(home, { recursive: true })
  const [repo = '', tag = ''] = ref.split(':')
  const tar = join(home, `base-${tag}.tar`)
  await rm(tar, { force: true })
  await make(options, `${tar}.half.tar`)
  await rename(`${tar}.half.tar`, tar)
  await docker.images.import(createReadStream(tar), { repo, tag, signal })
  await rm(tar, { force: true })
}

const FOREIGN_HELP =
  'The engine has another processor than this machine: let it reach its registry, or install qemu-user-static and binfmt-support here.'

/** What no node shows: manuals are on the web, and messages are English. */
const LEFT_OUT = ['/usr/share/doc/*', '/usr/share/man/*', '/usr/share/locale/*']

async function makeDebian(options: BaseOptions, path: string): Promise<void> {
  const { docker, home, suite, packages = [], onProgress, signal } = options
  const root = await unpackPackages({ home, onProgress, signal })
  const foreign = bootstrapFlags(await architectureOf(docker))
  const args = [
    '--variant=minbase',
    ...foreign,
    '--aptopt=Acquire::Languages "none"',
    // The list of packages of a suite that is still being tested may be older than its date allows.
    '--aptopt=Acquire::Check-Valid-Until "false"',
    ...(packages.length > 0
      ? [`--include=${packages.join(',')}`, ...LEFT_OUT.map((files) => `--dpkgopt=path-exclude=${files}`)]
      : []),
    suite,
    path,
  ]
  // The program uses its own Perl modules and the host's apt, and the engine's libraries must not get in between.
  const { LD_LIBRARY_PATH: _unused, ...env } = packageEnvironment(root)
  try {
    await runCommand('perl', [join(root, 'usr/bin/mmdebstrap'), ...args], { env, signal })
  } catch (error) {
    if (isCapstanError(error)) throw error
    const words = lastWords(error) || String(error)
    throw new CapstanError('image-failed', `The Debian base could not be made: ${words}`, {
      help:
        foreign.length > 0
          ? FOREIGN_HELP
          : 'Make sure that this machine reaches its package mirror, then try again.',
      cause: error,
    })
  }
}
