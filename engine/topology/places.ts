/** The places of nodes on their networks: each has an address that stays the same as long as it exists. */
import type { LabNode, NodeNetwork } from '../node'
import type { PlacedNode } from './membership'
import type { Shape, ShapeNode } from './shape'
import type { LabNetwork } from './subnets'
import type { SwarmMember } from './swarm'

export type Places = [NodeNetwork, ...NodeNetwork[]]

/** The networks of a node, with its address on each. @param index its position, which is its place unless it names one */
export function placesOf(node: ShapeNode, index: number, networks: readonly LabNetwork[]): Places {
  const places = node.networks.flatMap((name) => {
    const network = networks.find((candidate) => candidate.name === name)
    return network ? [{ network: network.id, address: network.subnet.node(node.place ?? index) }] : []
  })
  const [first, ...others] = places
  if (!first) throw new RangeError(`${node.name} is on no network`)
  return [first, ...others]
}

/** The nodes that belong to a swarm from the start, in the order of the shape. */
export function membersOf(
  { nodes }: Shape,
  starting: readonly Promise<LabNode>[],
  networks: readonly LabNetwork[],
): SwarmMember[] {
  return nodes.flatMap(({ swarm, networks: names, place }, index) => {
    const node = starting[index]
    if (swarm === 'none' || !node) return []
    const network = networks.find(({ name }) => name === names[0])
    return [{ node, role: swarm, address: network?.subnet.node(place ?? index) ?? '' }]
  })
}

/** A node with its address on its first network, over which its swarm talks. */
export function placedOn(node: LabNode, [first]: readonly NodeNetwork[]): PlacedNode {
  return { node, address: first?.address ?? '' }
}
