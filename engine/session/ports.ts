/** Which ports of its nodes a session's containers and services are reached on. */
import type { LabNode } from '../node'

interface ContainerPorts {
  readonly Ports: readonly { readonly PublicPort?: number; readonly Type: string }[]
}

interface ServicePorts {
  readonly Endpoint: {
    readonly Ports?: readonly { readonly PublishedPort?: number; readonly Protocol: string }[]
  }
}

/** A burst of events is one change. */
const QUIET_MS = 150

/** The TCP ports that are published on the node, in order: of its containers, and of services of its swarm. */
export async function publishedPorts(node: LabNode): Promise<number[]> {
  const [containers, services] = await Promise.all([
    node.docker.get<ContainerPorts[]>('/containers/json'),
    // Only a manager can be asked.
    node.docker.get<ServicePorts[]>('/services').catch(() => []),
  ])
  const ports = [
    ...containers.flatMap(({ Ports }) =>
      Ports.filter(({ Type }) => Type === 'tcp').map((port) => port.PublicPort),
    ),
    ...services.flatMap(({ Endpoint }) =>
      (Endpoint.Ports ?? []).filter(({ Protocol }) => Protocol === 'tcp').map((port) => port.PublishedPort),
    ),
  ]
  return [...new Set(ports.filter(isPort))].sort((a, b) => a - b)
}

function isPort(port: number | undefined): port is number {
  return port !== undefined && port > 0
}

/** Keeps the published ports of nodes, looked at again when told that something has changed. */
export class PortWatch {
  readonly #onChange: () => void
  readonly #ports = new Map<string, readonly number[]>()
  readonly #timers = new Map<string, NodeJS.Timeout>()

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  of(name: string): readonly number[] {
    return this.#ports.get(name) ?? []
  }

  /** Something has changed in the node. */
  nudge(node: LabNode): void {
    if (this.#timers.has(node.name)) return
    const look = setTimeout(() => {
      this.#timers.delete(node.name)
      void this.#look(node)
    }, QUIET_MS)
    this.#timers.set(node.name, look.unref())
  }

  forget(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
    this.#ports.clear()
  }

  async #look(node: LabNode): Promise<void> {
    const now = await publishedPorts(node).catch(() => [])
    if (now.join() === this.of(node.name).join()) return
    this.#ports.set(node.name, now)
    this.#onChange()
  }
}
