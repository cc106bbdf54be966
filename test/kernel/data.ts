/** The data of the engine on the complete kernel: all images, made on this computer's own kernel, which is fast. */
import { access, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { lastWords, packageEnvironment, runCommand } from '../../engine/outer'
import { CapstanError, isCapstanError } from '../../shared/errors'
import { until } from '../../shared/system/wait'
import { type Capstan, doctorOf, type Features } from './capstan'
import { startBound } from './commands'

const START_LIMIT_MS = 60_000
const END_LIMIT_MS = 60_000
const LOOK_AGAIN_MS = 100
/** Of the disk; it takes room only as it is filled. */
const DISK = '24G'

export interface PrepareOptions {
  /** Folder that keeps the data for the next run. */
  readonly folder: string
  readonly script: string
  /** Folder of the engine's packages. */
  readonly engine: string
  readonly capstan: Capstan
  readonly signal: AbortSignal
}

/**
 * Makes the images that are missing.
 * @returns what this computer's own kernel can do
 * @throws CapstanError `no-engine`, `image-failed`, `cancelled`
 */
export async function prepareData(options: PrepareOptions): Promise<Features> {
  const { folder, script, engine, capstan, signal } = options
  const socket = join(folder, 'engine.sock')
  await mkdir(join(folder, 'data'), { recursive: true })
  await rm(join(folder, 'exec'), { recursive: true, force: true })
  const child = startBound(['bash', script, folder], { env: packageEnvironment(engine), output: 2 })
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  try {
    await until(async () => hasEnded() || (await isThere(socket)), {
      limitMs: START_LIMIT_MS,
      everyMs: LOOK_AGAIN_MS,
      signal,
      waitsFor: 'the engine that prepares the images',
      atLimit: () => startError(folder),
    })
    if (hasEnded()) throw startError(folder)
    return await doctorOf({ ...capstan, endpoint: `unix://${socket}`, enter: [] }, signal)
  } finally {
    child.kill('SIGTERM')
    await until(hasEnded, {
      limitMs: END_LIMIT_MS,
      everyMs: LOOK_AGAIN_MS,
      waitsFor: 'the engine that has prepared the images to end',
    })
    child.kill('SIGKILL')
  }
}

function startError(folder: string): CapstanError {
  return new CapstanError('no-engine', 'The engine that prepares the images did not start.', {
    help: `Its log is ${join(folder, 'engine.log')}.`,
  })
}

/** Writes the data to an image of a disk. @throws CapstanError `no-space`, `cancelled` */
export async function writeDisk(folder: string, image: string, signal: AbortSignal): Promise<void> {
  const args = ['-q', '-F', '-t', 'ext4', '-E', 'lazy_itable_init=1', '-d', join(folder, 'data'), image, DISK]
  try {
    await runCommand('mke2fs', args, { signal })
  } catch (error) {
    if (isCapstanError(error)) throw error
    throw new CapstanError('no-space', `The disk could not be made: ${lastWords(error)}`, {
      help: `Make about 4 GB of room in ${image}, or set TMPDIR to a folder with more of it.`,
      cause: error,
    })
  }
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}
