/** Brings the nodes of a session into being, or finds them again, and opens the step that its record names. */
import type { LoadedLab } from '../labs'
import type { NodePower } from './node-power'
import type { SavedRecord } from './saved-record'
import type { SessionMap } from './session-map'
import type { SessionNodes } from './session-nodes'
import type { SessionPlayground } from './session-playground'
import { type SessionStatus, STARTED_AGAIN } from './session-status'
import type { SessionSteps } from './session-steps'
import type { SessionTerminals } from './session-terminals'
import { stepsBefore } from './steps'
import { typistOf } from './typist'

export interface SessionBuildOptions {
  readonly lab: LoadedLab
  readonly record: SavedRecord
  readonly nodes: SessionNodes
  readonly status: SessionStatus
  readonly steps: SessionSteps
  readonly terminals: SessionTerminals
  readonly map: SessionMap
  readonly playground: SessionPlayground
  readonly power: NodePower
  /** Throws for a lab that may not run on this computer. */
  readonly assertAllowed: ((lab: LoadedLab) => void) | undefined
  /** Aborts the work on the present nodes. */
  readonly signal: () => AbortSignal
  /** The session stops working, and shows why. */
  readonly breakWith: (error: unknown) => void
}

export class SessionBuild {
  readonly #options: SessionBuildOptions

  constructor(options: SessionBuildOptions) {
    this.#options = options
  }

  /** Builds the nodes, does the steps before one, and opens it. @param stepId null for the first step */
  async begin(state: 'starting' | 'resetting', stepId: string | null): Promise<void> {
    const { lab, record, nodes, status, steps, map, assertAllowed, signal } = this.#options
    map.startOver()
    status.become(state, 'Starting the nodes')
    nodes.starting()
    await this.#orBreak(async () => {
      assertAllowed?.(lab)
      await steps.startOver(stepId)
      const onActivity = (text: string) => status.become(state, text)
      await nodes.build({ signal: signal(), onActivity })
      await this.#doEarlierSteps(onActivity)
      await record.update((value) => ({ ...value, prepared: true }))
      await steps.openCurrent(signal())
      status.run()
    })
  }

  /** Throws away what there is of the nodes, and builds them. */
  async beginAgain(state: 'starting' | 'resetting', stepId: string | null): Promise<void> {
    const { nodes, status } = this.#options
    await this.#orBreak(() => nodes.discard())
    if (status.state !== 'broken') await this.begin(state, stepId)
  }

  /** Goes on with the nodes that another process left. */
  async takeUp(): Promise<void> {
    const { lab, record, nodes, status, steps, playground, assertAllowed, signal } = this.#options
    if (playground.isSaved) return await playground.stayAway()
    // The process that began to build the nodes has ended: they are built for the step that they were meant for.
    if (!record.value.prepared) return await this.beginAgain('starting', record.value.currentStep)
    status.become('starting', 'Finding your nodes')
    await this.#orBreak(async () => {
      assertAllowed?.(lab)
      if (await nodes.find()) status.notify(STARTED_AGAIN)
      await steps.openCurrent(signal())
      status.run()
    })
  }

  /** Does the steps before the current one in terminals that the student sees later. */
  async #doEarlierSteps(onActivity: (text: string) => void): Promise<void> {
    const { lab, record, nodes, steps, terminals, power } = this.#options
    if (stepsBefore(lab, record.value.currentStep).length === 0) return
    const signal = this.#options.signal()
    const type = typistOf({
      open: (name, size) => terminals.open(nodes.get(name), size),
      terminals: () => terminals.list(),
      signal,
    })
    // The student finds a terminal on each node, as after a start from the beginning.
    for (const { name } of lab.nodes) await type(name, '')
    const switchNode = power.switchWithShells.bind(power)
    await steps.doEarlier({ type, switchNode, onActivity, signal })
  }

  async #orBreak(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      // The work was given up on purpose, so its failure is not a problem of the lab.
      if (this.#options.signal().aborted) throw error
      this.#options.breakWith(error)
    }
  }
}
