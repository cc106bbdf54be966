/** The service of hands-on exams: begins them, gives tasks their nodes, has them graded and shows the results. */
import type { z } from 'zod'
import type { LoadedLab } from '../../../engine'
import {
  type Blueprint,
  foldHandsOn,
  type HandsOnAttempt,
  type HandsOnEvent,
  type HandsOnExam,
  isGraded,
} from '../../../exam'
import { CapstanError } from '../../../shared/errors'
import { Emitter } from '../../../shared/observable'
import {
  type HandsOnExamView,
  HandsOnResultView,
  type HandsOnSummary,
  type HandsOnView,
  type RunningExam,
  type StartHandsOn,
} from '../../api'
import {
  Archive,
  type AttemptNow,
  type Chance,
  type ExamName,
  ExamRoom,
  examRuns,
  type Journals,
  type Moment,
  type OnProblem,
  systemChance,
  Watches,
} from '../attempts'
import { type HandsOnAttempts, handsOnAttempts, type StoredHandsOn } from './attempts'
import { Grading } from './grading'
import { HandsOnScores } from './results'
import { TaskNodes, type TaskNodesOptions } from './task-nodes'
import { formOf } from './tasks'
import { type ExamFile, examView, handsOnView, resultView, summaryOf, type ViewContext } from './views'

export interface HandsOnOptions extends TaskNodesOptions {
  readonly exams: readonly ExamFile[]
  readonly blueprint: Blueprint
  readonly tasks: () => readonly LoadedLab[]
  /** Labs that teach. */
  readonly labs: () => ViewContext['labs']
  readonly journals: Journals<HandsOnEvent>
  readonly onProblem: OnProblem
  /** Names the capabilities that a lab needs and the engine lacks; none while there is no engine. */
  readonly missing: (lab: LoadedLab) => readonly string[]
  /** Shared with the real exams. Without it, only the hands-on exams of this service take turns. */
  readonly room?: ExamRoom
  readonly now?: () => Moment
  readonly chance?: Chance
  /** The pause before a task that could not be graded is tried again; milliseconds. */
  readonly gradeAgainMs?: number
}

export class HandsOnService {
  readonly #options: HandsOnOptions
  readonly #chance: Chance
  readonly #room: ExamRoom
  readonly #attempts: HandsOnAttempts
  /** The attempts with all their grades, on their way to another machine and from one. */
  readonly archive: Archive<HandsOnAttempt, HandsOnEvent>
  readonly #scores: HandsOnScores
  readonly #nodes: TaskNodes
  readonly #grading: Grading
  readonly #watches = new Watches<HandsOnView>()
  readonly #runningChanged = new Emitter()

  constructor(options: HandsOnOptions) {
    this.#options = options
    this.#chance = options.chance ?? systemChance
    this.#room = options.room ?? new ExamRoom(() => this.sitting())
    this.#scores = new HandsOnScores(options.blueprint)
    this.#nodes = new TaskNodes(options)
    this.#grading = new Grading({
      grade: (taskId, checks) => this.#nodes.grade(taskId, checks),
      giveBack: (taskId) => this.#nodes.giveBack(taskId),
      record: (id, task, { judgedAt, checks }) =>
        this.#attempts.recordLate(id, (at) => ({
          kind: 'graded',
          at,
          task,
          checks,
          judgedAt: judgedAt.toISOString(),
        })),
      onError: options.onError,
      againMs: options.gradeAgainMs,
    })
    this.#attempts = handsOnAttempts({
      journals: options.journals,
      onProblem: options.onProblem,
      onChange: (now) => {
        this.#grading.begin(now.attempt)
        this.#publish(now)
        if (now.attempt.endedBy) this.#runningChanged.emit()
      },
      now: options.now,
    })
    this.archive = new Archive({
      attempts: this.#attempts,
      journals: options.journals,
      fold: foldHandsOn,
      isOver: isGraded,
      leavesBehind: () => false,
      isNeeded: () => true,
      show: (now) => HandsOnResultView.parse(this.#resultOf(now)),
    })
  }

  async list(): Promise<{ exams: HandsOnExamView[]; attempts: HandsOnSummary[] }> {
    const context = this.#context()
    const attempts = await this.#attempts.list()
    return {
      exams: this.#options.exams.map((parsed) => examView(parsed, context)),
      attempts: attempts.map((now) =>
        summaryOf(now, isGraded(now.attempt) ? this.#scores.of(now.attempt) : null),
      ),
    }
  }

  /** Every attempt that can be read, as its journal has it, the oldest first. */
  async all(): Promise<StoredHandsOn[]> {
    return await this.#attempts.all()
  }

  /** @throws CapstanError `not-found`, `lab-invalid`, `capability-missing`, `session-exists` while another one runs */
  async start({ examId, extraTime }: z.output<typeof StartHandsOn>): Promise<string> {
    const exam = this.#exam(examId)
    return await this.#room.enter(async () => {
      await this.#requireGrades()
      const form = formOf(exam, this.#context())
      this.#nodes.beginAnew()
      await this.#removeStrays()
      const id = this.#chance.id()
      const limit = form.minutes * 60_000 * extraTime
      await this.#attempts.begin(id, { kind: 'began', at: 0, attemptId: id, form, limit })
      this.#runningChanged.emit()
      const [first] = form.tasks
      if (first) this.#nodes.expect(first.id)
      return id
    })
  }

  /** The hands-on exam that runs, by its name; none or one. */
  async sitting(): Promise<ExamName[]> {
    return (await this.#attempts.underWay()).map(({ form }) => `"${form.title}"`)
  }

  /** The hands-on exam that runs, with its time left; none or one. */
  async running(): Promise<RunningExam[]> {
    return await Promise.all(
      (await this.#attempts.underWay()).map(async ({ id, form, limit }) => {
        const { at } = await this.#attempts.get(id)
        return { kind: 'hands-on' as const, id, title: form.title, timeLeft: Math.max(0, limit - at) }
      }),
    )
  }

  /** @returns a function that stops the calls */
  onRunning(listener: () => void): () => void {
    return this.#runningChanged.on(listener)
  }

  async view(id: string): Promise<HandsOnView> {
    return this.#viewOf(await this.#attempts.get(id))
  }

  /** Emits the view now and at every change. @returns a function that stops the watch */
  async watch(id: string, emit: (view: HandsOnView) => void): Promise<() => void> {
    return await this.#watches.watch(id, emit, () => this.view(id))
  }

  /** Works on a task. It gets new nodes the first time, and whenever its nodes have gone. */
  async open(id: string, task: number): Promise<HandsOnView> {
    await this.#requireTask(id, task)
    const { attempt } = await this.#attempts.record(id, (at) => ({ kind: 'opened', at, task }))
    if (!attempt.endedBy && attempt.tasks[task]?.state === 'open') {
      await this.#nodes.give(attempt.form.tasks[task]?.id ?? '')
      this.#publish(await this.#attempts.get(id))
    }
    return await this.view(id)
  }

  /** Has a task graded as its nodes are now. */
  async handIn(id: string, task: number): Promise<HandsOnView> {
    await this.#requireTask(id, task)
    return this.#viewOf(await this.#attempts.record(id, (at) => ({ kind: 'handed-in', at, task })))
  }

  async end(id: string): Promise<HandsOnView> {
    return this.#viewOf(await this.#attempts.record(id, (at) => ({ kind: 'ended', at, by: 'candidate' })))
  }

  /** @throws CapstanError `session-state` until everything is graded, `session-exists` while another one runs */
  async result(id: string): Promise<HandsOnResultView> {
    const now = await this.#attempts.get(id)
    const { attempt } = now
    const [running] = await this.sitting()
    // Two exams may share a task, and a result shows how it is done.
    if (running && attempt.endedBy) throw examRuns(running, 'Finish it, then look at this result.')
    if (isGraded(attempt)) return this.#resultOf(now)
    throw new CapstanError(
      'session-state',
      attempt.endedBy ? 'This exam is still being graded.' : 'This exam is not over yet.',
      { help: attempt.endedBy ? 'Wait a moment.' : 'Finish it first.' },
    )
  }

  #resultOf(now: AttemptNow<HandsOnAttempt>): HandsOnResultView {
    return resultView(now, this.#scores.of(now.attempt), this.#context())
  }

  /**
   * Deletes an attempt that has all its grades.
   * @throws CapstanError `session-state` before, `session-exists` while an exam runs, `not-found`
   */
  async remove(id: string): Promise<void> {
    await this.#room.enter(() => this.#attempts.remove(id))
  }

  /**
   * The nodes are there again: grades the tasks that wait for it, lets the candidate into those that are open, and
   * removes the nodes that no attempt needs.
   */
  async resume(): Promise<void> {
    for (const { attempt } of await this.#attempts.list()) {
      this.#grading.begin(attempt)
      for (const taskId of openTasks(attempt)) this.#nodes.letIn(taskId)
    }
    await this.#removeStrays()
  }

  async dispose(): Promise<void> {
    this.#grading.dispose()
    await this.#attempts.dispose()
  }

  /** The nodes of an exam that still waits for grades are needed. @throws CapstanError `session-exists` */
  async #requireGrades(): Promise<void> {
    const waiting = (await this.#attempts.list()).find(({ attempt }) => !isGraded(attempt))
    if (waiting) throw examRuns(`"${waiting.attempt.form.title}"`, 'Wait for its grades.')
  }

  #exam(id: string): HandsOnExam {
    const parsed = this.#options.exams.find(({ exam }) => exam?.id === id)
    if (parsed?.exam) return parsed.exam
    throw new CapstanError('not-found', `There is no hands-on exam called "${id}".`, {
      help: 'Choose one from the list.',
    })
  }

  /** @throws CapstanError `not-found` */
  async #requireTask(id: string, task: number): Promise<void> {
    const { attempt } = await this.#attempts.get(id)
    if (!attempt.form.tasks[task])
      throw new CapstanError('not-found', 'This exam has no such task.', { help: 'Reload the page.' })
  }

  /** Gives back the nodes of tasks that no attempt works on. */
  async #removeStrays(): Promise<void> {
    const running = (await this.#attempts.list()).filter(({ attempt }) => !isGraded(attempt))
    const needed = running.flatMap(({ attempt }) =>
      attempt.tasks.flatMap(({ state, grade }, index) =>
        state !== 'new' && !grade ? (attempt.form.tasks[index]?.id ?? []) : [],
      ),
    )
    await this.#nodes.keepOnly(new Set(needed))
  }

  #publish(now: AttemptNow<HandsOnAttempt>): void {
    this.#watches.emit(now.attempt.id, () => this.#viewOf(now))
  }

  #viewOf(now: AttemptNow<HandsOnAttempt>): HandsOnView {
    return handsOnView(now, {
      ...this.#context(),
      sessionOf: (taskId) => this.#nodes.sessionOf(taskId),
    })
  }

  #context(): ViewContext {
    const { blueprint, tasks, labs, missing } = this.#options
    return { blueprint, tasks: tasks(), labs: labs(), missing }
  }
}

/** The tasks that a candidate may work on now. */
function openTasks({ form, tasks, endedBy }: HandsOnAttempt): string[] {
  if (endedBy) return []
  return tasks.flatMap(({ state }, index) => (state === 'open' ? (form.tasks[index]?.id ?? []) : []))
}
