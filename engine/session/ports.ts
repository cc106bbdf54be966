/** The ports of its nodes on which a session's containers and services are reached. */
import type { z } from 'zod'
import { ContainerPorts, listOf, readAnswer, ServicePorts } from '../docker'
import type { SessionNode } from './topologies'

type PortNode = Pick<SessionNode, 'name' | 'docker'>

const LAST_PORT = 65_535
/** More ports than these are no use in a menu, and are left out. */
const MOST_PORTS = 100
/** A burst of events is one change. */
const QUIET_MS = 150

/**
 * The TCP ports that containers and swarm services publish on the node, in ascending order.
 * @throws CapstanError for a node that cannot be asked, or whose answer is not an engine's
 */
export async function publishedPorts(node: PortNode): Promise<number[]> {
  const [containers, services] = await Promise.all([
    ask(node, '/containers/json', ContainerPorts),
    // Only a manager of a swarm can answer this.
    ask(node, '/services', ServicePorts).catch(() => []),
  ])
  const ports = [
    ...containers.flatMap(({ Ports }) =>
      Ports.filter(({ Type }) => Type === 'tcp').map((port) => port.PublicPort),
    ),
    ...services.flatMap(({ Endpoint }) =>
      (Endpoint.Ports ?? []).filter(({ Protocol }) => Protocol === 'tcp').map((port) => port.PublishedPort),
    ),
  ]
  return [...new Set(ports.filter(isPort))].sort((a, b) => a - b).slice(0, MOST_PORTS)
}

async function ask<T extends z.ZodType>(node: PortNode, path: string, each: T): Promise<z.infer<T>[]> {
  return readAnswer(listOf(each), await node.docker.get(path), `reading the ports of ${node.name}`)
}

function isPort(port: number | undefined): port is number {
  return port !== undefined && port > 0 && port <= LAST_PORT
}

/** Keeps the published ports of nodes, and looks at them again soon after something has changed. */
export class PortWatch {
  readonly #onChange: () => void
  #ports = new Map<string, readonly number[]>()
  readonly #timers = new Map<string, NodeJS.Timeout>()

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  of(name: string): readonly number[] {
    return this.#ports.get(name) ?? []
  }

  /** Looks again soon, because something has changed in the node. */
  lookSoon(node: PortNode): void {
    if (this.#timers.has(node.name)) return
    const look = setTimeout(() => {
      this.#timers.delete(node.name)
      void this.#look(node)
    }, QUIET_MS)
    this.#timers.set(node.name, look.unref())
  }

  /** Forgets all nodes: their ports, and the looks that are planned. */
  forget(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
    this.#ports = new Map()
  }

  async #look(node: PortNode): Promise<void> {
    const ports = this.#ports
    // A node that cannot be asked is off, and publishes nothing.
    const now = await publishedPorts(node).catch(() => [])
    // The node was forgotten meanwhile: another one may have its name.
    if (ports !== this.#ports) return
    if (now.join() === this.of(node.name).join()) return
    ports.set(node.name, now)
    this.#onChange()
  }
}
