/** What a session can do only when it is a playground: save it for another day, and change its nodes. */
import { CapstanError } from '../../shared/errors'
import type { Turns } from '../../shared/turns'
import { type Compose, type PlacedCompose, placeCompose } from './compose'
import { type AddedNode, nextNode, shapeNode } from './playground'
import type { PlaygroundRecord } from './record'
import type { SavedRecord } from './saved-record'
import type { SessionNodes } from './session-nodes'
import type { SessionStatus } from './session-status'
import type { SessionTerminals } from './session-terminals'

export interface SessionPlaygroundOptions {
  readonly record: SavedRecord
  readonly nodes: SessionNodes
  readonly status: SessionStatus
  readonly terminals: Pick<SessionTerminals, 'closeAllOf'>
  readonly turns: Turns
  /** Aborts the work on the present nodes. */
  readonly signal: () => AbortSignal
  /** Lets go of the nodes: their terminals are closed, and nobody watches them any more. */
  readonly leaveNodes: () => Promise<void>
  /** The session stops working, and shows why. */
  readonly breakWith: (error: unknown) => void
}

export class SessionPlayground {
  readonly #options: SessionPlaygroundOptions

  constructor(options: SessionPlaygroundOptions) {
    this.#options = options
  }

  get isSaved(): boolean {
    return Boolean(this.#options.record.value.playground?.savedAt)
  }

  /** @throws CapstanError `bad-input` */
  async rename(name: string): Promise<void> {
    await this.#update((playground) => ({ ...playground, name }))
  }

  /**
   * Stops the nodes and keeps them, with everything in them.
   * @throws CapstanError `session-state`, or what kept them from stopping; the session is `broken` then
   */
  async save(): Promise<void> {
    const { turns, status, leaveNodes, nodes, breakWith } = this.#options
    this.#mustBePlayground()
    await turns.run(async () => {
      status.assertRunning()
      // It comes first: a process that dies now must not start the nodes again.
      await this.#update((playground) => ({ ...playground, savedAt: new Date().toISOString() }))
      status.become('starting', 'Stopping the nodes')
      try {
        await leaveNodes()
        await nodes.rest()
      } catch (error) {
        breakWith(error)
        throw error
      }
      status.become('saved', null)
    })
  }

  /** Sees to it that the nodes of a saved playground do not run, as after a process that died while it saved. */
  async stayAway(): Promise<void> {
    const { status, nodes } = this.#options
    // Nodes that cannot be stopped now go on; the playground is continued with them either way.
    await nodes.rest().catch(() => undefined)
    status.become('saved', null)
  }

  /** The playground is no longer saved: its nodes may be started. @throws CapstanError `session-state` */
  async wake(): Promise<void> {
    this.#mustBePlayground()
    await this.#update((playground) => ({ ...playground, savedAt: null }))
  }

  /** Adds a node. @returns its name. @throws CapstanError `bad-input`, `session-state`, or why it did not start */
  async addNode(added: AddedNode): Promise<string> {
    const { turns, status, nodes, signal } = this.#options
    this.#mustBePlayground()
    return await turns.run(async () => {
      status.assertRunning()
      const playground = this.#mustBePlayground()
      const node = nextNode(playground, added)
      const onActivity = (text: string) => this.#say(text)
      const shape = shapeNode(node, playground.engine, playground.nodes.length)
      try {
        await nodes.add(shape, { signal: signal(), onActivity }, () =>
          this.#update((now) => ({ ...now, nodes: [...now.nodes, node] })),
        )
      } finally {
        this.#say(null)
      }
      return node.name
    })
  }

  /**
   * Removes a node with everything in it.
   * @param leaves whether it leaves its swarm before, as its operator would
   * @throws CapstanError `not-found`, `session-state` when it is the last one or cannot leave
   */
  async removeNode(name: string, { leaves }: { readonly leaves: boolean }): Promise<void> {
    const { turns, status, nodes, terminals } = this.#options
    this.#mustBePlayground()
    await turns.run(async () => {
      status.assertRunning()
      nodes.get(name)
      if (nodes.snapshots().length === 1) throw lastNode(name)
      this.#say(leaves ? `${name} leaves the swarm` : `Removing ${name}`)
      try {
        if (leaves) await nodes.topology.leaveSwarm(name)
        await terminals.closeAllOf(name)
        // The record comes first: a node that it does not name is removed by the next start.
        await this.#update((now) => ({ ...now, nodes: now.nodes.filter((node) => node.name !== name) }))
        await nodes.drop(name)
      } finally {
        this.#say(null)
      }
    })
  }

  /** Says what is being done, unless the session has stopped working meanwhile. */
  #say(activity: string | null): void {
    const { status } = this.#options
    if (status.state === 'running') status.become('running', activity)
  }

  /** Keeps a compose file in the node that deploys it. @throws CapstanError `bad-input`, `node-gone`, `session-state` */
  async placeCompose(compose: Compose): Promise<PlacedCompose> {
    this.#mustBePlayground()
    this.#options.status.assertRunning()
    return await placeCompose(this.#options.nodes.topology.nodes, compose)
  }

  #mustBePlayground(): PlaygroundRecord {
    const { playground } = this.#options.record.value
    if (playground) return playground
    throw new CapstanError('session-state', 'This is a lab: its nodes are those that it needs.', {
      help: 'Start a playground to choose nodes.',
    })
  }

  async #update(change: (playground: PlaygroundRecord) => PlaygroundRecord): Promise<void> {
    const before = this.#mustBePlayground()
    await this.#options.record.update((value) => ({
      ...value,
      playground: change(value.playground ?? before),
    }))
  }
}

function lastNode(name: string): CapstanError {
  return new CapstanError('session-state', `${name} is the last node.`, {
    help: 'Delete the playground instead, or add a node first.',
  })
}
