/** Creates the nodes of a session, and the network between them. */
import { randomBytes } from 'node:crypto'
import type { DockerClient } from '../docker'
import { NODE_CAPABILITIES } from './capabilities'
import { type Belonging, labelsOf, NODE } from './labels'
import { LabNode } from './node'

/** The parts of an outer engine and of the prepared images that nodes are made of. */
export interface NodeHost {
  readonly docker: DockerClient
}

export interface NodeImages {
  /** Reference of the node image. */
  readonly node: string
  /** Volume with the course images, mounted read-only; null for a node without any. */
  readonly template: string | null
}

export interface CreateNodeOptions extends Belonging {
  readonly engine: NodeHost
  readonly images: NodeImages
  readonly network: string
  readonly name: string
  readonly signal?: AbortSignal
}

const TEMPLATE_MOUNT = '/images/template'
/** A fork bomb in a node must not take the machine with it. */
const PIDS_LIMIT = 4096

/** @returns the network's name */
export async function createSessionNetwork(engine: NodeHost, belonging: Belonging): Promise<string> {
  const name = `capstan-${belonging.sessionId}-${randomBytes(2).toString('hex')}`
  await engine.docker.createNetwork(name, labelsOf('network', belonging))
  return name
}

/**
 * Creates and starts a node and waits until its inner engine answers.
 * @throws EngineError `node-gone` when it does not start; what was made is removed
 */
export async function createNode(options: CreateNodeOptions): Promise<LabNode> {
  const { engine, name, sessionId, signal } = options
  const containerId = await engine.docker.createContainer(containerSpec(options))
  const node = new LabNode({ outer: engine.docker, containerId, name, sessionId })
  try {
    signal?.throwIfAborted()
    await engine.docker.startContainer(containerId)
    await node.ready()
    return node
  } catch (error) {
    await node.remove().catch(() => undefined)
    throw error
  }
}

/** What the engine is asked for; exported so that a baseline can create the very same container. */
export function containerSpec({ images, network, name, ...belonging }: CreateNodeOptions) {
  const { template } = images
  return {
    name: `capstan-${belonging.sessionId}-${name}-${randomBytes(2).toString('hex')}`,
    Image: images.node,
    Hostname: name,
    Labels: { ...labelsOf('node', belonging), [NODE]: name },
    Env: template ? [`CAPSTAN_TEMPLATE=${TEMPLATE_MOUNT}`] : [],
    Volumes: { '/var/lib/docker': {} },
    HostConfig: {
      CapDrop: ['ALL'],
      CapAdd: [...NODE_CAPABILITIES],
      SecurityOpt: ['seccomp=unconfined', 'apparmor=unconfined'],
      MaskedPaths: [],
      ReadonlyPaths: [],
      CgroupnsMode: 'private' as const,
      PidsLimit: PIDS_LIMIT,
      NetworkMode: network,
      Mounts: template
        ? [{ Type: 'volume' as const, Source: template, Target: TEMPLATE_MOUNT, ReadOnly: true }]
        : [],
    },
    NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: [name] } } },
  }
}
