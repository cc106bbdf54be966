/** Creates one node, on the networks of its lab. */
import { randomBytes } from 'node:crypto'
import type { DockerClient } from '../docker'
import { type Belonging, DISK, labelsOf, MEMORY, NAME } from './labels'
import { hostConfigOf, limitsOf, type Machine, type NodeNeed } from './limits'
import { NODE_CAPABILITIES } from './linux-capabilities'
import { LabNode } from './node'
import { seccompProfile } from './seccomp'

/** The outer engine that nodes are on. */
export interface NodeContext {
  readonly docker: DockerClient
}

/** The outer engine that nodes are created on, with what decides about their limits. */
export interface NodeEngine extends NodeContext {
  readonly capabilities: Machine & {
    /** Whether nodes can live in user namespaces there. */
    readonly userns: boolean
  }
}

export interface NodeImages {
  /** Reference of the node image. */
  readonly node: string
  /** Volume with the course images, mounted read-only. It is null for a node without any. */
  readonly template: string | null
  /** Registries that the node's engine asks before Docker Hub, in this order, by their names on its networks. */
  readonly mirrors?: readonly { readonly alias: string; readonly certificate: string }[]
}

/** A node's place on a network. */
export interface NodeNetwork {
  /** Name or id on the outer engine. */
  readonly network: string
  /** A fixed address stays the same when the node is stopped and started. Without one, the engine chooses. */
  readonly address?: string
}

export interface CreateNodeOptions extends Belonging {
  readonly engine: NodeEngine
  readonly images: NodeImages
  /** At least one. With several, the engine decides at every start which one is eth0. */
  readonly networks: readonly [NodeNetwork, ...NodeNetwork[]]
  readonly name: string
  /** What the lab needs. Without it, the node is the only one and gets the default. */
  readonly need?: NodeNeed
  readonly signal?: AbortSignal
  /** The container is created at once, and started after this. */
  readonly after?: Promise<unknown>
  /** Called when the container runs. Its engine is still starting. */
  readonly onStarted?: () => void
}

/** The port on which every mirror listens. */
export const MIRROR_PORT = 5000
const TEMPLATE_MOUNT = '/images/template'

/**
 * Creates and starts a node and waits until its inner engine answers.
 * @throws CapstanError `node-gone` when it does not start. Then the container is removed.
 */
export async function createNode(options: CreateNodeOptions): Promise<LabNode> {
  const { engine, name, topologyId, signal, networks } = options
  const containerId = await engine.docker.containers.create(containerSpec(options))
  const node = new LabNode({ outer: engine.docker, containerId, name, topologyId })
  try {
    for (const network of networks.slice(1)) await join(node, network)
    await options.after
    signal?.throwIfAborted()
    await engine.docker.containers.start(containerId)
    options.onStarted?.()
    await node.ready()
    return node
  } catch (error) {
    // The first error says why; a container that stays is found by its labels and removed later.
    await node.remove().catch(() => undefined)
    throw error
  }
}

/** Puts a node on a network, under its own name. */
export async function join(node: LabNode, { network, address }: NodeNetwork): Promise<void> {
  await node.outer.networks.connect(network, node.containerId, {
    aliases: [node.name],
    ...(address && { address }),
  })
}

/** The entry point of a node has its engine ask these registries, and trust their certificates. */
function mirrorSettings(mirrors: Required<NodeImages>['mirrors']): string[] {
  const hosts = mirrors.map(({ alias }) => `${alias}:${MIRROR_PORT}`)
  const certificates = mirrors.map(({ certificate }) => certificate).join('')
  return [
    `CAPSTAN_MIRRORS=${hosts.join(' ')}`,
    `CAPSTAN_MIRROR_CERTIFICATES=${Buffer.from(certificates).toString('base64')}`,
  ]
}

/** Describes the container of a node. It is exported so that others can create the same one with other mounts. */
export function containerSpec(options: CreateNodeOptions) {
  const { images, name, need = { nodes: 1 }, engine, topologyId, owner } = options
  const [first] = options.networks
  const { template, mirrors = [] } = images
  const limits = limitsOf(need, engine.capabilities)
  const endpoint = {
    Aliases: [name],
    ...(first.address && { IPAMConfig: { IPv4Address: first.address } }),
  }
  return {
    name: `capstan-${topologyId}-${name}-${randomBytes(2).toString('hex')}`,
    Image: images.node,
    Hostname: name,
    Labels: {
      ...labelsOf('node', { topologyId, owner }),
      [NAME]: name,
      [MEMORY]: String(limits.memory),
      [DISK]: String(limits.disk),
    },
    Env: [
      ...(template ? [`CAPSTAN_TEMPLATE=${TEMPLATE_MOUNT}`] : []),
      ...(mirrors.length > 0 ? mirrorSettings(mirrors) : []),
    ],
    Volumes: { '/var/lib/docker': {} },
    HostConfig: {
      CapDrop: ['ALL'],
      CapAdd: [...NODE_CAPABILITIES],
      SecurityOpt: [`seccomp=${seccompProfile()}`, 'apparmor=unconfined'],
      ...hostConfigOf(limits),
      // An engine that has user namespaces but gives a node no control groups of its own in them is of no use.
      ...(!engine.capabilities.userns && { UsernsMode: 'host' as const }),
      MaskedPaths: [],
      ReadonlyPaths: [],
      CgroupnsMode: 'private' as const,
      NetworkMode: first.network,
      Mounts: template
        ? [{ Type: 'volume' as const, Source: template, Target: TEMPLATE_MOUNT, ReadOnly: true }]
        : [],
    },
    NetworkingConfig: { EndpointsConfig: { [first.network]: endpoint } },
  }
}
