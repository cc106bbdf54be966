/** The live map's part of the contract: the nodes of a session with everything in them, and details on demand. */
import { z } from 'zod'
import { Id, SessionRef, type View } from './shapes'

/** Lists are cut by the host; these are the most that it may send. */
const upTo = <T extends z.ZodType>(most: number, each: T) => z.array(each).max(most)

const MapPortView = z.object({ published: z.number(), target: z.number(), protocol: z.string() })
export type MapPortView = View<typeof MapPortView>

/** A slot is such as `web.2`. It stays the same when the task moves to another node. */
const TaskRef = z.object({ id: z.string(), slot: z.string(), service: z.string() })

export const MapContainerView = z.object({
  id: z.string(),
  name: z.string(),
  image: z.string(),
  /** In the engine's words, such as `running` and `exited`. */
  state: z.string(),
  health: z.string().nullable(),
  networks: upTo(20, z.string()),
  ports: upTo(20, MapPortView),
  volumes: upTo(20, z.string()),
  task: TaskRef.nullable(),
})
export type MapContainerView = View<typeof MapContainerView>

/** A task without a container that can be seen: it waits, it fails, or its node cannot be asked. */
export const MapTaskView = TaskRef.extend({
  /** Null while it has no place. */
  node: z.string().nullable(),
  image: z.string(),
  state: z.string(),
  error: z.string().nullable(),
})
export type MapTaskView = View<typeof MapTaskView>

/** A node as a manager of the swarm lists it. */
export const MapMemberView = z.object({
  id: z.string(),
  hostname: z.string(),
  role: z.string(),
  isLeader: z.boolean(),
  availability: z.string(),
  state: z.string(),
  reachability: z.string().nullable(),
})
export type MapMemberView = View<typeof MapMemberView>

export const MapNodeView = z.object({
  name: z.string(),
  /** `cut`: it runs, on no network. */
  state: z.enum(['starting', 'running', 'stopped', 'killed', 'cut', 'gone']),
  /** Null when it is no member of a swarm, or when no manager answers. */
  member: MapMemberView.nullable(),
  /** What its own engine says of the swarm, such as `active` and `locked`; null while that is unknown. */
  swarm: z.string().nullable(),
  isManager: z.boolean(),
  /** Why it cannot be looked into. */
  problem: z.string().nullable(),
  containers: upTo(200, MapContainerView),
  /** How many there are beside those that are listed. */
  moreContainers: z.number(),
  networks: upTo(50, z.object({ id: z.string(), name: z.string(), driver: z.string(), scope: z.string() })),
  moreNetworks: z.number(),
  volumes: upTo(100, z.object({ name: z.string(), driver: z.string() })),
  moreVolumes: z.number(),
})
export type MapNodeView = View<typeof MapNodeView>

export const MapServiceView = z.object({
  id: z.string(),
  name: z.string(),
  image: z.string(),
  mode: z.string(),
  running: z.number(),
  wanted: z.number(),
  ports: upTo(20, MapPortView),
  update: z.string().nullable(),
})
export type MapServiceView = View<typeof MapServiceView>

export const MapView = z.object({
  nodes: upTo(100, MapNodeView),
  /** Null when no node is in a swarm. */
  swarm: z.object({ seenFrom: z.string().nullable(), problem: z.string().nullable() }).nullable(),
  services: upTo(100, MapServiceView),
  moreServices: z.number(),
  tasks: upTo(300, MapTaskView),
  moreTasks: z.number(),
  /** Members that are no node of the lab, such as the old entry of a node that has left and joined again. */
  others: upTo(20, MapMemberView),
})
export type MapView = View<typeof MapView>

export const MapKind = z.enum(['engine', 'node', 'container', 'service', 'task', 'network', 'volume'])
export type MapKind = z.infer<typeof MapKind>

export const mapContract = {
  calls: {
    /** What `docker inspect` shows of a thing; of an engine, what `docker info` shows. `node` is null for what belongs to the swarm. */
    'map.inspect': {
      in: SessionRef.extend({
        node: Id.nullable(),
        kind: MapKind,
        id: z.string().regex(/^[A-Za-z0-9][\w.-]{0,254}$/, 'this is not the name of anything'),
      }),
      out: z.object({ command: z.string(), text: z.string() }),
    },
  },
  streams: { 'map.watch': { in: SessionRef, out: MapView } },
} as const
