/** What a playground is: nodes that somebody has chosen, without a lab. Pure: choices, limits, names and shapes. */
import { CapstanError } from '../../shared/errors'
import type { LoadedLab } from '../labs'
import type { Shape, ShapeNode } from '../topology'
import type { PlaygroundNode, PlaygroundRecord } from './record'

/** More nodes than these are of no use on one page. */
export const MOST_NODES = 10
/** Docker recommends no more (docs.docker.com, "Administer and maintain a swarm of Docker Engines"). */
export const MOST_MANAGERS = 7
/** MiB. A node with less does not survive a container that takes all of it. */
const LEAST_NODE_MEMORY = 384
/** All nodes together get no more than this part of the machine, as with labs. */
const SHARE_OF_MEMORY = 0.75
/** Addresses for nodes on a lab's network, with some left over. */
const PLACES = 50
const NETWORK = 'lab'

export interface PlaygroundChoice {
  readonly name: string
  readonly managers: number
  readonly workers: number
  /** Whether the swarm is formed at the start. */
  readonly swarm: boolean
  /** The version of Docker in the nodes; null for the usual one. */
  readonly engine: string | null
}

/** A node that is added while a playground runs. */
export interface AddedNode {
  readonly role: 'manager' | 'worker'
  /** Whether it joins the swarm. */
  readonly join: boolean
}

/** The machine that the nodes are on, and the nodes that run there already. */
export interface PlaygroundMachine {
  /** MiB; 0 when it is not known. */
  readonly memory: number
  readonly running: number
}

export interface PlaygroundRoom {
  /** How many nodes one more playground may have. */
  readonly nodes: number
  readonly managers: number
  /** Why it is not more. */
  readonly reason: string
}

/** Says how many nodes there is room for. A machine of unknown size counts as large enough. */
export function roomFor({ memory, running }: PlaygroundMachine): PlaygroundRoom {
  const share = Math.floor((memory * SHARE_OF_MEMORY) / LEAST_NODE_MEMORY)
  const free = memory > 0 ? Math.max(0, share - running) : MOST_NODES
  if (free >= MOST_NODES) {
    return {
      nodes: MOST_NODES,
      managers: MOST_MANAGERS,
      reason: `A playground has up to ${MOST_NODES} nodes.`,
    }
  }
  const others = running > 0 ? `, and ${running} of other labs and playgrounds run now` : ''
  const reason = `The engine has ${memory} MiB of memory. Each node needs ${LEAST_NODE_MEMORY} MiB of three quarters of it${others}, so there is room for ${free} more.`
  return { nodes: free, managers: Math.min(MOST_MANAGERS, free), reason }
}

/** @throws CapstanError `bad-input` that says why the choice does not fit */
export function assertFits({ managers, workers, swarm }: PlaygroundChoice, machine: PlaygroundMachine): void {
  if (managers + workers < 1) throw refused('A playground needs a node.', 'Choose at least one manager.')
  if (swarm && managers < 1) throw refused('A swarm needs a manager.', 'Choose at least one manager.')
  if (managers > MOST_MANAGERS)
    throw refused(`A playground has up to ${MOST_MANAGERS} managers.`, 'Choose fewer managers.')
  assertRoom(managers + workers, machine)
}

/** @throws CapstanError `bad-input` when the machine has no room for so many more nodes */
export function assertRoom(nodes: number, machine: PlaygroundMachine): void {
  const room = roomFor(machine)
  if (nodes > room.nodes)
    throw refused(`${nodes} more nodes do not fit. ${room.reason}`, 'Choose fewer nodes, or stop other labs.')
}

/** The playground of a choice. */
export function playgroundOf({ name, managers, workers, swarm, engine }: PlaygroundChoice): PlaygroundRecord {
  const named = (role: PlaygroundNode['role'], count: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `${role}${index + 1}`, role }))
  const nodes = [...named('manager', managers), ...named('worker', workers)]
  return {
    name,
    engine,
    savedAt: null,
    nodes: nodes.map((node, place) => ({ ...node, swarm: swarm ? node.role : 'none', place })),
  }
}

/** The next node of a role. Its number and its place are new, as far as that is possible. @throws CapstanError `bad-input` */
export function nextNode({ nodes }: PlaygroundRecord, { role, join }: AddedNode): PlaygroundNode {
  if (nodes.length >= MOST_NODES)
    throw refused(`A playground has up to ${MOST_NODES} nodes.`, 'Remove a node first.')
  const numbers = nodes.map(({ name }) => (name.startsWith(role) ? Number(name.slice(role.length)) : 0))
  return {
    name: `${role}${Math.max(0, ...numbers) + 1}`,
    role,
    swarm: join ? role : 'none',
    place: nextPlace(nodes),
  }
}

/** An address that a removed node had is used again only when there is no other. */
function nextPlace(nodes: readonly PlaygroundNode[]): number {
  const taken = nodes.map(({ place }) => place)
  const next = Math.max(-1, ...taken) + 1
  if (next < PLACES) return next
  return Array.from({ length: PLACES }, (_, place) => place).find((place) => !taken.includes(place)) ?? next
}

/** The shape of its nodes. One that was not changed is that of a lab with such nodes, and can take its spare. */
export function playgroundShape({ nodes, engine }: Pick<PlaygroundRecord, 'nodes' | 'engine'>): Shape {
  return {
    nodes: nodes.map((node, index) => shapeNode(node, engine, index)),
    networks: [{ name: NETWORK, internal: false }],
  }
}

/** @param index its position among the nodes */
export function shapeNode(
  { name, swarm, place }: PlaygroundNode,
  engine: string | null,
  index: number,
): ShapeNode {
  return {
    name,
    swarm,
    networks: [NETWORK],
    ...(engine !== null && { engine }),
    ...(place !== index && { place }),
  }
}

/** A playground in the place of a lab. */
export function playgroundLab(id: string, playground: PlaygroundRecord): LoadedLab {
  const { nodes, networks } = playgroundShape(playground)
  return {
    id,
    domain: 'playground',
    directory: '',
    hash: '',
    kind: 'playground',
    title: playground.name,
    summary: '',
    objectives: [],
    difficulty: 'easy',
    minutes: 1,
    requires: [],
    engine: playground.engine,
    nodes,
    networks,
    images: [],
    files: [],
    setup: [],
    steps: [],
  }
}

function refused(message: string, help: string): CapstanError {
  return new CapstanError('bad-input', message, { help })
}
