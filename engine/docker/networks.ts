/** The networks of one engine: creates, inspects and removes them, connects and disconnects containers. */
import { Created, listOf, NetworkInspectInfo } from './answers'
import { type EngineConnection, SLOW_MS } from './connection'
import type { Request } from './request'

export class Networks {
  readonly #connection: EngineConnection

  constructor(connection: EngineConnection) {
    this.#connection = connection
  }

  /**
   * @param subnet such as 10.0.0.0/24; without it the engine chooses one
   * @returns the network's id
   */
  async create(
    name: string,
    labels: Readonly<Record<string, string>>,
    { subnet, internal = false }: { subnet?: string; internal?: boolean } = {},
  ): Promise<string> {
    const request: Request = {
      method: 'POST',
      path: '/networks/create',
      body: {
        Name: name,
        Driver: 'bridge',
        CheckDuplicate: true,
        Internal: internal,
        Labels: labels,
        ...(subnet && { IPAM: { Config: [{ Subnet: subnet }] } }),
      },
      doing: 'creating a network',
      limitMs: SLOW_MS,
    }
    return (await this.#connection.ask(request, Created)).Id
  }

  async remove(id: string): Promise<void> {
    await this.#connection.sendUnlessGone({
      method: 'DELETE',
      path: `/networks/${id}`,
      doing: 'removing a network',
      limitMs: SLOW_MS,
    })
  }

  async list({ labels = [] }: { labels?: readonly string[] } = {}): Promise<NetworkInspectInfo[]> {
    const query = { filters: { label: labels } }
    const request = { path: '/networks', query, doing: 'listing networks' }
    return await this.#connection.ask(request, listOf(NetworkInspectInfo))
  }

  async inspect(id: string): Promise<NetworkInspectInfo> {
    const request = { path: `/networks/${id}`, doing: 'inspecting a network' }
    return await this.#connection.ask(request, NetworkInspectInfo)
  }

  async exists(id: string): Promise<boolean> {
    return await this.#connection.exists({ path: `/networks/${id}`, doing: 'looking for a network' })
  }

  async connect(
    network: string,
    container: string,
    { aliases = [], address }: { aliases?: readonly string[]; address?: string } = {},
  ): Promise<void> {
    const place = { Aliases: aliases, ...(address && { IPAMConfig: { IPv4Address: address } }) }
    await this.#connection.send({
      method: 'POST',
      path: `/networks/${network}/connect`,
      body: { Container: container, EndpointConfig: place },
      doing: 'connecting a container to a network',
      limitMs: SLOW_MS,
    })
  }

  async disconnect(network: string, container: string): Promise<void> {
    await this.#connection.sendUnlessGone({
      method: 'POST',
      path: `/networks/${network}/disconnect`,
      body: { Container: container, Force: true },
      doing: 'disconnecting a container from a network',
      limitMs: SLOW_MS,
    })
  }
}
