/** Hands-on exams: attempts as journals, a session of its own for each task, and grades that are looked up in its nodes. */
import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { CapstanError, type LoadedLab, type OuterEngine } from '../../../engine'
import {
  applyHandsOn,
  awaitingGrade,
  type Blueprint,
  domainOfTask,
  foldHandsOn,
  type HandsOnAttempt,
  type HandsOnEvent,
  type HandsOnExam,
  type HandsOnForm,
  isGraded,
  type ParsedHandsOn,
} from '../../../exam'
import type { HandsOnExamView, HandsOnResultView, HandsOnSummary, HandsOnView, StartHandsOn } from '../../api'
import type { JournalFolder } from '../../store'
import { Attempts } from '../attempts/attempts'
import type { Moment } from '../attempts/clock'
import type { Entry } from '../attempts/journal'
import type { OnProblem } from '../attempts/reader'
import { type HandsOnReader, handsOnReader } from './results'
import { TaskNodes, type TaskNodesOptions } from './task-nodes'
import { examView, handsOnView, resultView, summaryOf, type ViewContext } from './views'

export interface HandsOnOptions extends TaskNodesOptions {
  readonly exams: readonly (ParsedHandsOn & { readonly file: string })[]
  readonly blueprint: Blueprint
  readonly tasks: () => readonly LoadedLab[]
  /** Labs that teach. */
  readonly labs: () => readonly Pick<LoadedLab, 'id' | 'title' | 'objectives'>[]
  readonly journals: JournalFolder<Entry<HandsOnEvent>>
  /** Of journals that cannot be read. */
  readonly onProblem: OnProblem
  /** Null while there is none. */
  readonly engine: () => OuterEngine | null
  /** The clocks of the machine, unless told. */
  readonly now?: () => Moment
}

/** How soon nodes that could not be looked at are looked at again, such as after the engine went away; milliseconds. */
const REGRADE_MS = 3_000

export class HandsOnService {
  /** Every attempt that was ever begun. */
  readonly sittings: HandsOnReader
  readonly #options: HandsOnOptions
  readonly #attempts: Attempts<HandsOnAttempt, HandsOnEvent>
  readonly #nodes: TaskNodes
  readonly #watches = new Map<string, Set<() => void>>()
  /** Tasks that are being graded, as `attempt/task`. */
  readonly #grading = new Set<string>()
  #disposed = false

  constructor(options: HandsOnOptions) {
    this.#options = options
    this.sittings = handsOnReader(options.journals, options.onProblem)
    this.#nodes = new TaskNodes(options)
    this.#attempts = new Attempts({
      journals: options.journals,
      fold: foldHandsOn,
      apply: applyHandsOn,
      ...(options.now && { now: options.now }),
      timeUp: (at): HandsOnEvent => ({ kind: 'ended', at, by: 'time' }),
      onChange: (attempt) => {
        this.#gradeWhatIsIn(attempt)
        this.#tell(attempt.id)
      },
    })
  }

  async list(): Promise<{ exams: HandsOnExamView[]; attempts: HandsOnSummary[] }> {
    const context = this.#context()
    return {
      exams: this.#options.exams.map((parsed) => examView(parsed, context)),
      attempts: (await this.#attempts.list()).map((one) => summaryOf(one, context)),
    }
  }

  /** @throws CapstanError `not-found`, `lab-invalid`, `capability-missing`, `session-exists` while another one runs */
  async start({ examId, extraTime }: z.output<typeof StartHandsOn>): Promise<string> {
    const exam = this.#exam(examId)
    const running = (await this.#attempts.list()).find(({ attempt }) => !isGraded(attempt))
    if (running)
      throw new CapstanError('session-exists', `"${running.attempt.form.title}" is not over yet.`, {
        help: 'Go on with it, or end it and wait for its grades.',
      })
    const form = this.#formOf(exam)
    await this.#removeStrays()
    const id = randomBytes(6).toString('hex')
    const limit = form.minutes * 60_000 * extraTime
    await this.#attempts.begin(id, { kind: 'began', at: 0, attemptId: id, form, limit })
    const [first] = form.tasks
    if (first) this.#nodes.expect(first.id)
    return id
  }

  async view(id: string): Promise<HandsOnView> {
    const { attempt, at } = await this.#attempts.get(id)
    const timeLeft = attempt.endedBy ? 0 : Math.max(0, attempt.limit - at)
    return handsOnView(attempt, timeLeft, {
      ...this.#context(),
      sessionOf: (taskId) => this.#nodes.sessionOf(taskId),
    })
  }

  /** Emits the view now and at every change. @returns stops the watch */
  async watch(id: string, emit: (view: HandsOnView) => void): Promise<() => void> {
    emit(await this.view(id))
    const tell = () => void this.view(id).then(emit, () => undefined)
    const all = this.#watches.get(id) ?? new Set()
    this.#watches.set(id, all.add(tell))
    return () => void all.delete(tell)
  }

  /** Works on a task. The first time, and whenever its nodes have gone, it gets new ones. */
  async open(id: string, task: number): Promise<HandsOnView> {
    await this.#mustHave(id, task)
    const attempt = await this.#attempts.act(id, (at) => ({ kind: 'opened', at, task }))
    const taskId = attempt.form.tasks[task]?.id ?? ''
    if (!attempt.endedBy && attempt.tasks[task]?.state === 'open') await this.#nodes.give(taskId)
    this.#tell(id)
    return await this.view(id)
  }

  /** Has a task graded as its nodes are now. */
  async handIn(id: string, task: number): Promise<HandsOnView> {
    await this.#mustHave(id, task)
    await this.#attempts.act(id, (at) => ({ kind: 'handed-in', at, task }))
    return await this.view(id)
  }

  async end(id: string): Promise<HandsOnView> {
    await this.#attempts.act(id, (at) => ({ kind: 'ended', at, by: 'candidate' }))
    return await this.view(id)
  }

  /** @throws CapstanError `session-state` until everything is graded */
  async result(id: string): Promise<HandsOnResultView> {
    const dated = await this.#attempts.get(id)
    if (isGraded(dated.attempt)) return resultView(dated, this.#context())
    throw new CapstanError(
      'session-state',
      dated.attempt.endedBy ? 'This exam is still being graded.' : 'This exam is not over yet.',
      { help: dated.attempt.endedBy ? 'Wait a moment.' : 'Finish it first.' },
    )
  }

  /** The nodes are there again: goes on with what was running, grades what was handed in, removes what nobody needs. */
  async resume(): Promise<void> {
    for (const { attempt } of await this.#attempts.list()) this.#gradeWhatIsIn(attempt)
    await this.#removeStrays()
  }

  async dispose(): Promise<void> {
    this.#disposed = true
    await this.#attempts.dispose()
  }

  #exam(id: string): HandsOnExam {
    const parsed = this.#options.exams.find(({ exam }) => exam?.id === id)
    if (parsed?.exam) return parsed.exam
    throw new CapstanError('not-found', `There is no hands-on exam called "${id}".`, {
      help: 'Choose one from the list.',
    })
  }

  /** @throws CapstanError `lab-invalid`, `capability-missing` when its tasks cannot be set */
  #formOf(exam: HandsOnExam): HandsOnForm {
    const { problem, missing } = examView({ exam, problems: [] }, this.#context())
    if (problem) throw new CapstanError('lab-invalid', problem, { help: 'See `capstan bank lint`.' })
    if (missing.length > 0)
      throw new CapstanError('capability-missing', `This engine lacks ${missing.join(' and ')}.`, {
        help: 'Run `capstan doctor` to see why and what to do.',
      })
    const { id: examId, title, minutes, passMark } = exam
    const tasks = exam.tasks.flatMap(({ task, weight }) => {
      const lab = this.#task(task)
      return lab ? [formTask(lab, weight, this.#options.blueprint)] : []
    })
    return { examId, title, minutes, passMark, tasks }
  }

  #task(id: string): LoadedLab | undefined {
    return this.#options.tasks().find((task) => task.id === id)
  }

  /** @throws CapstanError `not-found` */
  async #mustHave(id: string, task: number): Promise<void> {
    const { attempt } = await this.#attempts.get(id)
    if (!attempt.form.tasks[task])
      throw new CapstanError('not-found', 'This exam has no such task.', { help: 'Reload the page.' })
  }

  #gradeWhatIsIn(attempt: HandsOnAttempt): void {
    for (const task of awaitingGrade(attempt)) {
      const key = `${attempt.id}/${task}`
      if (this.#grading.has(key)) continue
      this.#grading.add(key)
      void this.#gradeUntilDone(attempt, task).finally(() => this.#grading.delete(key))
    }
  }

  async #gradeUntilDone({ id, form }: HandsOnAttempt, task: number): Promise<void> {
    const { id: taskId, checks: asked } = form.tasks[task] ?? { id: '', checks: [] }
    while (!this.#disposed) {
      try {
        const checks = await this.#nodes.grade(taskId, asked)
        await this.#attempts.note(id, (at) => ({ kind: 'graded', at, task, checks }))
        return await this.#nodes.giveBack(taskId)
      } catch (error) {
        this.#options.onError(`task ${taskId} not graded yet`, error)
        await new Promise((resolve) => setTimeout(resolve, REGRADE_MS).unref())
      }
    }
  }

  /** Gives back the nodes of tasks that no attempt works on. */
  async #removeStrays(): Promise<void> {
    const needed = new Set<string>()
    for (const { attempt } of await this.#attempts.list()) {
      if (isGraded(attempt)) continue
      attempt.tasks.forEach(({ state, grade }, index) => {
        if (state !== 'new' && !grade) needed.add(attempt.form.tasks[index]?.id ?? '')
      })
    }
    await this.#nodes.keepOnly(needed)
  }

  #tell(id: string): void {
    for (const tell of this.#watches.get(id) ?? []) tell()
  }

  #context(): ViewContext {
    const { blueprint, tasks, labs, engine } = this.#options
    return { blueprint, tasks: tasks(), labs: labs(), engine: engine() }
  }
}

function formTask(lab: LoadedLab, weight: number, blueprint: Blueprint): HandsOnForm['tasks'][number] {
  const checks = lab.steps.flatMap((step) => step.checks)
  return {
    ...{ id: lab.id, title: lab.title, weight, objectives: [...lab.objectives] },
    domain: domainOfTask(lab.objectives, blueprint),
    checks: checks.map(({ name, on, guard, points }) => ({ name, node: on, guard, points })),
  }
}
