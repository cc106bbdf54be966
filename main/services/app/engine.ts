/** The engine as the app uses it: found, prepared, with the sessions of labs on it. */
import {
  type DoctorReport,
  doctor,
  EngineDisk,
  type EngineSettings,
  findEngine,
  type Isolation,
  isolationOf,
  type LoadedLab,
  missingCapabilities,
  type OuterEngine,
  type PreparedImages,
  type Progress,
  prepareImages,
  readKernelKeys,
  reapProofs,
  roomForNodes,
  SessionManager,
  TopologyPool,
} from '../../../engine'
import type { EngineView } from '../../api'
import type { Store } from '../../store'
import type { Sessions } from '../labs'

export interface AppEngine {
  readonly view: EngineView
  /** What root in a node is on the computer of the engine. */
  readonly isolation: Isolation
  report(): Promise<DoctorReport>
  /** Names the capabilities that a lab needs and this engine lacks. */
  missing(lab: Pick<LoadedLab, 'requires'>): readonly string[]
  /** @returns a function that stops the listening */
  onGone(listener: () => void): () => void
  /** Prepares the images of nodes. It takes minutes the first time. @throws CapstanError `image-failed`, `no-space` */
  prepare(options: EngineOptions): Promise<void>
  /** Opens the sessions of a store on the prepared engine. */
  openSessions(options: SessionsOptions): Sessions
  release(options?: { readonly keep?: boolean }): Promise<void>
}

export interface EngineOptions {
  readonly home: string
  readonly resources: string
  readonly onProgress: (progress: Progress) => void
  readonly signal: AbortSignal
}

export interface SessionsOptions {
  /** Throws for a lab that nobody has allowed. */
  readonly assertAllowed: (lab: LoadedLab) => void
  readonly catalogue: () => readonly LoadedLab[]
  readonly store: Pick<Store, 'folder' | 'sessions' | 'owner'>
}

export type FindEngine = (
  options: EngineOptions & { readonly settings: EngineSettings },
) => Promise<AppEngine>

/** Finds a Docker Engine. @throws CapstanError `no-engine` with what to do */
export const findDockerEngine: FindEngine = async (options) => {
  return new DockerAppEngine(await findEngine(options))
}

class DockerAppEngine implements AppEngine {
  readonly view: EngineView
  readonly #engine: OuterEngine
  #images: PreparedImages | null = null

  constructor(engine: OuterEngine) {
    const { source, context, endpoint, version } = engine
    this.view = { source, endpoint, version, ...(context !== null && { context }) }
    this.#engine = engine
  }

  get isolation(): Isolation {
    return isolationOf(this.#engine.capabilities)
  }

  async report(): Promise<DoctorReport> {
    const keys = await readKernelKeys(this.#engine.docker, this.#images?.mirrors ?? [])
    return doctor(this.#engine, { keys })
  }

  missing(lab: Pick<LoadedLab, 'requires'>): readonly string[] {
    return missingCapabilities(this.#engine, lab)
  }

  onGone(listener: () => void): () => void {
    return this.#engine.onGone(listener)
  }

  async prepare(options: EngineOptions): Promise<void> {
    this.#images = await prepareImages(this.#engine, options)
  }

  openSessions({ catalogue, store, assertAllowed }: SessionsOptions): Sessions {
    const [engine, images] = [this.#engine, this.#images]
    if (!images) throw new Error('Sessions need an engine whose images are prepared.')
    const { owner, folder: dataFolder, sessions: records } = store
    const room = () => roomForNodes(engine.docker, images.mirrors)
    // A proof that was killed leaves nodes behind. The next start tries again what does not go now.
    void reapProofs({ engine, dataFolder }).catch(() => undefined)
    const topologies = new TopologyPool({ engine, images, owner, room })
    const disk = new EngineDisk(engine.docker, images.mirrors)
    return new SessionManager({ engine, topologies, disk, catalogue, records, owner, assertAllowed })
  }

  async release(options: { readonly keep?: boolean } = {}): Promise<void> {
    await this.#engine.release(options)
  }
}
