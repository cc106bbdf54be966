/** What most commands need: the store, an engine, the images. */
import {
  engineHome,
  findEngine,
  type OuterEngine,
  type PreparedImages,
  prepareImages,
  resourcesFolder,
} from '../../engine'
import { dataFolder, openStore, type Store } from '../store'
import { progressTeller, tell } from './output'

export interface Ready {
  readonly store: Store
  readonly engine: OuterEngine
  readonly images: PreparedImages
}

export async function openCliStore(): Promise<Store> {
  return await openStore(dataFolder(), tell)
}

/** Finds the engine only. */
export async function withEngine<T>(work: (engine: OuterEngine, store: Store) => Promise<T>): Promise<T> {
  const store = await openCliStore()
  const engine = await findEngine({
    settings: store.settings().engine,
    home: engineHome(),
    resources: resourcesFolder(),
    onProgress: progressTeller(),
  })
  try {
    return await work(engine, store)
  } finally {
    await engine.release()
  }
}

/** Finds the engine and prepares the images; `keep` leaves our own engine running for a while after it. */
export async function withImages<T>(
  work: (ready: Ready) => Promise<T>,
  { keep = false, signal }: { keep?: boolean; signal: AbortSignal },
): Promise<T> {
  const store = await openCliStore()
  const [home, resources, onProgress] = [engineHome(), resourcesFolder(), progressTeller()]
  const engine = await findEngine({ settings: store.settings().engine, home, resources, onProgress })
  try {
    const images = await prepareImages(engine, { home, resources, onProgress, signal })
    return await work({ store, engine, images })
  } finally {
    await engine.release({ keep })
  }
}
