/** Joins one more node to a swarm that runs, and lets a member leave it as its operator would. */
import { CapstanError } from '../../shared/errors'
import { until } from '../../shared/system/wait'
import type { DockerClient } from '../docker'
import { CLUSTER_PORT, listenOn, untilBridged } from './swarm'

/** The parts of a node that its membership is changed with. */
export interface MemberNode {
  readonly name: string
  readonly docker: {
    readonly swarm: DockerClient['swarm']
    readonly networks: Pick<DockerClient['networks'], 'exists'>
  }
}

/** A node with its address on the network that the swarm talks over. */
export interface PlacedNode {
  readonly node: MemberNode
  readonly address: string
}

const LIMIT_MS = 30_000
const LOOK_AGAIN_MS = 100

/**
 * Finds a node that takes commands for its swarm. The engines decide which one that is: the student may have promoted
 * and demoted nodes meanwhile.
 * @throws CapstanError `session-state` when none of the nodes does
 */
export async function managerAmong(nodes: readonly PlacedNode[]): Promise<PlacedNode> {
  for (const placed of nodes) {
    // A node that is off, or has lost its quorum, is none that a member could join.
    if (await isManager(placed).catch(() => false)) return placed
  }
  throw new CapstanError('session-state', 'No node here is a manager of a swarm that works.', {
    help: 'Start a manager, or form a swarm with `docker swarm init`, and try again.',
  })
}

async function isManager({ node }: PlacedNode): Promise<boolean> {
  const { swarm } = node.docker
  // The list is answered by a manager with a quorum only.
  return (await swarm.own()).isManager && (await swarm.nodes()).length > 0
}

/** Joins a node to the swarm of a manager. @throws CapstanError `node-gone` when it is not ready in time */
export async function joinSwarm(
  { node, address }: PlacedNode,
  role: 'manager' | 'worker',
  manager: PlacedNode,
): Promise<void> {
  const tokens = await manager.node.docker.swarm.joinTokens()
  await node.docker.swarm.join({
    ...listenOn(address),
    manager: `${manager.address}:${CLUSTER_PORT}`,
    token: role === 'manager' ? tokens.Manager : tokens.Worker,
  })
  const { id } = await node.docker.swarm.own()
  await untilListed(manager.node, id, 'ready', `${node.name} to join the swarm`)
  await untilBridged(node)
}

/**
 * Lets a node leave its swarm: a manager is demoted first, and a member that has left is taken from the list. A node
 * that is in no swarm has nothing to leave.
 * @throws CapstanError `session-state` when the node is off, or is the last manager
 */
export async function leaveSwarm(node: MemberNode, others: readonly PlacedNode[]): Promise<void> {
  const own = await node.docker.swarm.own().catch((cause: unknown) => {
    throw cannotLeave(node, 'does not answer', cause)
  })
  if (!own.isMember) return
  const manager = await managerAmong(others).catch((cause: unknown) => {
    throw cannotLeave(node, own.isManager ? 'is the last manager of its swarm' : 'has no manager left', cause)
  })
  const { swarm } = manager.node.docker
  if (own.isManager) {
    await swarm.demote(own.id)
    await until(
      async () => !(await node.docker.swarm.own()).isManager,
      patience(`${node.name} to be demoted`),
    )
  }
  await node.docker.swarm.leave()
  await untilListed(manager.node, own.id, 'down', `${node.name} to leave the swarm`)
  await swarm.forget(own.id)
}

async function untilListed(manager: MemberNode, id: string, state: string, waitsFor: string): Promise<void> {
  const isThere = async () =>
    (await manager.docker.swarm.nodes()).some(({ ID, Status }) => ID === id && Status.State === state)
  await until(isThere, patience(waitsFor))
}

function patience(waitsFor: string) {
  const atLimit = () =>
    new CapstanError('node-gone', `It took too long to wait for ${waitsFor}.`, {
      help: 'Look at `docker node ls` on a manager, and try again.',
    })
  return { limitMs: LIMIT_MS, everyMs: LOOK_AGAIN_MS, waitsFor, atLimit }
}

function cannotLeave({ name }: MemberNode, reason: string, cause: unknown): CapstanError {
  return new CapstanError('session-state', `${name} ${reason}, so it cannot leave the swarm.`, {
    help: 'Start it, or promote another node, and try again. Or remove it without leaving.',
    cause,
  })
}
