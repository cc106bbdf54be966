/** Puts what the engines show together to one map. Pure. */
import type { ContainerRow, MemberRow, ServiceRow, SwarmInfo, TaskRow } from './answers'
import type { NodePicture, SwarmPicture } from './pictures'
import type {
  MapContainer,
  MapMember,
  MapNode,
  MapNodeState,
  MapPort,
  MapService,
  MapSnapshot,
  MapTask,
  MapTaskRef,
} from './snapshot'

/** The most of each kind that is drawn: of a node, or of the swarm. */
export const MOST = { containers: 200, networks: 50, volumes: 100, services: 100, tasks: 300, others: 20 }
/** The most of each kind that one container shows. */
const MOST_OF_CONTAINER = 20

const SERVICE_LABEL = 'com.docker.swarm.service.name'
const TASK_ID_LABEL = 'com.docker.swarm.task.id'
const TASK_NAME_LABEL = 'com.docker.swarm.task.name'
const HEALTH = /\((healthy|unhealthy|health: starting)\)/

/** What is known of one node of the lab. */
export interface KnownNode {
  readonly name: string
  readonly state: MapNodeState
  /** Null while it has not been looked into, or cannot be. */
  readonly picture: NodePicture | null
  readonly problem: string | null
  /** Null while its engine has not told. */
  readonly info: SwarmInfo | null
}

export interface KnownSwarm {
  /** The manager that was asked; null when none answers. */
  readonly seenFrom: string | null
  readonly picture: SwarmPicture | null
  readonly problem: string | null
}

export function mapOf(known: readonly KnownNode[], swarm: KnownSwarm): MapSnapshot {
  const members = membersOf(known, swarm.picture?.members ?? [])
  const nodes = known.map((node) => nodeOf(node, members.get(node.name) ?? null))
  const services = (swarm.picture?.services ?? []).map((service) => serviceOf(service, swarm.picture))
  const tasks = hiddenTasks(known, members, swarm.picture)
  const isSwarm = swarm.picture !== null || known.some(({ info }) => isMember(info))
  const matched = new Set([...members.values()].map(({ id }) => id))
  const others = (swarm.picture?.members ?? []).filter(({ ID }) => !matched.has(ID)).map(memberOf)
  return {
    nodes,
    swarm: isSwarm ? { seenFrom: swarm.seenFrom, problem: swarm.problem } : null,
    services: byName(services).slice(0, MOST.services),
    moreServices: Math.max(0, services.length - MOST.services),
    tasks: tasks.slice(0, MOST.tasks),
    moreTasks: Math.max(0, tasks.length - MOST.tasks),
    others: others.slice(0, MOST.others),
  }
}

function isMember(info: SwarmInfo | null): boolean {
  return info !== null && info.LocalNodeState !== '' && info.LocalNodeState !== 'inactive'
}

/**
 * The member that each node of the lab is. Its own engine knows its id. A node that cannot be asked is found by its
 * host name, and of two entries with that name by the one that is up.
 */
function membersOf(known: readonly KnownNode[], rows: readonly MemberRow[]): Map<string, MapMember> {
  const free = new Map(rows.map((row) => [row.ID, row]))
  const found = new Map<string, MapMember>()
  const take = (name: string, row: MemberRow | undefined) => {
    if (!row) return
    free.delete(row.ID)
    found.set(name, memberOf(row))
  }
  for (const { name, info } of known) take(name, info ? free.get(info.NodeID) : undefined)
  for (const { name, info } of known) {
    // An engine that says that it is in no swarm is right: the entry with its name is an old one.
    if (found.has(name) || info?.LocalNodeState === 'inactive') continue
    const named = [...free.values()].filter(({ Description }) => Description.Hostname === name)
    take(name, named.find(({ Status }) => Status.State === 'ready') ?? named[0])
  }
  return found
}

function memberOf({ ID, Spec, Description, Status, ManagerStatus }: MemberRow): MapMember {
  return {
    id: ID,
    hostname: Description.Hostname,
    role: Spec.Role,
    isLeader: ManagerStatus?.Leader ?? false,
    availability: Spec.Availability,
    state: Status.State,
    reachability: ManagerStatus?.Reachability ?? null,
  }
}

function nodeOf({ name, state, picture, problem, info }: KnownNode, member: MapMember | null): MapNode {
  const containers = (picture?.containers ?? []).map(containerOf)
  const networks = (picture?.networks ?? []).filter(({ Driver }) => Driver !== 'null' && Driver !== 'host')
  const volumes = picture?.volumes ?? []
  return {
    name,
    state,
    member,
    swarm: info?.LocalNodeState ?? null,
    isManager: info?.ControlAvailable ?? false,
    problem,
    containers: [...byName(containers.filter(runs)), ...byName(containers.filter((one) => !runs(one)))].slice(
      0,
      MOST.containers,
    ),
    moreContainers: Math.max(0, containers.length - MOST.containers),
    networks: byName(
      networks.map(({ Id, Name, Driver, Scope }) => ({ id: Id, name: Name, driver: Driver, scope: Scope })),
    ).slice(0, MOST.networks),
    moreNetworks: Math.max(0, networks.length - MOST.networks),
    volumes: byName(volumes.map(({ Name, Driver }) => ({ name: Name, driver: Driver }))).slice(
      0,
      MOST.volumes,
    ),
    moreVolumes: Math.max(0, volumes.length - MOST.volumes),
  }
}

function runs({ state }: MapContainer): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting'
}

function containerOf(row: ContainerRow): MapContainer {
  const task = taskOf(row.Labels)
  const volumes = row.Mounts.flatMap(({ Name }) => Name || [])
  return {
    id: row.Id,
    name: row.Names[0]?.replace(/^\//, '') || row.Id.slice(0, 12),
    image: withoutDigest(row.Image),
    state: row.State,
    health: HEALTH.exec(row.Status)?.[1]?.replace('health: ', '') ?? null,
    networks: Object.keys(row.NetworkSettings.Networks)
      .map((name) => name.slice(0, 120))
      .sort()
      .slice(0, MOST_OF_CONTAINER),
    ports: portsOf(row),
    volumes: volumes.slice(0, MOST_OF_CONTAINER),
    task,
  }
}

function taskOf(labels: Readonly<Record<string, string>>): MapTaskRef | null {
  const [service, id, name] = [labels[SERVICE_LABEL], labels[TASK_ID_LABEL], labels[TASK_NAME_LABEL]]
  if (!service || !id || !name) return null
  return { id, slot: name.endsWith(`.${id}`) ? name.slice(0, -id.length - 1) : name, service }
}

/** The engine lists a port once for each kind of address. */
function portsOf({ Ports }: ContainerRow): MapPort[] {
  const ports = new Map<string, MapPort>()
  for (const { PublicPort, PrivatePort, Type } of Ports)
    if (PublicPort)
      ports.set(`${PublicPort}/${Type}`, { published: PublicPort, target: PrivatePort, protocol: Type })
  return [...ports.values()].sort((a, b) => a.published - b.published).slice(0, MOST_OF_CONTAINER)
}

function serviceOf({ ID, Spec, Endpoint, ...row }: ServiceRow, swarm: SwarmPicture | null): MapService {
  const [mode = ''] = Object.keys(Spec.Mode)
  const own = (swarm?.tasks ?? []).filter(({ ServiceID }) => ServiceID === ID)
  return {
    id: ID,
    name: Spec.Name,
    image: withoutDigest(Spec.TaskTemplate.ContainerSpec?.Image ?? ''),
    mode: mode.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase(),
    // The engine's own count goes on to count tasks of a node that has died.
    running: own.filter(({ Status }) => Status.State === 'running').length,
    wanted: row.ServiceStatus?.DesiredTasks ?? own.length,
    ports: (Endpoint.Ports ?? [])
      .filter(({ PublishedPort }) => PublishedPort > 0)
      .map((port) => ({ published: port.PublishedPort, target: port.TargetPort, protocol: port.Protocol }))
      .slice(0, MOST_OF_CONTAINER),
    update: row.UpdateStatus?.State || null,
  }
}

/** The tasks whose containers no node shows. */
function hiddenTasks(
  known: readonly KnownNode[],
  members: ReadonlyMap<string, MapMember>,
  swarm: SwarmPicture | null,
): MapTask[] {
  const containers = known.flatMap(({ picture }) => picture?.containers ?? [])
  const seen = new Set(containers.map(({ Labels }) => Labels[TASK_ID_LABEL]))
  const places = new Map([...members].map(([name, { id }]) => [id, name]))
  const services = new Map((swarm?.services ?? []).map(({ ID, Spec }) => [ID, Spec.Name]))
  const tasks = (swarm?.tasks ?? []).filter(({ ID }) => !seen.has(ID))
  return tasks
    .map((task) => {
      const service = services.get(task.ServiceID) ?? task.ServiceID
      return hiddenTask(task, service, places.get(task.NodeID) ?? null)
    })
    .sort((a, b) => a.slot.localeCompare(b.slot))
}

function hiddenTask(
  { ID, Slot, NodeID, Status, Spec }: TaskRow,
  service: string,
  node: string | null,
): MapTask {
  return {
    id: ID,
    slot: `${service}.${Slot || NodeID}`,
    service,
    node,
    image: withoutDigest(Spec.ContainerSpec?.Image ?? ''),
    state: Status.State,
    error: Status.Err || null,
  }
}

function withoutDigest(image: string): string {
  return image.split('@')[0] ?? image
}

function byName<T extends { readonly name: string }>(all: readonly T[]): T[] {
  return [...all].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}
