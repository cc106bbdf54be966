/** Swarms of lab nodes, and services in them. */
import type { LabNode } from '../../../engine/node'
import { run, until } from './in-node'

/** A kernel without IPVS has no virtual addresses of services. The short delays keep the tests quick. */
const SERVICE = '--detach --endpoint-mode dnsrr --restart-delay 100ms --stop-grace-period 100ms'

/** Makes a swarm with the first node as its manager, and the others as workers. */
export async function makeSwarm([manager, ...workers]: readonly [LabNode, ...LabNode[]]): Promise<void> {
  await run(manager, 'docker swarm init --advertise-addr eth0')
  const token = await joinToken(manager)
  await Promise.all(workers.map(async (worker) => await run(worker, join(token, manager))))
}

export async function joinToken(manager: LabNode): Promise<string> {
  return await run(manager, 'docker swarm join-token --quiet worker')
}

/** The command that joins the swarm of a manager. */
export function join(token: string, manager: LabNode): string {
  return `docker swarm join --token ${token} ${manager.name}:2377`
}

/** Creates a service of sleeping busyboxes and waits until so many of its tasks run. */
export async function createService(
  manager: LabNode,
  { name, tasks, flags = '' }: { name: string; tasks: number; flags?: string },
): Promise<void> {
  const replicas = flags.includes('--mode global') ? '' : `--replicas ${tasks}`
  await run(manager, `docker service create --name ${name} ${SERVICE} ${replicas} ${flags} busybox sleep 600`)
  await untilRunning(manager, name, tasks)
}

export async function untilRunning(manager: LabNode, service: string, tasks: number): Promise<void> {
  const all = `docker service ls --format '{{.Name}} {{.Replicas}}'`
  await until(manager, `${all} | grep -qx '${service} ${tasks}/${tasks}'`)
}

/** The nodes of the tasks whose desired state is running, one name for each task. */
export async function nodesOf(manager: LabNode, service: string): Promise<string[]> {
  const tasks = `docker service ps ${service} --filter desired-state=running --format '{{.Node}}'`
  return (await run(manager, `${tasks} | sort`)).split('\n')
}

/** A command line that runs a command in the container of a service's task on this node. */
export function inTask(service: string, command: string): string {
  return `docker exec $(docker ps -q --filter label=com.docker.swarm.service.name=${service} | head -n 1) ${command}`
}

/** Waits until the last update of a service is in this state. */
export async function untilUpdate(manager: LabNode, service: string, state: string): Promise<void> {
  const now = `docker service inspect ${service} --format '{{.UpdateStatus.State}}'`
  await until(manager, `[ "$(${now})" = ${state} ]`, 60_000)
}
