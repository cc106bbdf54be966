/** Everything of a topology on the outer engine, found by its labels. */
import type { DockerClient } from '../docker'
import { KIND, LabNode, NAME, type NodeHost, OWNER, PROCESS, TOPOLOGY, thaw } from '../node'

/** The nodes of a topology that still exist, running or not. */
export async function nodesOf(engine: NodeHost, topologyId: string): Promise<LabNode[]> {
  const containers = await engine.docker.containers.list({
    labels: [`${TOPOLOGY}=${topologyId}`, `${KIND}=node`],
  })
  return containers.map(
    ({ Id, Labels }) =>
      new LabNode({ outer: engine.docker, containerId: Id, name: Labels[NAME] ?? '', topologyId }),
  )
}

export interface FoundTopology {
  readonly id: string
  /** Id of the process that made it. */
  readonly process: number
}

/** All topologies of an owner of which anything is left. */
export async function topologiesOn(engine: NodeHost, owner: string): Promise<FoundTopology[]> {
  const [containers, networks, volumes] = await everything(engine.docker, [TOPOLOGY, `${OWNER}=${owner}`])
  const found = new Map<string, number>()
  for (const { Labels } of [...containers, ...networks, ...volumes]) {
    if (Labels?.[TOPOLOGY]) found.set(Labels[TOPOLOGY], Number(Labels[PROCESS]))
  }
  return [...found].map(([id, process]) => ({ id, process }))
}

/** What is left of a topology, as "node web", "network capstan-1f-lab". */
export async function leftoversOf(engine: NodeHost, topologyId: string): Promise<string[]> {
  const [containers, networks, volumes] = await everything(engine.docker, [`${TOPOLOGY}=${topologyId}`])
  return [
    ...containers.map(({ Labels }) => `node ${Labels[NAME]}`),
    ...networks.map(({ Name }) => `network ${Name}`),
    ...volumes.map(({ Name }) => `volume ${Name}`),
  ]
}

/** Removes nodes with their volumes, then networks, then named volumes. What is gone already is fine. */
export async function removeTopology(engine: NodeHost, topologyId: string): Promise<void> {
  await removeLabelled(engine, [`${TOPOLOGY}=${topologyId}`])
}

/** Removes every topology of every store, and whatever else is ours. @returns how many things that were */
export async function removeEverything(engine: NodeHost): Promise<number> {
  return await removeLabelled(engine, [KIND])
}

/** Stops a topology's nodes without removing them. */
export async function stopNodes(engine: NodeHost, topologyId: string): Promise<void> {
  const nodes = await nodesOf(engine, topologyId)
  await Promise.all(nodes.map((node) => node.stop()))
}

async function removeLabelled({ docker }: NodeHost, labels: readonly string[]): Promise<number> {
  const [containers, networks, volumes] = await everything(docker, labels)
  await allOrFirstError(containers.map((container) => removeContainer(docker, container)))
  await allOrFirstError([
    ...networks.map(({ Id }) => removeNetwork(docker, Id)),
    ...volumes.map(({ Name }) => docker.volumes.remove(Name)),
  ])
  return containers.length + networks.length + volumes.length
}

async function removeContainer(
  docker: DockerClient,
  { Id, State }: { Id: string; State: string },
): Promise<void> {
  if (State === 'running') await thaw(docker, Id)
  await docker.containers.remove(Id)
}

/** The mirror is a guest on every network of a lab; a network with guests cannot go. */
async function removeNetwork(docker: DockerClient, id: string): Promise<void> {
  const guests = await docker.networks.inspect(id).then(
    ({ Containers }) => Object.keys(Containers ?? {}),
    () => [],
  )
  await Promise.allSettled(guests.map((guest) => docker.networks.disconnect(id, guest)))
  await docker.networks.remove(id)
}

/** One that cannot be removed must not keep the others. */
async function allOrFirstError(removals: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(removals)
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}

async function everything(docker: DockerClient, labels: readonly string[]) {
  return await Promise.all([
    docker.containers.list({ labels }),
    docker.networks.list({ labels }),
    docker.volumes.list({ labels }),
  ])
}
