/** Forms a swarm of nodes, as `docker swarm init` and `docker swarm join` do, over their engines' APIs. */
import { CapstanError } from '../../shared/errors'
import { until } from '../../shared/system/wait'
import type { DockerClient, SwarmNodeInfo } from '../docker'

/** The parts of a node that a swarm is formed with. */
export interface SwarmNode {
  readonly docker: {
    readonly swarm: Pick<DockerClient['swarm'], 'init' | 'join' | 'joinTokens' | 'nodes'>
    readonly networks: Pick<DockerClient['networks'], 'exists'>
  }
}

/** The part of a node that shows whether the bridge of its swarm is there. */
interface BridgedNode {
  readonly docker: Pick<SwarmNode['docker'], 'networks'>
}

export interface SwarmMember {
  /** The node may still be starting. */
  readonly node: Promise<SwarmNode>
  readonly role: 'manager' | 'worker'
  readonly address: string
}

/** The port on which managers listen for the cluster's control traffic. */
export const CLUSTER_PORT = 2377
const READY_LIMIT_MS = 30_000
const LOOK_AGAIN_MS = 50

/**
 * The first manager founds the swarm. The other managers join one after the other: each changes the size of a
 * majority, and two at once can leave the founder without one. Workers join side by side meanwhile. Each step begins
 * when the nodes that it needs are there, so the swarm is founded while others still start.
 * @throws CapstanError `node-gone` when the members are not all ready in time, or the error of a node that did not
 * start
 */
export async function formSwarm(members: readonly SwarmMember[]): Promise<void> {
  const [founder, ...managers] = members.filter(({ role }) => role === 'manager')
  const workers = members.filter(({ role }) => role === 'worker')
  if (!founder) return
  await found(founder)
  const first = await founder.node
  const { Manager, Worker } = await first.docker.swarm.joinTokens()
  const joinAs = (token: string) => (member: SwarmMember) => join(member, founder, token)
  await Promise.all([inTurn(managers, joinAs(Manager)), ...workers.map(joinAs(Worker))])
  await untilReady(first, members.length)
  await Promise.all(members.map(async ({ node }) => await untilBridged(await node)))
}

async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (const item of items) await work(item)
}

async function found({ node, address }: SwarmMember): Promise<void> {
  await (await node).docker.swarm.init(listenOn(address))
}

async function join({ node, address }: SwarmMember, founder: SwarmMember, token: string): Promise<void> {
  const manager = `${founder.address}:${CLUSTER_PORT}`
  await (await node).docker.swarm.join({ ...listenOn(address), manager, token })
}

/** Where a member listens, and where the others find it. */
export function listenOn(address: string) {
  return { listen: `0.0.0.0:${CLUSTER_PORT}`, advertise: `${address}:${CLUSTER_PORT}` }
}

async function untilReady({ docker }: SwarmNode, count: number): Promise<void> {
  await until(async () => (await docker.swarm.nodes()).filter(isReady).length >= count, PATIENCE)
}

/** A member makes its docker_gwbridge, with firewall rules, some time after the manager calls it ready. */
export async function untilBridged({ docker }: BridgedNode): Promise<void> {
  await until(() => docker.networks.exists('docker_gwbridge'), PATIENCE)
}

const PATIENCE = {
  limitMs: READY_LIMIT_MS,
  everyMs: LOOK_AGAIN_MS,
  atLimit: () =>
    new CapstanError('node-gone', 'The nodes did not all join the swarm in time.', {
      help: 'Reset the lab. On a busy machine close other labs first.',
    }),
}

function isReady({ Status, ManagerStatus }: SwarmNodeInfo): boolean {
  return Status.State === 'ready' && (ManagerStatus?.Reachability ?? 'reachable') === 'reachable'
}
