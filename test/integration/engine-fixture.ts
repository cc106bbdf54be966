/** The engine and the node image that integration tests run on, and a way to leave nothing behind. */
import { randomBytes } from 'node:crypto'
import { DockerClient, parseEndpoint } from '../../engine/docker'
import { createNode, createSessionNetwork, type LabNode, removeSession } from '../../engine/node'

export interface Bench {
  readonly docker: DockerClient
  readonly sessionId: string
  /** Creates a node of the bench's session. */
  node(name: string): Promise<LabNode>
  remove(): Promise<void>
}

/** Why the tests on a real engine cannot run here; null when they can. */
export const missing: string | null =
  process.env.DOCKER_HOST && process.env.CAPSTAN_NODE_IMAGE
    ? null
    : 'DOCKER_HOST and CAPSTAN_NODE_IMAGE are not set'

if (missing) console.warn(`Skipped: ${missing}.`)

/** A session of its own on the engine of DOCKER_HOST, with nodes of the image CAPSTAN_NODE_IMAGE. */
export async function openBench(): Promise<Bench> {
  const docker = DockerClient.to(parseEndpoint(process.env.DOCKER_HOST ?? ''))
  const engine = { docker }
  const belonging = { sessionId: `test-${randomBytes(3).toString('hex')}`, owner: 'test', labId: 'test' }
  const network = await createSessionNetwork(engine, belonging)
  const images = {
    node: process.env.CAPSTAN_NODE_IMAGE ?? '',
    template: process.env.CAPSTAN_TEMPLATE_VOLUME || null,
  }
  return {
    docker,
    sessionId: belonging.sessionId,
    node: async (name) => await createNode({ engine, images, network, name, ...belonging }),
    remove: async () => await removeSession(engine, belonging.sessionId),
  }
}
