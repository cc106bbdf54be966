/** The map of a session as others see it: plain values, made again after every change. Lists are cut at limits. */

export interface MapPort {
  /** The port of the node. */
  readonly published: number
  /** The port of the container. */
  readonly target: number
  readonly protocol: string
}

export interface MapContainer {
  readonly id: string
  readonly name: string
  readonly image: string
  /** In the engine's words, such as `running` and `exited`. */
  readonly state: string
  /** Such as `healthy`; null for a container without a health check. */
  readonly health: string | null
  readonly networks: readonly string[]
  readonly ports: readonly MapPort[]
  readonly volumes: readonly string[]
  /** The task that it belongs to, of a service of the swarm. */
  readonly task: MapTaskRef | null
}

export interface MapTaskRef {
  readonly id: string
  /** Such as `web.2`. It stays the same when the task moves to another node. */
  readonly slot: string
  readonly service: string
}

/** A task without a container that can be seen: it waits, it fails, or its node cannot be asked. */
export interface MapTask extends MapTaskRef {
  /** A node of the lab, or null while it has no place. */
  readonly node: string | null
  readonly image: string
  /** In the swarm's words, such as `pending`, `preparing` and `rejected`. */
  readonly state: string
  readonly error: string | null
}

export interface MapNetwork {
  readonly id: string
  readonly name: string
  readonly driver: string
  readonly scope: string
}

export interface MapVolume {
  readonly name: string
  readonly driver: string
}

/** A node as a manager of the swarm lists it. */
export interface MapMember {
  readonly id: string
  readonly hostname: string
  readonly role: string
  readonly isLeader: boolean
  readonly availability: string
  /** Such as `ready` and `down`. */
  readonly state: string
  /** Of a manager, such as `reachable`. */
  readonly reachability: string | null
}

export interface MapNode {
  readonly name: string
  readonly state: MapNodeState
  /** What a manager says of it; null when it is no member, or no manager answers. */
  readonly member: MapMember | null
  /** What its own engine says of the swarm, such as `active`, `inactive` and `locked`; null while that is unknown. */
  readonly swarm: string | null
  /** Whether its own engine says that it is a manager. */
  readonly isManager: boolean
  /** Why it cannot be looked into; null when it can. */
  readonly problem: string | null
  readonly containers: readonly MapContainer[]
  readonly moreContainers: number
  readonly networks: readonly MapNetwork[]
  readonly moreNetworks: number
  readonly volumes: readonly MapVolume[]
  readonly moreVolumes: number
}

export type MapNodeState = 'starting' | 'running' | 'stopped' | 'killed' | 'cut' | 'gone'

export interface MapService {
  readonly id: string
  readonly name: string
  readonly image: string
  /** Such as `replicated` and `global`. */
  readonly mode: string
  readonly running: number
  readonly wanted: number
  readonly ports: readonly MapPort[]
  /** Such as `updating` and `rollback_started`; null for a service that was never updated. */
  readonly update: string | null
}

export interface MapSnapshot {
  readonly nodes: readonly MapNode[]
  /** Null when no node is in a swarm. */
  readonly swarm: { readonly seenFrom: string | null; readonly problem: string | null } | null
  readonly services: readonly MapService[]
  readonly moreServices: number
  readonly tasks: readonly MapTask[]
  readonly moreTasks: number
  /** Members that are no node of the lab, such as the old entry of a node that has left and joined again. */
  readonly others: readonly MapMember[]
}
