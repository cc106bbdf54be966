/** The steps of one session: which one is open, what its checks find, and what help the student has read. */
import { CapstanError } from '../../shared/errors'
import type { CheckResult, evaluateCheck } from '../checks'
import type { Check, LoadedLab, LoadedStep } from '../labs'
import { doEarlierSteps, type EarlierStepsOptions } from './earlier-steps'
import { type Graded, gradeChecks } from './grade'
import { LiveChecks } from './live-checks'
import { runSetup } from './prepare'
import type { SavedRecord } from './saved-record'
import type { SessionNodes } from './session-nodes'
import type { SessionStatus } from './session-status'
import type { StepSnapshot } from './snapshot'
import {
  isJudgedOnce,
  isOpen,
  refuseExamTask,
  startOf,
  stepCalled,
  stepSnapshots,
  stepsBefore,
  withHint,
  withResults,
  withSolution,
} from './steps'

export interface SessionStepsOptions {
  readonly lab: LoadedLab
  readonly record: SavedRecord
  readonly nodes: SessionNodes
  readonly status: SessionStatus
  readonly evaluate: typeof evaluateCheck
}

export class SessionSteps {
  readonly #options: SessionStepsOptions
  readonly #live: LiveChecks
  #results = new Map<Check, CheckResult>()

  constructor(options: SessionStepsOptions) {
    this.#options = options
    this.#live = new LiveChecks({
      evaluate: (check, signal) => this.#evaluate(check, signal),
      onResults: (checks, results) => this.#takeResults(checks, results),
    })
  }

  snapshots(): StepSnapshot[] {
    const { lab, record } = this.#options
    // A task shows nothing of its checks before it is graded, not even their names.
    return isJudgedOnce(lab) ? [] : stepSnapshots(lab, record.value, this.#results)
  }

  get isCompleted(): boolean {
    const { lab, record } = this.#options
    return lab.steps.length > 0 && lab.steps.every(({ id }) => record.value.stepsDone.includes(id))
  }

  /** Goes back to the beginning of a step, on nodes on which nothing has been set up yet. */
  async startOver(stepId: string | null): Promise<void> {
    const { lab, record } = this.#options
    this.#results = new Map()
    await record.update((value) => ({
      ...value,
      ...startOf(lab, { stepId, earlier: value }),
      prepared: false,
    }))
  }

  /** Does what the steps before the current one ask for. @throws CapstanError when a solution does not solve its step */
  async doEarlier(
    by: Pick<EarlierStepsOptions, 'type' | 'switchNode' | 'onActivity' | 'signal'>,
  ): Promise<void> {
    const { lab, record } = this.#options
    await doEarlierSteps({
      ...by,
      steps: stepsBefore(lab, record.value.currentStep),
      prepare: (step) => this.#prepare(step, by.signal),
      evaluate: (step) => this.evaluateStep(step.id, by.signal),
    })
  }

  /** Opens the step that the record names, on the nodes that are there now. */
  async openCurrent(signal: AbortSignal): Promise<void> {
    const step = this.#current
    if (step) await this.#enter(step, signal)
  }

  /** Finds a step of a lab. @throws CapstanError `not-found`, or `session-state` for a task of an exam */
  find(stepId: string): LoadedStep {
    refuseExamTask(this.#options.lab)
    return stepCalled(this.#options.lab, stepId)
  }

  /** Opens the step after a done one, or goes back to an earlier one. @throws CapstanError `session-state` */
  async open(step: LoadedStep, signal: AbortSignal): Promise<void> {
    const { lab, record } = this.#options
    // The results that unlock the step may still be on their way to the disk.
    await record.settled()
    if (!isOpen(lab, record.value, step.id)) {
      throw new CapstanError('session-state', 'This step is still locked.', {
        help: 'Turn every check of the steps before it green first.',
      })
    }
    await this.#enter(step, signal)
  }

  async showHint(stepId: string): Promise<void> {
    const step = this.find(stepId)
    await this.#options.record.update((record) => withHint(record, step))
  }

  async showSolution(stepId: string): Promise<void> {
    const step = this.find(stepId)
    await this.#options.record.update((record) => withSolution(record, step))
  }

  /** Looks at the current step's checks. @returns the results of a look that began after the call */
  async check(): Promise<Map<Check, CheckResult>> {
    refuseExamTask(this.#options.lab)
    this.#options.status.assertRunning()
    if (!this.#current) return new Map()
    await this.#live.refresh()
    const checks = this.#current?.checks ?? []
    return new Map([...this.#results].filter(([check]) => checks.includes(check)))
  }

  /** Evaluates the checks of any step, open or not, without changing the session. */
  async evaluateStep(stepId: string, signal: AbortSignal): Promise<Map<Check, CheckResult>> {
    const { checks } = stepCalled(this.#options.lab, stepId)
    const results = checks.map(async (check) => [check, await this.#evaluate(check, signal)] as const)
    return new Map(await Promise.all(results))
  }

  /** Judges the checks of all steps. @throws CapstanError `session-state` unless the session runs to the end */
  async grade(signal: AbortSignal): Promise<Graded[]> {
    const { lab, status } = this.#options
    status.assertRunning()
    const checks = lab.steps.flatMap((step) => step.checks)
    const results = await gradeChecks(checks, (check, within) => this.#evaluate(check, within), signal)
    // Checks that asked an engine while it went away are red without the candidate's doing.
    status.assertRunning()
    return results.map((result, index) => ({ name: checks[index]?.name ?? '', ...result }))
  }

  /** Something in the nodes may have changed: the checks are looked at again soon. */
  lookSoon(): void {
    this.#live.lookSoon()
  }

  /** Something comes into being in the nodes: the checks are looked at once it may be there. */
  lookLater(): void {
    this.#live.lookLater()
  }

  /** Stops looking at the checks until the next step is opened. */
  pause(): void {
    this.#live.pause()
  }

  /** Null in a session without steps. */
  get #current(): LoadedStep | null {
    const { currentStep } = this.#options.record.value
    return currentStep === null ? null : stepCalled(this.#options.lab, currentStep)
  }

  async #enter(step: LoadedStep, signal: AbortSignal): Promise<void> {
    const { lab, record } = this.#options
    await this.#prepare(step, signal)
    await record.update((value) => ({ ...value, currentStep: step.id }))
    if (lab.kind === 'lab') this.#live.watch(step.checks)
  }

  /** Runs the set-up of a step, once. */
  async #prepare({ id, setup }: LoadedStep, signal: AbortSignal): Promise<void> {
    const { nodes, record } = this.#options
    if (record.value.stepsOpened.includes(id)) return
    await runSetup(setup, nodes.topology, signal)
    // The engine's event about a switched node would come too late for the student who reads the step.
    for (const part of setup) if ('action' in part) await nodes.look(part.on)
    await record.update((value) => ({ ...value, stepsOpened: [...value.stepsOpened, id] }))
  }

  async #evaluate(check: Check, signal: AbortSignal): Promise<CheckResult> {
    const { evaluate, nodes } = this.#options
    return await evaluate(check, (name) => nodes.get(name), signal)
  }

  #takeResults(checks: readonly Check[], results: readonly CheckResult[]): void {
    const { record, status } = this.#options
    checks.forEach((check, index) => {
      const result = results[index]
      if (result) this.#results.set(check, result)
    })
    status.changed()
    const step = this.#current
    if (!step) return
    void record
      .update((value) => withResults(value, step, this.#results))
      .catch((error: unknown) => status.warn(error))
  }
}
