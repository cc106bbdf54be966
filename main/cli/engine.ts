/** Opens the things that most commands need: the store, an engine, the images. */
import {
  engineHome,
  findEngine,
  type OuterEngine,
  type PreparedImages,
  prepareImages,
  resourcesFolder,
} from '../../engine'
import { dataFolder, openStore, type Store } from '../store'
import { progressReporter, report, type Streams } from './output'

export interface Ready {
  readonly store: Store
  readonly engine: OuterEngine
  readonly images: PreparedImages
}

export interface EngineOptions {
  readonly output: Streams
  readonly signal: AbortSignal
  /** Leaves our own engine running for a while after the work. */
  readonly keep?: boolean
}

async function openCliStore(output: Streams): Promise<Store> {
  return await openStore(dataFolder(), (message) => report(output, message))
}

/** Finds the engine only. */
export async function withEngine<T>(
  work: (engine: OuterEngine) => Promise<T>,
  { output }: Pick<EngineOptions, 'output'>,
): Promise<T> {
  const store = await openCliStore(output)
  const engine = await findEngine({
    settings: store.settings().engine,
    home: engineHome(),
    resources: resourcesFolder(),
    onProgress: progressReporter(output),
  })
  try {
    return await work(engine)
  } finally {
    await engine.release()
  }
}

/** Finds the engine and prepares the images. */
export async function withImages<T>(
  work: (ready: Ready) => Promise<T>,
  { output, keep = false, signal }: EngineOptions,
): Promise<T> {
  const store = await openCliStore(output)
  const home = engineHome()
  const resources = resourcesFolder()
  const onProgress = progressReporter(output)
  const engine = await findEngine({ settings: store.settings().engine, home, resources, onProgress })
  try {
    const images = await prepareImages(engine, { home, resources, onProgress, signal })
    return await work({ store, engine, images })
  } finally {
    await engine.release({ keep })
  }
}
