/**
 * The networks of a topology, with subnets that we choose: only on such a network can an address be fixed. A manager
 * of a swarm whose address changed when it was stopped and started would be lost.
 */
import { randomInt } from 'node:crypto'
import { isCapstanError } from '../../shared/errors'
import { type Belonging, labelsOf, NAME, type NodeContext, TOPOLOGY } from '../node'
import type { ShapeNetwork } from './shape'

/** A range that few home networks use, and that Docker and swarm do not use by themselves (172.17 to 172.31, 10.0). */
const PREFIX = '10.215'
/** The number of /26 networks in a /16. */
const SUBNETS = 1024
const HOSTS = 64
/** With 512 networks in use, half of the tries fail. */
const TRIES = 40
/** The gateway has the first address, mirrors come next, and nodes later. */
const FIRST_GUEST_HOST = 2
const FIRST_NODE_HOST = 10

export interface LabNetwork {
  readonly name: string
  readonly id: string
  readonly internal: boolean
  readonly subnet: Subnet
}

/** One of the /26 networks of the range. */
export class Subnet {
  readonly index: number

  constructor(index: number) {
    this.index = index
  }

  /** @returns null for a subnet outside of our range */
  static parse(cidr: string): Subnet | null {
    const [, third, fourth] = /^10\.215\.(\d+)\.(\d+)\/26$/.exec(cidr) ?? []
    if (third === undefined || fourth === undefined) return null
    return new Subnet(Number(third) * 4 + Number(fourth) / HOSTS)
  }

  get cidr(): string {
    return `${this.#address(0)}/26`
  }

  /** @param index of the mirror */
  guest(index: number): string {
    return this.#address(FIRST_GUEST_HOST + index)
  }

  /** @param index of the node in its shape */
  node(index: number): string {
    return this.#address(FIRST_NODE_HOST + index)
  }

  #address(host: number): string {
    return `${PREFIX}.${Math.floor(this.index / 4)}.${(this.index % 4) * HOSTS + host}`
  }
}

/**
 * Creates a network on a subnet that no other network of the engine has.
 * @param choose picks one of so many subnets, by chance unless a test says otherwise
 */
export async function createLabNetwork(
  engine: NodeContext,
  network: ShapeNetwork,
  belonging: Belonging,
  choose: (count: number) => number = randomInt,
): Promise<LabNetwork> {
  const labels = { ...labelsOf('network', belonging), [NAME]: network.name }
  const fullName = `capstan-${belonging.topologyId}-${network.name}`
  for (let turn = 1; ; turn++) {
    const subnet = new Subnet(choose(SUBNETS))
    try {
      const { internal } = network
      const id = await engine.docker.networks.create(fullName, labels, { subnet: subnet.cidr, internal })
      return { name: network.name, id, internal, subnet }
    } catch (error) {
      if (turn === TRIES || !isTaken(error)) throw error
    }
  }
}

function isTaken(error: unknown): boolean {
  return isCapstanError(error) && /overlaps|conflicts with network/i.test(error.message)
}

/** Finds the networks of a topology that was built before. */
export async function findLabNetworks(engine: NodeContext, topologyId: string): Promise<LabNetwork[]> {
  const found = await engine.docker.networks.list({ labels: [`${TOPOLOGY}=${topologyId}`] })
  return found.flatMap(({ Id, Labels, Internal, IPAM }) => {
    const subnet = Subnet.parse(IPAM?.Config?.[0]?.Subnet ?? '')
    return subnet ? [{ name: Labels?.[NAME] ?? '', id: Id, internal: Internal, subnet }] : []
  })
}
