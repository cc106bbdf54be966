/** The Debian base of all our images: pulled where a registry answers, bootstrapped from packages where none does. */
import { createReadStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { CapstanError, isCapstanError } from '../../shared/errors'
import type { DockerClient } from '../docker'
import { type ProgressListener, packageEnvironment, unpackPackages } from '../outer'

const SUITE = 'bookworm'
const PULLED = `debian:${SUITE}-slim`
const BOOTSTRAPPED = `capstan/base:${SUITE}`
const PULL_LIMIT_MS = 120_000
const BOOTSTRAP_LIMIT_MS = 300_000

export interface BaseOptions {
  readonly docker: DockerClient
  readonly home: string
  readonly onProgress: ProgressListener
  readonly tell: (detail: string, fraction?: number) => void
  readonly signal: AbortSignal
}

/** @returns the reference of an image on the engine */
export async function prepareBase(options: BaseOptions): Promise<string> {
  const { docker, tell, signal } = options
  for (const ref of [BOOTSTRAPPED, PULLED]) if (await docker.images.exists(ref)) return ref
  tell('Asking a registry for Debian')
  try {
    await docker.images.pull(PULLED, { limitMs: PULL_LIMIT_MS, signal })
    return PULLED
  } catch (error) {
    if (isCapstanError(error, 'cancelled') || isCapstanError(error, 'no-space')) throw error
    await bootstrap(options, error)
    return BOOTSTRAPPED
  }
}

async function bootstrap(
  { docker, home, onProgress, tell, signal }: BaseOptions,
  cause: unknown,
): Promise<void> {
  if (process.platform !== 'linux') {
    throw new CapstanError(
      'image-failed',
      'The Debian base can neither be pulled nor made on this machine.',
      {
        help: 'See that the engine reaches its registry, then try again.',
        cause,
      },
    )
  }
  const root = await unpackPackages(home, onProgress)
  tell('No registry answers: making a Debian base from packages, about 15 s')
  await mkdir(home, { recursive: true })
  const tar = join(home, 'base.tar')
  await rm(tar, { force: true })
  const args = ['--variant=minbase', '--aptopt=Acquire::Languages "none"', SUITE, `${tar}.half.tar`]
  try {
    // Its own Perl modules and the host's apt: the engine's libraries must not get in between.
    const { LD_LIBRARY_PATH: _unused, ...env } = packageEnvironment(root)
    await execa('perl', [join(root, 'usr/bin/mmdebstrap'), ...args], {
      env,
      extendEnv: false,
      timeout: BOOTSTRAP_LIMIT_MS,
      cancelSignal: signal,
    })
  } catch (error) {
    const words =
      error instanceof Error && 'stderr' in error
        ? String(error.stderr).trim().split('\n').slice(-2).join(' ')
        : String(error)
    throw new CapstanError('image-failed', `The Debian base could not be made: ${words}`, {
      help: 'See that this machine reaches its package mirror, then try again.',
      cause: error,
    })
  }
  await rename(`${tar}.half.tar`, tar)
  const [repo = '', tag = ''] = BOOTSTRAPPED.split(':')
  await docker.images.import(createReadStream(tar), { repo, tag, signal })
  await rm(tar, { force: true })
}
