/** One lab in progress, from its first node to its removal. Steps, nodes, terminals and status have parts of their own. */
import { Turns } from '../../shared/turns'
import { type CheckResult, evaluateCheck } from '../checks'
import type { Check, LoadedLab, NodeAction } from '../labs'
import type { LiveMap } from '../map'
import type { OpenTerminalOptions, Terminal } from '../terminal'
import { Gate } from './gate'
import { endWork, type Grade } from './grade'
import type { Change } from './node-events'
import { NodePower } from './node-power'
import type { NodeTrouble } from './node-troubles'
import type { SessionRecord, SessionRecords } from './record'
import { SavedRecord } from './saved-record'
import { SessionBuild } from './session-build'
import { SessionMap } from './session-map'
import { SessionNodes } from './session-nodes'
import { SessionPlayground } from './session-playground'
import { engineGone, SessionStatus } from './session-status'
import { SessionSteps } from './session-steps'
import { SessionTerminals } from './session-terminals'
import { type NodeSnapshot, type SessionSnapshot, type SessionState, snapshotOf } from './snapshot'
import { assertCanStartAt } from './steps'
import type { SessionNode, SessionTopologies } from './topologies'

export interface LabSessionOptions {
  readonly lab: LoadedLab
  readonly record: SessionRecord
  readonly records: SessionRecords
  readonly topologies: SessionTopologies
  readonly evaluate?: typeof evaluateCheck
  /** Throws for a lab that may not run on this computer. Without it all labs may. */
  readonly assertAllowed?: ((lab: LoadedLab) => void) | undefined
}

export class LabSession {
  readonly lab: LoadedLab
  /** The student's way into the nodes. */
  readonly gate = new Gate()
  /** What can be done only with the nodes of a playground. */
  readonly playground: SessionPlayground
  readonly #status = new SessionStatus()
  readonly #record: SavedRecord
  readonly #nodes: SessionNodes
  readonly #steps: SessionSteps
  readonly #terminals: SessionTerminals
  readonly #map: SessionMap
  readonly #power: NodePower
  readonly #build: SessionBuild
  /** Operations that change the nodes run one after the other. */
  readonly #turns = new Turns()
  /** Aborts the work on the present nodes. New nodes get a new controller. */
  #abort = new AbortController()

  constructor({
    lab,
    record,
    records,
    topologies,
    evaluate = evaluateCheck,
    assertAllowed,
  }: LabSessionOptions) {
    this.lab = lab
    const status = this.#status
    const onChange = () => status.changed()
    const lookSoon = () => this.#steps.lookSoon()
    const onEvent = (change: Change, node: string) => {
      if (change === 'created') {
        this.#steps.lookLater()
        this.#map.live.lookLater(node)
      } else {
        lookSoon()
        this.#map.live.lookSoon(node)
      }
    }
    const saved = new SavedRecord(record, records, onChange)
    const nodes = new SessionNodes({ lab, record: saved, topologies, onChange, onEvent })
    this.#record = saved
    this.#nodes = nodes
    this.#steps = new SessionSteps({ lab, record: saved, nodes, status, evaluate })
    const terminals = new SessionTerminals(this.gate, { onPrompt: lookSoon, onChange })
    this.#terminals = terminals
    const signal = () => this.#abort.signal
    const breakWith = (error: unknown) => this.#breakWith(error)
    this.playground = new SessionPlayground({
      ...{ record: saved, nodes, status, terminals, turns: this.#turns, signal, breakWith },
      leaveNodes: () => this.#leaveNodes(),
    })
    this.#map = new SessionMap(nodes, status)
    this.#power = new NodePower({ nodes, terminals, map: this.#map })
    this.#build = new SessionBuild({
      ...{ lab, record: saved, nodes, status, terminals, signal, breakWith, assertAllowed },
      ...{ steps: this.#steps, map: this.#map, playground: this.playground, power: this.#power },
    })
  }

  get id(): string {
    return this.#record.value.id
  }

  get state(): SessionState {
    return this.#status.state
  }

  get topologyId(): string | null {
    return this.#record.value.topologyId
  }

  /** The nodes and everything in them, for as long as somebody looks at it. */
  get map(): LiveMap {
    return this.#map.live
  }

  snapshot(): SessionSnapshot {
    const [record, steps, nodes, status] = [this.#record.value, this.#steps, this.#nodes, this.#status]
    return snapshotOf({ record, steps, nodes, status })
  }

  /** @returns a function that stops the listening */
  onChange(listener: () => void): () => void {
    return this.#status.onChange(listener)
  }

  /** Builds the nodes and opens the first step. After a failure the session is `broken` and shows the problem. */
  async start(): Promise<void> {
    await this.#turns.run(() => this.#build.begin('starting', this.#record.value.currentStep))
  }

  /**
   * Finds the nodes that another process left, and starts those that have stopped. A task stays shut until its exam
   * opens it, because it may have been handed in.
   */
  async resume(): Promise<void> {
    if (this.lab.kind === 'task') this.gate.shut()
    await this.#turns.run(() => this.#build.takeUp())
  }

  /** Starts the nodes of a saved playground again. One that is not saved goes on. */
  async continue(): Promise<void> {
    await this.#turns.run(async () => {
      if (!this.playground.isSaved) return
      await this.playground.wake()
      await this.#build.takeUp()
    })
  }

  /**
   * Gives new nodes, in the state in which a step begins. Everything in the old nodes is lost.
   * @param stepId the first step when left out
   * @throws CapstanError `not-found`, or `session-state` for a step that cannot be reached without the student
   */
  async reset(stepId?: string): Promise<void> {
    this.gate.assertOpen()
    if (stepId !== undefined) assertCanStartAt(this.lab, stepId)
    await this.#turns.run(async () => {
      this.#status.assertNotStopped()
      this.#status.become('resetting', 'Taking new nodes')
      await this.#leaveNodes()
      await this.#build.beginAgain('resetting', stepId ?? null)
    })
  }

  /**
   * Removes everything of the session; it cannot be used afterwards.
   * @throws what kept it from being removed; the session is then `broken` and can be stopped again
   */
  async stop(): Promise<void> {
    this.#abort.abort()
    await this.#turns.run(async () => {
      if (this.state === 'stopped') return
      this.#status.become('stopping', 'Removing the nodes')
      try {
        await this.#leaveNodes()
        await this.#nodes.remove()
        await this.#record.remove()
      } catch (error) {
        this.#breakWith(error)
        throw error
      }
      this.#status.become('stopped', null)
    })
  }

  /** Lets go of the nodes so that the session can be resumed, after a start that is under way. */
  async detach(): Promise<void> {
    this.#abort.abort()
    await this.#turns.run(() => this.#leaveNodes())
  }

  /** Opens the step after a done one, or goes back to an earlier one. */
  async openStep(stepId: string): Promise<void> {
    const step = this.#steps.find(stepId)
    await this.#turns.run(async () => {
      this.#status.assertRunning()
      await this.#steps.open(step, this.#abort.signal)
    })
  }

  async showHint(stepId: string): Promise<void> {
    await this.#steps.showHint(stepId)
  }

  async showSolution(stepId: string): Promise<void> {
    await this.#steps.showSolution(stepId)
  }

  /** Looks at the current step's checks now. @returns the results of a look that began after the call */
  async check(): Promise<Map<Check, CheckResult>> {
    return await this.#steps.check()
  }

  /** Says that something in a node has changed through the app, such as a saved file. */
  lookSoon(): void {
    this.#steps.lookSoon()
  }

  /** Evaluates the checks of any step, open or not, without changing the session. For `lab verify`. */
  async evaluateStep(stepId: string): Promise<Map<Check, CheckResult>> {
    return await this.#steps.evaluateStep(stepId, this.#abort.signal)
  }

  /** Ends the student's work for good, then judges a task's checks. @throws CapstanError `session-state`; see `endWork` */
  async grade(): Promise<Grade> {
    this.gate.shut()
    const parts = { gate: this.gate, terminals: this.#terminals, nodes: this.#nodes }
    const judgedAt = await this.#turns.run(() => endWork(parts, this.#abort.signal))
    return { judgedAt, checks: await this.#steps.grade(this.#abort.signal) }
  }

  /** Switches a node on or off, or takes it off its networks and back. */
  async switchNode(name: string, action: NodeAction): Promise<void> {
    this.gate.assertOpen()
    await this.#turns.run(async () => {
      this.#status.assertRunning()
      // An unknown name is refused before anything happens.
      this.node(name)
      await this.#power.switch(name, action).finally(() => this.lookSoon())
    })
    this.#power.switched(name, action)
  }

  /** A node as the student may use it. @throws CapstanError `not-found`, `session-state` */
  node(name: string): SessionNode {
    return this.gate.guarded(this.#nodes.get(name))
  }

  async openTerminal(nodeName: string, options: OpenTerminalOptions): Promise<Terminal> {
    this.#status.assertRunning()
    return await this.#terminals.open(this.#nodes.get(nodeName), options)
  }

  terminals(): Terminal[] {
    return this.#terminals.list()
  }

  /** Puts a new shell into a terminal whose shell has ended. @throws CapstanError `not-found`, `node-gone` */
  async renewTerminal(id: string): Promise<void> {
    this.#status.assertRunning()
    const terminal = this.#terminals.find(id)
    await this.#terminals.renew(this.#nodes.get(terminal.node ?? ''), terminal)
  }

  async closeTerminal(id: string): Promise<void> {
    await this.#terminals.close(id)
  }

  /** The engine reports that a node has died or come back. */
  nodeChanged(name: string, state: NodeSnapshot['state']): void {
    if (this.state !== 'running') return
    this.#nodes.become(name, state)
    this.lookSoon()
    this.#power.shellsFollow(name, state)
  }

  /** A node has reached a limit of its memory or disk. */
  nodeInTrouble(name: string, trouble: NodeTrouble): void {
    this.#nodes.troubles.set(name, trouble)
    this.#status.changed()
  }

  /** The outer engine has gone: nothing works until it is back. */
  engineGone(): void {
    // A saved playground has nothing that runs.
    if (this.state !== 'saved') this.#breakWith(engineGone())
  }

  async #leaveNodes(): Promise<void> {
    this.#steps.pause()
    this.#nodes.leave()
    await this.#terminals.closeAll()
    this.#abort = new AbortController()
  }

  #breakWith(error: unknown): void {
    this.#steps.pause()
    this.#status.breakWith(this.#nodes.troubles.explain(error))
  }
}
