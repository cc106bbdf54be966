/** One Docker Engine, outer or inner: every call has a time limit and fails with a CapstanError. */
import type { Agent } from 'node:http'
import type { NetworkInspectInfo, VolumeInspectInfo } from 'dockerode'
import Docker from 'dockerode'
import type { CapstanError } from '../../shared/errors'
import { SLOW_MS } from './connection'
import { connectOptions, type Endpoint } from './endpoint'
import { ImageConnection } from './images'
import { SshAgent } from './ssh-agent'

export interface OverOptions {
  /** The error for an engine that does not answer, such as `node-gone`. */
  readonly gone?: (cause: unknown) => CapstanError
}

export class DockerClient extends ImageConnection {
  /** A client of the engine at an endpoint. Nothing is sent yet. @throws CapstanError `bad-input` for TLS files */
  static to(endpoint: Endpoint): DockerClient {
    if (endpoint.kind === 'ssh') return DockerClient.over(new SshAgent(endpoint))
    return new DockerClient({ docker: new Docker(connectOptions(endpoint)) })
  }

  /** A client whose connections an agent makes, such as through an exec in a node. */
  static over(agent: Agent, { gone }: OverOptions = {}): DockerClient {
    // dockerode's types leave out the agent that its modem takes.
    const options: Docker.DockerOptions & { agent: Agent } = {
      protocol: 'http',
      host: 'engine',
      port: 80,
      agent,
    }
    return new DockerClient({ docker: new Docker(options), agent, ...(gone && { gone }) })
  }

  /**
   * @param subnet such as 10.0.0.0/24; the engine chooses one without it
   * @returns the network's id
   */
  async createNetwork(
    name: string,
    labels: Readonly<Record<string, string>>,
    { subnet, internal = false }: { subnet?: string; internal?: boolean } = {},
  ): Promise<string> {
    const { Id } = await this.send<{ Id: string }>({
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
    })
    return Id
  }

  async removeNetwork(id: string): Promise<void> {
    await this.sendUnlessGone({
      method: 'DELETE',
      path: `/networks/${id}`,
      doing: 'removing a network',
      limitMs: SLOW_MS,
    })
  }

  async listNetworks({ labels = [] }: { labels?: readonly string[] } = {}): Promise<NetworkInspectInfo[]> {
    const query = { filters: { label: labels } }
    return await this.send({ path: '/networks', query, doing: 'listing networks' })
  }

  async inspectNetwork(id: string): Promise<NetworkInspectInfo> {
    return await this.send({ path: `/networks/${id}`, doing: 'inspecting a network' })
  }

  async connectNetwork(
    network: string,
    container: string,
    { aliases = [], address }: { aliases?: readonly string[]; address?: string } = {},
  ): Promise<void> {
    const place = { Aliases: aliases, ...(address && { IPAMConfig: { IPv4Address: address } }) }
    await this.send({
      method: 'POST',
      path: `/networks/${network}/connect`,
      body: { Container: container, EndpointConfig: place },
      doing: 'connecting a container to a network',
      limitMs: SLOW_MS,
    })
  }

  async disconnectNetwork(network: string, container: string): Promise<void> {
    await this.sendUnlessGone({
      method: 'POST',
      path: `/networks/${network}/disconnect`,
      body: { Container: container, Force: true },
      doing: 'disconnecting a container from a network',
      limitMs: SLOW_MS,
    })
  }

  async createVolume(name: string, labels: Readonly<Record<string, string>>): Promise<void> {
    const body = { Name: name, Labels: labels }
    await this.send({ method: 'POST', path: '/volumes/create', body, doing: 'creating a volume' })
  }

  async removeVolume(name: string): Promise<void> {
    await this.sendUnlessGone({
      method: 'DELETE',
      path: `/volumes/${name}`,
      query: { force: true },
      doing: 'removing a volume',
      limitMs: SLOW_MS,
    })
  }

  async listVolumes({ labels = [] }: { labels?: readonly string[] } = {}): Promise<VolumeInspectInfo[]> {
    const { Volumes } = await this.send<{ Volumes: VolumeInspectInfo[] | null }>({
      path: '/volumes',
      query: { filters: { label: labels } },
      doing: 'listing volumes',
    })
    return Volumes ?? []
  }
}
