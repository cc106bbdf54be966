/**
 * What one engine shows: the containers, networks and volumes of its node, and the swarm as a manager sees it.
 *
 * Questions are asked one after the other, because each one that is asked at the same time may need a connection of its
 * own, and a new connection to a node costs more than the answers.
 */
import type { z } from 'zod'
import { type DockerClient, listOf, readAnswer } from '../docker'
import {
  type ContainerRow,
  ContainerRow as ContainerSchema,
  InfoAnswer,
  type MemberRow,
  MemberRow as MemberSchema,
  NetworkRow,
  type ServiceRow,
  ServiceRow as ServiceSchema,
  type SwarmInfo,
  type TaskRow,
  TaskRow as TaskSchema,
  VolumeRows,
} from './answers'

export type MapEngine = Pick<DockerClient, 'get'>

/** Milliseconds for an answer. A swarm that has lost its leader lets one wait for much longer. */
const LIMIT_MS = 3_000

const CURRENT_TASKS = `/tasks?filters=${encodeURIComponent('{"desired-state":["running","accepted"]}')}`

/** What a node's own engine shows. */
export interface NodePicture {
  readonly containers: readonly ContainerRow[]
  readonly networks: readonly z.infer<typeof NetworkRow>[]
  readonly volumes: z.infer<typeof VolumeRows>['Volumes']
}

/** What a manager shows of the whole swarm. */
export interface SwarmPicture {
  readonly members: readonly MemberRow[]
  readonly services: readonly ServiceRow[]
  readonly tasks: readonly TaskRow[]
}

/**
 * @param onContainers is told the containers first, because they change most
 * @throws CapstanError for a node that cannot be asked, or whose answer is not an engine's
 */
export async function lookIntoNode(
  engine: MapEngine,
  onContainers: (containers: NodePicture['containers']) => void,
): Promise<NodePicture> {
  const containers = await ask(engine, '/containers/json?all=1', listOf(ContainerSchema))
  onContainers(containers)
  const networks = await ask(engine, '/networks', listOf(NetworkRow))
  const volumes = await ask(engine, '/volumes', VolumeRows)
  return { containers, networks, volumes: volumes.Volumes }
}

/** @throws CapstanError for an engine that is no manager, or whose swarm has no leader */
export async function lookAtSwarm(engine: MapEngine): Promise<SwarmPicture> {
  const members = await ask(engine, '/nodes', listOf(MemberSchema))
  const services = await ask(engine, '/services?status=true', listOf(ServiceSchema))
  const tasks = await ask(engine, CURRENT_TASKS, listOf(TaskSchema))
  return { members, services, tasks }
}

/** What an engine says of its own membership. @throws CapstanError for a node that cannot be asked */
export async function lookAtMembership(engine: MapEngine): Promise<SwarmInfo> {
  return (await ask(engine, '/info', InfoAnswer)).Swarm
}

async function ask<T extends z.ZodType>(engine: MapEngine, path: string, schema: T): Promise<z.output<T>> {
  return readAnswer(schema, await engine.get(path, LIMIT_MS), 'drawing the map')
}
