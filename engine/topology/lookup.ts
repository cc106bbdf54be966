/** Finds topologies, their nodes, and anything that is left of them on the outer engine, all by their labels. */
import type { DockerClient } from '../docker'
import { KIND, LabNode, NAME, type NodeContext, OWNER, PROCESS, TOPOLOGY } from '../node'

/** Finds the nodes of a topology that still exist, running or not. */
export async function nodesOf({ docker }: NodeContext, topologyId: string): Promise<LabNode[]> {
  const containers = await docker.containers.list({ labels: [labelOf(topologyId), `${KIND}=node`] })
  return containers.map(
    ({ Id, Labels }) => new LabNode({ outer: docker, containerId: Id, name: Labels[NAME] ?? '', topologyId }),
  )
}

export interface FoundTopology {
  readonly id: string
  /** Name of the process that made it (`processName`). */
  readonly process: string
}

/** Finds all topologies of an owner that still have any part on the engine. */
export async function topologiesOn({ docker }: NodeContext, owner: string): Promise<FoundTopology[]> {
  const { containers, networks, volumes } = await everything(docker, [TOPOLOGY, `${OWNER}=${owner}`])
  const found = new Map<string, string>()
  for (const { Labels } of [...containers, ...networks, ...volumes]) {
    if (Labels?.[TOPOLOGY]) found.set(Labels[TOPOLOGY], Labels[PROCESS] ?? '')
  }
  return [...found].map(([id, process]) => ({ id, process }))
}

/** Lists what is left of a topology, as "node web", "network capstan-1f-lab". */
export async function leftoversOf({ docker }: NodeContext, topologyId: string): Promise<string[]> {
  const { containers, networks, volumes } = await everything(docker, [labelOf(topologyId)])
  return [
    ...containers.map(({ Labels }) => `node ${Labels[NAME]}`),
    ...networks.map(({ Name }) => `network ${Name}`),
    ...volumes.map(({ Name }) => `volume ${Name}`),
  ]
}

/** The label of everything that belongs to a topology. */
export function labelOf(topologyId: string): string {
  return `${TOPOLOGY}=${topologyId}`
}

/** Finds everything that carries all of the labels. */
export async function everything(docker: DockerClient, labels: readonly string[]) {
  const [containers, networks, volumes] = await Promise.all([
    docker.containers.list({ labels }),
    docker.networks.list({ labels }),
    docker.volumes.list({ labels }),
  ])
  return { containers, networks, volumes }
}
