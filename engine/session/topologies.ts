/** The parts of nodes and of the pool that sessions use. */
import type { DockerClient } from '../docker'
import type { NodeAction } from '../labs'
import type { LabNode } from '../node'
import type { TerminalNode } from '../terminal'
import type { BuildOptions, Shape, ShapeNode, TakeOptions } from '../topology'

type NodeParts =
  | 'state'
  | 'ready'
  | 'start'
  | 'script'
  | 'copyIn'
  | 'dial'
  | 'listFiles'
  | 'readFile'
  | 'writeFile'
  | 'changeFile'
  | 'stampOf'
  | 'readPart'
  | 'writePart'

export type SessionNode = TerminalNode &
  Pick<LabNode, NodeParts> & { readonly docker: Pick<DockerClient, 'get' | 'watchEvents'> }

export interface SessionTopology {
  readonly id: string
  readonly nodes: readonly SessionNode[]
  /** @throws CapstanError `not-found` for a name that the topology does not have */
  node(name: string): SessionNode
  switchNode(name: string, action: NodeAction): Promise<void>
  /** Adds a node, and joins it to the swarm if it is to be in one. @throws CapstanError when it cannot */
  addNode(node: ShapeNode, options: BuildOptions): Promise<SessionNode>
  /** @throws CapstanError `session-state` when it cannot leave */
  leaveSwarm(name: string): Promise<void>
  /** @throws CapstanError `not-found` */
  removeNode(name: string): Promise<void>
  /** Lets go of the connections to the nodes. */
  close(): void
}

export interface SessionTopologies {
  take(shape: Shape, options: TakeOptions): Promise<SessionTopology>
  /** True when a spare of the shape is ready. */
  has(shape: Shape): boolean
  /** @throws CapstanError `node-gone` when a node of it is missing */
  find(id: string, shape: Shape): Promise<SessionTopology>
  remove(id: string): Promise<void>
  /** Stops the nodes of a topology without removing them. */
  stop(id: string): Promise<void>
}
