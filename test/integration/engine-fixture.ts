/** The engine and the images that integration tests use, and a bench that leaves nothing behind. */
import { randomBytes } from 'node:crypto'
import type { DockerClient } from '../../engine/docker'
import { type PreparedImages, prepareImages } from '../../engine/images'
import { createNode, type LabNode, labelsOf } from '../../engine/node'
import { engineHome, findEngine, type OuterEngine } from '../../engine/outer'
import { resourcesFolder } from '../../engine/resources'
import { leftoversOf, removeTopology } from '../../engine/topology'
import { setTimeFactor, timeFactorIn } from '../../shared/time-limits'

export interface ReadyEngine {
  readonly engine: OuterEngine
  readonly images: PreparedImages
  [Symbol.asyncDispose](): Promise<void>
}

/** Opens the engine that the app would find, with its images. Images of an earlier run are used again. */
export async function openEngine(): Promise<ReadyEngine> {
  setTimeFactor('environment', timeFactorIn(process.env))
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
  readonly topologyId: string
  /** Creates a node of the bench. */
  node(name: string): Promise<LabNode>
  /** Removes everything of the bench. @throws Error when something is left on the engine */
  remove(): Promise<void>
}

/** Opens a topology of its own. Nodes can be added to it, and they are like those of a lab. */
export async function openBench(): Promise<Bench> {
  const { engine, images, ...ready } = await openEngine()
  const belonging = { topologyId: `test-${randomBytes(3).toString('hex')}`, owner: 'test' }
  const { topologyId } = belonging
  const network = await engine.docker.networks.create(`capstan-${topologyId}`, labelsOf('network', belonging))
  return {
    docker: engine.docker,
    engine,
    images,
    topologyId,
    node: async (name) => await createNode({ engine, images, networks: [{ network }], name, ...belonging }),
    remove: async () => {
      await removeTopology(engine, topologyId)
      const left = await leftoversOf(engine, topologyId)
      await ready[Symbol.asyncDispose]()
      if (left.length > 0) throw new Error(`Left on the engine: ${left.join(', ')}`)
    },
  }
}
