/** Everything of a session on the outer engine, found by its labels. */
import type { DockerClient } from '../docker'
import type { NodeHost } from './create'
import { KIND, NODE, OWNER, SESSION } from './labels'
import { LabNode } from './node'
import { thaw } from './thaw'

/** The nodes of a session that still exist, running or not. */
export async function adoptNodes(engine: NodeHost, sessionId: string): Promise<LabNode[]> {
  const containers = await engine.docker.listContainers({
    labels: [`${SESSION}=${sessionId}`, `${KIND}=node`],
  })
  return containers.map(
    ({ Id, Labels }) =>
      new LabNode({ outer: engine.docker, containerId: Id, name: Labels[NODE] ?? '', sessionId }),
  )
}

/** Ids of all sessions of an owner of which anything is left. */
export async function sessionsOn(engine: NodeHost, owner: string): Promise<string[]> {
  const labels = [SESSION, `${OWNER}=${owner}`]
  const [containers, networks, volumes] = await everything(engine.docker, labels)
  const ids = [
    ...containers.map(({ Labels }) => Labels[SESSION]),
    ...networks.map(({ Labels }) => Labels?.[SESSION]),
    ...volumes.map(({ Labels }) => Labels?.[SESSION]),
  ]
  return [...new Set(ids.filter((id) => id !== undefined))]
}

/** What is left of a session, as "node web", "network capstan-1f". */
export async function sessionLeftovers(engine: NodeHost, sessionId: string): Promise<string[]> {
  const [containers, networks, volumes] = await everything(engine.docker, [`${SESSION}=${sessionId}`])
  return [
    ...containers.map(({ Labels }) => `node ${Labels[NODE]}`),
    ...networks.map(({ Name }) => `network ${Name}`),
    ...volumes.map(({ Name }) => `volume ${Name}`),
  ]
}

/** Removes nodes with their volumes, then networks, then named volumes. What is gone already is fine. */
export async function removeSession(engine: NodeHost, sessionId: string): Promise<void> {
  await removeLabelled(engine, [`${SESSION}=${sessionId}`])
}

/** Removes every session of every store, and the builders that a killed preparation left. */
export async function removeEverything(engine: NodeHost): Promise<number> {
  return await removeLabelled(engine, [KIND])
}

/** Stops a session's nodes without removing them. */
export async function stopNodes(engine: NodeHost, sessionId: string): Promise<void> {
  const nodes = await adoptNodes(engine, sessionId)
  await Promise.all(nodes.map((node) => node.stop()))
}

async function removeLabelled({ docker }: NodeHost, labels: readonly string[]): Promise<number> {
  const [containers, networks, volumes] = await everything(docker, labels)
  await allOrFirstError(containers.map((container) => removeNode(docker, container)))
  await allOrFirstError([
    ...networks.map(({ Id }) => docker.removeNetwork(Id)),
    ...volumes.map(({ Name }) => docker.removeVolume(Name)),
  ])
  return containers.length + networks.length + volumes.length
}

async function removeNode(docker: DockerClient, { Id, State }: { Id: string; State: string }): Promise<void> {
  if (State === 'running') await thaw(docker, Id)
  await docker.removeContainer(Id)
}

/** One that cannot be removed must not keep the others. */
async function allOrFirstError(removals: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(removals)
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}

async function everything(docker: DockerClient, labels: readonly string[]) {
  return await Promise.all([
    docker.listContainers({ labels }),
    docker.listNetworks({ labels }),
    docker.listVolumes({ labels }),
  ])
}
