/** Forms a swarm of nodes, as `docker swarm init` and `docker swarm join` do, over their engines' APIs. */
import { CapstanError, isCapstanError } from '../../shared/errors'
import type { LabNode } from '../node'

export interface SwarmMember {
  /** May still be starting. */
  readonly node: Promise<LabNode>
  readonly role: 'manager' | 'worker'
  readonly address: string
}

/** The port on which managers listen for the cluster's control traffic. */
const CLUSTER_PORT = 2377
/** A join waits for the new member's certificate and, for a manager, for Raft. */
const JOIN_LIMIT_MS = 30_000
const READY_LIMIT_MS = 30_000
const LOOK_AGAIN_MS = 50

interface SwarmNodeInfo {
  readonly Status: { readonly State: string }
  readonly ManagerStatus?: { readonly Reachability: string }
}

/**
 * The first manager founds the swarm. The other managers join one after the other: each changes what a majority
 * is, and two at once can leave the founder without one. Workers join side by side, meanwhile. Each step begins when
 * the nodes it needs are there, so that the swarm is founded while others still start.
 * @throws CapstanError when the members have not all become ready in time, or what a node could not start for
 */
export async function formSwarm(members: readonly SwarmMember[]): Promise<void> {
  const [founder, ...managers] = members.filter(({ role }) => role === 'manager')
  const workers = members.filter(({ role }) => role === 'worker')
  if (!founder) return
  await found(founder)
  const first = await founder.node
  const { Manager, Worker } = await joinTokens(first)
  const joinAs = (token: string) => (member: SwarmMember) => join(member, founder, token)
  await Promise.all([inTurn(managers, joinAs(Manager)), ...workers.map(joinAs(Worker))])
  await untilReady(first, members.length)
  await Promise.all(members.map(async ({ node }) => await untilBridged(await node)))
}

async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (const item of items) await work(item)
}

async function found({ node, address }: SwarmMember): Promise<void> {
  const { docker } = await node
  await docker.send({
    method: 'POST',
    path: '/swarm/init',
    body: listenOn(address),
    doing: 'founding the swarm',
    limitMs: JOIN_LIMIT_MS,
  })
}

async function join({ node, address }: SwarmMember, founder: SwarmMember, token: string): Promise<void> {
  const { docker } = await node
  await docker.send({
    method: 'POST',
    path: '/swarm/join',
    body: {
      ...listenOn(address),
      RemoteAddrs: [`${founder.address}:${CLUSTER_PORT}`],
      JoinToken: token,
    },
    doing: 'joining the swarm',
    limitMs: JOIN_LIMIT_MS,
  })
}

function listenOn(address: string) {
  return { ListenAddr: `0.0.0.0:${CLUSTER_PORT}`, AdvertiseAddr: `${address}:${CLUSTER_PORT}` }
}

async function joinTokens(manager: LabNode): Promise<{ Manager: string; Worker: string }> {
  const { JoinTokens } = await manager.docker.send<{ JoinTokens: { Manager: string; Worker: string } }>({
    path: '/swarm',
    doing: 'asking for the join tokens',
  })
  return JoinTokens
}

async function untilReady(manager: LabNode, count: number): Promise<void> {
  const end = performance.now() + READY_LIMIT_MS
  for (;;) {
    const nodes = await manager.docker.send<SwarmNodeInfo[]>({
      path: '/nodes',
      doing: 'listing the swarm',
    })
    if (nodes.filter(isReady).length >= count) return
    await lookAgain(end)
  }
}

/** A member makes its docker_gwbridge, with firewall rules, some time after the manager calls it ready. */
async function untilBridged({ docker }: LabNode): Promise<void> {
  const end = performance.now() + READY_LIMIT_MS
  for (;;) {
    const isThere = await docker.inspectNetwork('docker_gwbridge').then(
      () => true,
      (error: unknown) => {
        if (isCapstanError(error, 'not-found')) return false
        throw error
      },
    )
    if (isThere) return
    await lookAgain(end)
  }
}

/** @throws CapstanError when the time is over */
async function lookAgain(end: number): Promise<void> {
  if (performance.now() > end)
    throw new CapstanError('node-gone', 'The nodes did not all join the swarm in time.', {
      help: 'Reset the lab. On a busy machine close other labs first.',
    })
  await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
}

function isReady({ Status, ManagerStatus }: SwarmNodeInfo): boolean {
  return Status.State === 'ready' && (ManagerStatus?.Reachability ?? 'reachable') === 'reachable'
}
