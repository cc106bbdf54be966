/** The Debian base of all our images: pulled where a registry answers, bootstrapped from packages where none does. */
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

const SUITE = 'bookworm'
const PULLED = `debian:${SUITE}-slim`
const BOOTSTRAPPED = `capstan/base:${SUITE}`
const PULL_LIMIT_MS = 120_000

export interface BaseOptions {
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
 * Makes the base, unless the engine has it.
 * @returns the reference of an image on the engine
 * @throws CapstanError `image-failed`, `no-space`, `cancelled`
 */
export async function prepareBase(options: BaseOptions, parts: BaseParts = {}): Promise<string> {
  const { docker, report, signal } = options
  for (const ref of [BOOTSTRAPPED, PULLED]) if (await docker.images.exists(ref)) return ref
  report('Asking a registry for Debian')
  try {
    await docker.images.pull(PULLED, { limitMs: PULL_LIMIT_MS, signal })
    return PULLED
  } catch (error) {
    if (isCapstanError(error, 'cancelled') || isCapstanError(error, 'no-space')) throw error
    if ((parts.platform ?? process.platform) !== 'linux') throw noBase(error)
    await bootstrap(options, parts.makeDebian ?? makeDebian)
    return BOOTSTRAPPED
  }
}

function noBase(cause: unknown): CapstanError {
  return new CapstanError('image-failed', 'The Debian base can neither be pulled nor made on this machine.', {
    help: 'Make sure that the engine reaches its registry, then try again.',
    cause,
  })
}

async function bootstrap(options: BaseOptions, make: typeof makeDebian): Promise<void> {
  const { docker, home, report, signal } = options
  report('No registry answers: making a Debian base from packages, about 45 s')
  await mkdir(home, { recursive: true })
  const tar = join(home, 'base.tar')
  await rm(tar, { force: true })
  await make(options, `${tar}.half.tar`)
  await rename(`${tar}.half.tar`, tar)
  const [repo = '', tag = ''] = BOOTSTRAPPED.split(':')
  await docker.images.import(createReadStream(tar), { repo, tag, signal })
  await rm(tar, { force: true })
}

const FOREIGN_HELP =
  'The engine has another processor than this machine: let it reach its registry, or install qemu-user-static and binfmt-support here.'

async function makeDebian({ docker, home, onProgress, signal }: BaseOptions, path: string): Promise<void> {
  const root = await unpackPackages({ home, onProgress, signal })
  const foreign = bootstrapFlags(await architectureOf(docker))
  const args = ['--variant=minbase', ...foreign, '--aptopt=Acquire::Languages "none"', SUITE, path]
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
