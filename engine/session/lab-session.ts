/** One lab in progress: its nodes, its steps, its live checks and its terminals. */
import { EventEmitter } from 'node:events'
import { CapstanError } from '../../shared/errors'
import { type CheckResult, evaluateCheck } from '../checks'
import type { Check, LoadedLab, LoadedStep, NodeAction } from '../labs'
import type { LabNode } from '../node'
import type { OuterEngine } from '../outer'
import type { Terminal, TerminalSize } from '../terminal'
import { removeTopology, shapeOf, Topology, type TopologyPool } from '../topology'
import { gradeChecks } from './grade'
import { KeptRecord } from './kept-record'
import { LiveChecks } from './live-checks'
import { prepareLab, runTasks } from './prepare'
import { problemOf } from './problem'
import type { SessionRecord, SessionRecords } from './record'
import { goOn, SessionNodes } from './session-nodes'
import { SessionTerminals } from './session-terminals'
import type { NodeSnapshot, SessionProblem, SessionSnapshot, SessionState } from './snapshot'
import { isOpen, mustTeach, startOf, stepCalled, stepSnapshots, withHint, withResults } from './steps'

export interface LabSessionOptions {
  readonly engine: OuterEngine
  readonly topologies: TopologyPool
  readonly lab: LoadedLab
  readonly record: SessionRecord
  readonly records: SessionRecords
}

export class LabSession {
  readonly lab: LoadedLab
  readonly #options: LabSessionOptions
  readonly #events = new EventEmitter<{ change: [] }>()
  readonly #terminals: SessionTerminals
  readonly #live: LiveChecks
  readonly #record: KeptRecord
  readonly #nodes: SessionNodes
  #state: SessionState = 'starting'
  #activity: string | null = null
  #notice: string | null = null
  #problem: SessionProblem | null = null
  /** Old nodes that are being removed while the student has new ones. */
  #removing: Promise<unknown> = Promise.resolve()
  #results = new Map<Check, CheckResult>()
  #abort = new AbortController()
  /** Operations that change the nodes run one after the other. */
  #queue: Promise<unknown> = Promise.resolve()

  constructor(options: LabSessionOptions) {
    this.#options = options
    this.lab = options.lab
    this.#record = new KeptRecord(options.record, options.records, () => this.#changed())
    this.#nodes = new SessionNodes({
      names: options.lab.nodes.map(({ name }) => name),
      onChange: () => this.#changed(),
      onEvent: () => this.#live.nudge(),
    })
    this.#live = new LiveChecks({
      evaluate: (check, signal) => this.#evaluate(check, signal),
      onResults: (checks, results) => this.#takeResults(checks, results),
    })
    this.#terminals = new SessionTerminals({
      onPrompt: () => this.#live.nudge(),
      onChange: () => this.#changed(),
    })
  }

  get id(): string {
    return this.#record.value.id
  }

  get state(): SessionState {
    return this.#state
  }

  get topologyId(): string | null {
    return this.#record.value.topologyId
  }

  snapshot(): SessionSnapshot {
    const { id, labId, startedAt, currentStep, stepsDone } = this.#record.value
    return {
      id,
      labId,
      startedAt,
      currentStep,
      state: this.#state,
      activity: this.#activity,
      // Nothing of a task's checks is told before it is graded, not even their names.
      steps: this.lab.kind === 'task' ? [] : stepSnapshots(this.lab, this.#record.value, this.#results),
      nodes: this.#nodes.snapshots(),
      completed: this.lab.steps.every((step) => stepsDone.includes(step.id)),
      notice: this.#notice,
      problem: this.#problem,
    }
  }

  /** @returns stops the listening */
  onChange(listener: () => void): () => void {
    this.#events.on('change', listener)
    return () => this.#events.off('change', listener)
  }

  /** Builds the nodes and opens the first step. Failure leaves the session `broken`, with the problem told. */
  async start(): Promise<void> {
    await this.#exclusive(() => this.#build('starting'))
  }

  /** Finds the nodes of a session that another process started, and starts those that have stopped. */
  async resume(): Promise<void> {
    await this.#exclusive(async () => {
      if (!this.#record.value.prepared) return await this.#build('starting')
      this.#become('starting', 'Finding your nodes')
      await this.#orBreak(() => this.#adopt())
    })
  }

  /** Gives the start state again: new nodes, first step. What was in the nodes is gone. */
  async reset(): Promise<void> {
    await this.#exclusive(async () => {
      this.#become('resetting', 'Taking new nodes')
      await this.#leaveNodes()
      // A spare is swapped in at once; without one the old nodes would only be in the way of the new.
      const removed = this.#removeTopology()
      if (this.#options.topologies.has(shapeOf(this.lab))) this.#removing = removed.catch(() => undefined)
      else await this.#orBreak(() => removed)
      if (this.#state !== 'broken') await this.#build('resetting')
    })
  }

  /** Removes everything of the session; it cannot be used afterwards. */
  async stop(): Promise<void> {
    this.#abort.abort()
    await this.#exclusive(async () => {
      this.#become('stopping', 'Removing the nodes')
      await this.#leaveNodes()
      await Promise.all([this.#removeTopology(), this.#removing])
      await this.#record.remove()
      this.#become('stopped', null)
    })
  }

  /** Lets go of the nodes without removing them, so that the session can be resumed. */
  async detach(): Promise<void> {
    this.#abort.abort()
    // Nodes that are just being found would be held for good.
    await this.#exclusive(() => this.#leaveNodes())
  }

  /** Opens the step after a done one, or goes back to an earlier one. */
  async openStep(stepId: string): Promise<void> {
    mustTeach(this.lab)
    const step = stepCalled(this.lab, stepId)
    await this.#exclusive(async () => {
      this.#mustRun()
      // Results that were seen just now may still be on their way to the disk.
      await this.#record.settled()
      if (!isOpen(this.lab, this.#record.value, stepId)) {
        throw new CapstanError('session-state', 'This step is still locked.', {
          help: 'Turn every check of the steps before it green first.',
        })
      }
      await this.#enter(step)
    })
  }

  async showHint(stepId: string): Promise<void> {
    mustTeach(this.lab)
    const step = stepCalled(this.lab, stepId)
    await this.#record.update((record) => withHint(record, step))
  }

  async showSolution(stepId: string): Promise<void> {
    mustTeach(this.lab)
    stepCalled(this.lab, stepId)
    await this.#record.update((record) => ({
      ...record,
      solutionsShown: [...new Set(record.solutionsShown).add(stepId)],
    }))
  }

  /** Looks at the current step's checks now. @returns what a look that began after the call has found */
  async check(): Promise<Map<Check, CheckResult>> {
    mustTeach(this.lab)
    this.#mustRun()
    await this.#live.refresh()
    const { checks } = stepCalled(this.lab, this.#record.value.currentStep)
    return new Map([...this.#results].filter(([check]) => checks.includes(check)))
  }

  /** Something in a node has changed by way of the app, such as a saved file. */
  nudge(): void {
    this.#live.nudge()
  }

  /** Evaluates the checks of any step, open or not, without changing the session. For `lab verify`. */
  async evaluateStep(stepId: string): Promise<Map<Check, CheckResult>> {
    const { checks } = stepCalled(this.lab, stepId)
    const { signal } = this.#abort
    return new Map(
      await Promise.all(checks.map(async (check) => [check, await this.#evaluate(check, signal)] as const)),
    )
  }

  /**
   * Judges a task's checks, each with the patience that it asks for.
   * @throws CapstanError `session-state` when there are no nodes to judge, or the engine went away meanwhile
   */
  async grade(): Promise<(CheckResult & { readonly name: string })[]> {
    this.#mustRun()
    const { signal } = this.#abort
    const checks = this.lab.steps.flatMap((step) => step.checks)
    const results = await gradeChecks(checks, (check) => this.#evaluate(check, signal), signal)
    this.#mustRun()
    return results.map((result, index) => ({ name: checks[index]?.name ?? '', ...result }))
  }

  /** Switches a node on or off, or takes it off its networks and back. */
  async act(name: string, action: NodeAction): Promise<void> {
    await this.#exclusive(async () => {
      this.#mustRun()
      // A name that is not there is refused before anything happens.
      this.node(name)
      if (ENDS_SHELLS.has(action)) await this.#closeTerminalsOf(name)
      if (action === 'start' || action === 'restart') this.#nodes.become(name, 'starting')
      try {
        await this.#nodes.topology.switchNode(name, action)
      } finally {
        await this.#nodes.look(name)
        this.#live.nudge()
      }
    })
  }

  /** @throws CapstanError `not-found`, `session-state` */
  node(name: string): LabNode {
    return this.#nodes.get(name)
  }

  async openTerminal(nodeName: string, size: TerminalSize): Promise<Terminal> {
    this.#mustRun()
    return await this.#terminals.open(this.node(nodeName), size)
  }

  terminals(): Terminal[] {
    return this.#terminals.list()
  }

  async closeTerminal(id: string): Promise<void> {
    await this.#terminals.close(id)
  }

  /** The engine says what became of a node: it died, or came back. */
  nodeChanged(name: string, state: NodeSnapshot['state']): void {
    if (this.#state !== 'running') return
    this.#nodes.become(name, state)
    this.#live.nudge()
  }

  /** The outer engine has gone: nothing works until it is back. */
  engineGone(): void {
    this.#breakWith(
      new CapstanError('engine-gone', 'The Docker Engine behind this lab has stopped.', {
        help: 'Start the engine again, then resume the lab. Your progress is kept.',
      }),
    )
  }

  async #build(state: 'starting' | 'resetting'): Promise<void> {
    this.#become(state, 'Starting the nodes')
    this.#results = new Map()
    this.#nodes.starting()
    await this.#orBreak(async () => {
      await this.#record.update((record) => ({ ...record, ...startOf(this.lab), prepared: false }))
      const { signal } = this.#abort
      const onActivity = (text: string) => this.#become(state, text)
      const topology = await this.#options.topologies.take(shapeOf(this.lab), { signal, onActivity })
      await this.#record.update((record) => ({ ...record, topologyId: topology.id }))
      await prepareLab({ lab: this.lab, topology, signal, onActivity })
      await this.#record.update((record) => ({ ...record, prepared: true }))
      await this.#takeNodes(topology)
    })
  }

  async #adopt(): Promise<void> {
    const { topologies } = this.#options
    const topology = await Topology.find(topologies.context, this.topologyId ?? '', shapeOf(this.lab))
    const states = await Promise.all(topology.nodes.map((node) => node.state()))
    const isUp = (index: number) => ['running', 'cut'].includes(states[index] ?? '')
    await Promise.all(topology.nodes.map((node, index) => (isUp(index) ? goOn(node) : node.start())))
    if (states.includes('stopped')) {
      this.#notice =
        'Your nodes were started again. Files and images are as you left them; containers in them have stopped.'
    }
    await this.#takeNodes(topology)
  }

  async #takeNodes(topology: Topology): Promise<void> {
    await this.#nodes.take(topology)
    const step = stepCalled(this.lab, this.#record.value.currentStep)
    await this.#enter(step)
    this.#problem = null
    this.#become('running', null)
  }

  async #leaveNodes(): Promise<void> {
    this.#live.pause()
    this.#nodes.leave()
    await this.#terminals.closeAll()
    this.#abort = new AbortController()
  }

  async #removeTopology(): Promise<void> {
    if (this.topologyId) await removeTopology(this.#options.engine, this.topologyId)
  }

  async #enter(step: LoadedStep): Promise<void> {
    if (!this.#record.value.stepsOpened.includes(step.id)) {
      await this.#runSetup(step)
    }
    await this.#record.update((record) => ({
      ...record,
      currentStep: step.id,
      stepsOpened: [...new Set(record.stepsOpened).add(step.id)],
    }))
    if (this.lab.kind === 'lab') this.#live.watch(step.checks)
  }

  async #runSetup(step: LoadedStep): Promise<void> {
    await runTasks(step.setup, this.#nodes.topology, this.#abort.signal)
    // A node whose power was switched by the set-up is not told of by an event that comes in time.
    for (const task of step.setup) if ('action' in task) await this.#nodes.look(task.on)
  }

  async #evaluate(check: Check, signal: AbortSignal): Promise<CheckResult> {
    return await evaluateCheck(check, (name) => this.node(name), signal)
  }

  #takeResults(checks: readonly Check[], results: readonly CheckResult[]): void {
    checks.forEach((check, index) => {
      const result = results[index]
      if (result) this.#results.set(check, result)
    })
    this.#changed()
    const step = stepCalled(this.lab, this.#record.value.currentStep)
    void this.#record
      .update((record) => withResults(record, step, this.#results))
      .catch((error: unknown) => this.#warn(error))
  }

  async #closeTerminalsOf(name: string): Promise<void> {
    const mine = this.terminals().filter((terminal) => terminal.node === name)
    await Promise.allSettled(mine.map((terminal) => this.#terminals.close(terminal.id)))
  }

  /** Runs after whatever is under way, whether that succeeded or not. */
  async #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work, work)
    this.#queue = result.catch(() => undefined)
    return await result
  }

  async #orBreak(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (this.#abort.signal.aborted) throw error
      this.#breakWith(error)
    }
  }

  #breakWith(error: unknown): void {
    this.#live.pause()
    this.#problem = problemOf(error)
    this.#become('broken', null)
  }

  #warn(error: unknown): void {
    this.#problem = problemOf(error)
    this.#changed()
  }

  #mustRun(): void {
    if (this.#state === 'running') return
    throw new CapstanError('session-state', `This lab is ${this.#state} just now.`, {
      help: 'Wait a moment and try again.',
    })
  }

  #become(state: SessionState, activity: string | null): void {
    this.#state = state
    this.#activity = activity
    this.#changed()
  }

  #changed(): void {
    this.#events.emit('change')
  }
}

/** These end every process in the node. */
const ENDS_SHELLS: ReadonlySet<NodeAction> = new Set(['stop', 'kill', 'restart'])
