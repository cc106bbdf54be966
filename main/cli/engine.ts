/** Opens the things that most commands need: the store, an engine, the images. Only what takes the lock writes to the store. */
import {
  engineHome,
  findEngine,
  type OuterEngine,
  type PreparedImages,
  prepareImages,
  resourcesFolder,
} from '../../engine'
import { setTimeFactor } from '../../shared/time-limits'
import { dataFolder, lockStore, openStore, readStore, type Store } from '../store'
import { progressReporter, report, type Streams } from './output'

export interface Ready {
  readonly engine: OuterEngine
  readonly images: PreparedImages
}

export interface EngineOptions {
  readonly output: Streams
  readonly signal: AbortSignal
  /** Leaves our own engine running for a while after the work. */
  readonly keep?: boolean
  /** The version of the engine in nodes that ask for none. By default it is that of Debian stable. */
  readonly engineVersion?: string | undefined
}

/**
 * Runs work that touches the sessions or documents of the data folder. The app must not do so at the same time.
 * @throws CapstanError `session-exists` while the app, or another command, has the folder open
 */
export async function withStore<T>(output: Streams, work: (store: Store) => Promise<T>): Promise<T> {
  const folder = dataFolder()
  const unlock = lockStore(folder)
  try {
    return await work(await openStore(folder, (message) => report(output, message)))
  } finally {
    unlock()
  }
}

/** Finds the engine only. The app may have the store open meanwhile. */
export async function withEngine<T>(
  work: (ready: Omit<Ready, 'images'>) => Promise<T>,
  { output, keep = false, signal }: EngineOptions,
): Promise<T> {
  const { settings } = await readStore(dataFolder(), (message) => report(output, message))
  setTimeFactor('settings', settings.timeFactor)
  const engine = await findEngine({
    settings: settings.engine,
    home: engineHome(),
    resources: resourcesFolder(),
    onProgress: progressReporter(output),
    signal,
  })
  try {
    return await work({ engine })
  } finally {
    await engine.release({ keep })
  }
}

/** Finds the engine and prepares the images. */
export async function withImages<T>(work: (ready: Ready) => Promise<T>, options: EngineOptions): Promise<T> {
  return await withEngine(
    async ({ engine }) => await work({ engine, images: await preparedImages(engine, options) }),
    options,
  )
}

/** @throws CapstanError `image-failed`, `no-space`, `cancelled` */
export async function preparedImages(
  engine: OuterEngine,
  { output, signal, engineVersion }: EngineOptions,
): Promise<PreparedImages> {
  const onProgress = progressReporter(output)
  return await prepareImages(engine, {
    home: engineHome(),
    resources: resourcesFolder(),
    onProgress,
    signal,
    engineVersion,
  })
}
