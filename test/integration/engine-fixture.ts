/** The engine and the images that integration tests run on, and a way to leave nothing behind. */
import { randomBytes } from 'node:crypto'
import type { DockerClient } from '../../engine/docker'
import { engineHome, findEngine, type OuterEngine } from '../../engine/host'
import { type PreparedImages, prepareImages } from '../../engine/images'
import {
  createNode,
  createSessionNetwork,
  type LabNode,
  removeSession,
  sessionLeftovers,
} from '../../engine/node'
import { resourcesFolder } from '../../engine/resources'

export interface ReadyEngine {
  readonly engine: OuterEngine
  readonly images: PreparedImages
  [Symbol.asyncDispose](): Promise<void>
}

/** The engine that the app would find, with its images; those of an earlier run are used again. */
export async function openEngine(): Promise<ReadyEngine> {
  const [home, resources] = [engineHome(), resourcesFolder()]
  const onProgress = () => undefined
  const settings = { mode: 'auto', endpoint: '', tlsDirectory: '' } as const
  const engine = await findEngine({ settings, home, resources, onProgress })
  const images = await prepareImages(engine, {
    home,
    resources,
    onProgress,
    signal: new AbortController().signal,
  })
  return { engine, images, [Symbol.asyncDispose]: async () => await engine.release() }
}

export interface Bench {
  readonly docker: DockerClient
  readonly engine: OuterEngine
  readonly images: PreparedImages
  readonly sessionId: string
  /** Creates a node of the bench's session. */
  node(name: string): Promise<LabNode>
  /** Removes the session. @throws Error when anything of it is left */
  remove(): Promise<void>
}

/** A session of its own, with nodes as labs have them. */
export async function openBench(): Promise<Bench> {
  const { engine, images, ...ready } = await openEngine()
  const belonging = { sessionId: `test-${randomBytes(3).toString('hex')}`, owner: 'test', labId: 'test' }
  const network = await createSessionNetwork(engine, belonging)
  return {
    docker: engine.docker,
    engine,
    images,
    sessionId: belonging.sessionId,
    node: async (name) => await createNode({ engine, images, network, name, ...belonging }),
    remove: async () => {
      await removeSession(engine, belonging.sessionId)
      const left = await sessionLeftovers(engine, belonging.sessionId)
      await ready[Symbol.asyncDispose]()
      if (left.length > 0) throw new Error(`Left on the engine: ${left.join(', ')}`)
    },
  }
}
