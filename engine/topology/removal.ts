/** Stops and removes topologies. They are found by their labels, so that nothing of a half-built one stays behind. */
import { isNamedAlive } from '../../shared/system/processes'
import type { DockerClient } from '../docker'
import { KIND, type NodeContext, thaw } from '../node'
import { everything, labelOf, nodesOf, topologiesOn } from './lookup'

/**
 * Removes a topology: its nodes with their volumes, then its networks and its named volumes. A part that is gone
 * already is fine. This is the one way to remove a topology, whoever built it.
 */
export async function removeTopology(engine: NodeContext, topologyId: string): Promise<void> {
  await removeLabelled(engine, [labelOf(topologyId)])
}

/**
 * Removes the topologies of an owner whose makers are dead. The caller sees to it that no session of the owner is open.
 * @returns how many things that were
 */
export async function removeLeft(engine: NodeContext, owner: string): Promise<number> {
  const left = (await topologiesOn(engine, owner)).filter(({ process }) => !isNamedAlive(process))
  const counts = await Promise.all(left.map(({ id }) => removeLabelled(engine, [labelOf(id)])))
  return counts.reduce((sum, count) => sum + count, 0)
}

/** Removes every topology of every store, and everything else that is ours. @returns how many things that were */
export async function removeEverything(engine: NodeContext): Promise<number> {
  return await removeLabelled(engine, [KIND])
}

/** Stops a topology's nodes without removing them. */
export async function stopNodes(engine: NodeContext, topologyId: string): Promise<void> {
  const nodes = await nodesOf(engine, topologyId)
  await Promise.all(nodes.map((node) => node.stop()))
}

async function removeLabelled({ docker }: NodeContext, labels: readonly string[]): Promise<number> {
  const { containers, networks, volumes } = await everything(docker, labels)
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

/** The mirror is a guest on every network of a lab, and a network with guests cannot be removed. */
async function removeNetwork({ networks }: DockerClient, id: string): Promise<void> {
  const guests = await networks.inspect(id).then(
    ({ Containers }) => Object.keys(Containers),
    // A network that cannot be inspected may be gone. If it is not, its removal says what is wrong.
    () => [],
  )
  await Promise.allSettled(guests.map((guest) => networks.disconnect(id, guest)))
  await networks.remove(id)
}

/** Waits for all removals, so that one that fails does not keep the others from happening. */
async function allOrFirstError(removals: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(removals)
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}
