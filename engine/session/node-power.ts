/** Switches the nodes of a session, and lets their shells end and begin with them. */
import type { NodeAction } from '../labs'
import type { SessionMap } from './session-map'
import { ENDS_SHELLS, type SessionNodes } from './session-nodes'
import type { SessionTerminals } from './session-terminals'
import type { NodeSnapshot } from './snapshot'

export interface NodePowerOptions {
  readonly nodes: Pick<SessionNodes, 'get' | 'switchNode'>
  readonly terminals: Pick<SessionTerminals, 'hangUpAllOf' | 'hangUpUnlessOn' | 'renewAllOf'>
  readonly map: Pick<SessionMap, 'switches'>
}

export class NodePower {
  readonly #options: NodePowerOptions

  constructor(options: NodePowerOptions) {
    this.#options = options
  }

  /** Switches a node. The shells of one that goes off end first. */
  async switch(name: string, action: NodeAction): Promise<void> {
    const { nodes, terminals, map } = this.#options
    map.switches(name, action)
    if (ENDS_SHELLS.has(action)) await terminals.hangUpAllOf(name)
    await nodes.switchNode(name, action)
  }

  /** Switches a node, and waits until the terminals of one that is on again have new shells. */
  async switchWithShells(name: string, action: NodeAction): Promise<void> {
    await this.switch(name, action)
    const { nodes, terminals } = this.#options
    if (isOn(action)) await terminals.renewAllOf(nodes.get(name))
  }

  /** The student has switched a node, whose terminals get new shells by and by. */
  switched(name: string, action: NodeAction): void {
    if (isOn(action)) this.shellsFollow(name, 'running')
  }

  /** A node that stops without our doing ends its shells, and one that comes back gets new ones. */
  shellsFollow(name: string, state: NodeSnapshot['state']): void {
    const { nodes, terminals } = this.#options
    const node = nodes.get(name)
    const followed = state === 'running' ? terminals.renewAllOf(node) : terminals.hangUpUnlessOn(node)
    // The tab of a shell says how it is, and offers what can be done.
    void followed.catch(() => undefined)
  }
}

function isOn(action: NodeAction): boolean {
  return action === 'start' || action === 'restart'
}
