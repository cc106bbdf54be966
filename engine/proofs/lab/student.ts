/** Plays a student: works in a session, types scripts into its terminals, waits for checks. */
import { CapstanError } from '../../../shared/errors'
import { until } from '../../../shared/system/wait'
import type { LoadedLab, LoadedStep, NodeAction, ScriptStep } from '../../labs'
import type { SessionSnapshot } from '../../session'
import { allGreen, type Results } from './results'

/** The parts of a lab session that a student uses. */
export interface StudentSession {
  readonly topologyId: string | null
  start(): Promise<void>
  reset(): Promise<void>
  stop(): Promise<void>
  snapshot(): Pick<SessionSnapshot, 'state' | 'problem'>
  openStep(stepId: string): Promise<void>
  switchNode(node: string, action: NodeAction): Promise<void>
  check(): Promise<Results>
  evaluateStep(stepId: string): Promise<Results>
}

export interface StudentOptions {
  readonly lab: LoadedLab
  readonly session: StudentSession
  /** Types a script into a terminal of the node. */
  readonly type: (node: string, script: string) => Promise<void>
  readonly signal: AbortSignal
}

const LOOK_EVERY_MS = 200

export class Student {
  readonly #options: StudentOptions
  readonly #session: StudentSession
  readonly #topologies = new Set<string>()

  private constructor(options: StudentOptions) {
    this.#options = options
    this.#session = options.session
  }

  /**
   * Starts the session.
   * @throws CapstanError when the session breaks; its nodes are removed then
   */
  static async begin(options: StudentOptions): Promise<Student> {
    const student = new Student(options)
    try {
      await student.#session.start()
      student.#mustNotBeBroken()
      return student
    } catch (error) {
      // The reason why the session broke says more than a failure to remove it.
      await student.leave().catch(() => undefined)
      throw error
    }
  }

  /** Ids of the topologies that this student has had. */
  get topologies(): readonly string[] {
    return [...this.#topologies]
  }

  /** Swaps the nodes for fresh ones, as the student's button does. */
  async reset(): Promise<void> {
    await this.#session.reset()
    this.#mustNotBeBroken()
  }

  /** Goes on to the step; the step before it must be done. */
  async open(step: LoadedStep): Promise<void> {
    await this.#session.check()
    await this.#session.openStep(step.id)
  }

  /** Does a script as a student would: types into terminals, and uses the menus of nodes. */
  async perform(script: readonly ScriptStep[]): Promise<void> {
    for (const step of script) {
      if ('action' in step) await this.#session.switchNode(step.on, step.action)
      else await this.#options.type(step.on, step.text)
    }
  }

  /** Performs the solution of the open step. The step is solved when all its checks turn green in time. */
  async solve(step: LoadedStep): Promise<{ green: boolean; results: Results }> {
    await this.perform(step.solution)
    const results = await this.look(step, { isDone: allGreen, limitMs: patienceOf(step) })
    return { green: allGreen(results), results }
  }

  /** The results of the open step: the first ones that satisfy `isDone`, or the last ones when the time is over. */
  async look(
    step: LoadedStep,
    { isDone, limitMs }: { isDone: (results: Results) => boolean; limitMs: number },
  ): Promise<Results> {
    const { signal } = this.#options
    return await until(() => this.#results(step), { isDone, limitMs, everyMs: LOOK_EVERY_MS, signal })
  }

  /** The results of any step, open or not. */
  async evaluate(step: LoadedStep): Promise<Results> {
    return await this.#session.evaluateStep(step.id)
  }

  async leave(): Promise<void> {
    await this.#session.stop()
  }

  /** The results that the student sees. A task shows none, so its checks are evaluated as its grade would be. */
  async #results(step: LoadedStep): Promise<Results> {
    if (this.#options.lab.kind === 'task') return await this.evaluate(step)
    return await this.#session.check()
  }

  #mustNotBeBroken(): void {
    const { problem, state } = this.#session.snapshot()
    if (state === 'broken') throw new CapstanError('session-state', problem?.message ?? 'The session broke.')
    if (this.#session.topologyId) this.#topologies.add(this.#session.topologyId)
  }
}

/** How long the slowest check of the step may take to turn green, in milliseconds. */
export function patienceOf(step: LoadedStep): number {
  return Math.max(...step.checks.map((check) => check.within))
}
