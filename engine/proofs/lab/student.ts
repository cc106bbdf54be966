/** Plays a student: opens a session, types scripts into its terminals, waits for checks. */
import { randomBytes } from 'node:crypto'
import { CapstanError } from '../../../shared/errors'
import type { CheckResult } from '../../checks'
import type { Check, LoadedLab, LoadedStep, Task } from '../../labs'
import type { OuterEngine } from '../../outer'
import { LabSession, newRecord, type SessionRecords } from '../../session'
import { type Terminal, typeScript } from '../../terminal'
import type { TopologyPool } from '../../topology'

export interface StudentOptions {
  readonly engine: OuterEngine
  readonly topologies: TopologyPool
  readonly records: SessionRecords
  readonly lab: LoadedLab
  readonly signal: AbortSignal
}

/** Longest that one typed line may take. */
const LINE_LIMIT_MS = 60_000
const LOOK_AGAIN_MS = 200

export type Results = ReadonlyMap<Check, CheckResult>

export class Student {
  readonly session: LabSession
  readonly #options: StudentOptions
  readonly #terminals = new Map<string, Terminal>()
  readonly #used = new Set<string>()

  private constructor(session: LabSession, options: StudentOptions) {
    this.session = session
    this.#options = options
  }

  /** Starts a session of the lab with nodes of its own. */
  static async begin(options: StudentOptions): Promise<Student> {
    const { lab, records } = options
    const record = newRecord({ id: randomBytes(4).toString('hex'), lab, kind: 'verify' })
    const session = new LabSession({ ...options, record })
    await records.save(record)
    const student = new Student(session, options)
    await session.start()
    student.#mustBeWell()
    return student
  }

  /** Ids of the topologies that this student has had. */
  get used(): readonly string[] {
    return [...this.#used]
  }

  /** Gives the lab back for a fresh one, as the student's button does. */
  async reset(): Promise<void> {
    await this.session.reset()
    this.#mustBeWell()
  }

  /** @throws CapstanError when the session broke, with its own words */
  #mustBeWell(): void {
    const { problem, state } = this.session.snapshot()
    if (state === 'broken') throw new CapstanError('session-state', problem?.message ?? 'The session broke.')
    if (this.session.topologyId) this.#used.add(this.session.topologyId)
  }

  /** Types scripts as a student would, each into a terminal of its node. */
  async type(tasks: readonly Task[]): Promise<void> {
    for (const task of tasks) {
      if ('action' in task) {
        await this.session.switchNode(task.on, task.action)
        continue
      }
      const terminal = await this.#terminal(task.on)
      await typeScript(terminal, task.text, { limitMs: LINE_LIMIT_MS, signal: this.#options.signal })
    }
  }

  /** The results of the step that is open once they satisfy `until`, or the last ones when the time is over. */
  async look(
    step: LoadedStep,
    { until, limitMs }: { until: (results: Results) => boolean; limitMs: number },
  ): Promise<Results> {
    const end = performance.now() + limitMs
    for (;;) {
      const results = await this.#results(step)
      if (until(results) || performance.now() >= end) return results
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
      this.#options.signal.throwIfAborted()
    }
  }

  /** What the student sees; of a task, what only its grade would tell. */
  async #results(step: LoadedStep): Promise<Results> {
    if (this.#options.lab.kind === 'task') return await this.session.evaluateStep(step.id)
    return await this.session.check()
  }

  /** Takes a step by its solution; true when all its checks turned green in time. */
  async solve(step: LoadedStep): Promise<{ green: boolean; results: Results }> {
    await this.type(step.solution)
    const limitMs = Math.max(...step.checks.map((check) => check.within))
    const results = await this.look(step, { until: allGreen, limitMs })
    return { green: allGreen(results), results }
  }

  /** Goes on to the step; its predecessor must be done. */
  async open(step: LoadedStep): Promise<void> {
    await this.session.check()
    await this.session.openStep(step.id)
  }

  async leave(): Promise<void> {
    await this.session.stop()
  }

  async #terminal(node: string): Promise<Terminal> {
    const open = this.#terminals.get(node)
    if (open && this.session.terminals().includes(open)) return open
    const terminal = await this.session.openTerminal(node, { cols: 120, rows: 40 })
    this.#terminals.set(node, terminal)
    return terminal
  }
}

export function allGreen(results: Results): boolean {
  return results.size > 0 && [...results.values()].every((result) => result.state === 'green')
}

/** Green for what the step asks; guards are left out, they are green from the start. */
export function tasksGreen(results: Results): boolean {
  const tasks = [...results].filter(([check]) => !check.guard)
  return tasks.length > 0 && tasks.every(([, result]) => result.state === 'green')
}

/** The red checks in one sentence each. */
export function redOnes(results: Results): string {
  const red = [...results].filter(([, result]) => result.state !== 'green')
  return red.map(([check, result]) => `"${check.name}": ${result.explanation}`).join(' · ')
}
