/** The nodes of tasks in a hands-on exam: a task gets them when it is begun, and gives them back when it is graded. */
import { type LabSession, type LoadedLab, type SessionSnapshot, settled } from '../../../engine'
import type { HandsOnForm, TaskGrade } from '../../../exam'
import { CapstanError, isCapstanError } from '../../../shared/errors'

/** The part of a session that is used here. */
export interface TaskSession extends Pick<LabSession, 'id' | 'state' | 'onChange' | 'grade'> {
  readonly gate: Pick<LabSession['gate'], 'shut' | 'open'>
  readonly lab: Pick<LoadedLab, 'id' | 'kind'>
  snapshot(): Pick<SessionSnapshot, 'state' | 'problem'>
}

/** The part of the session manager that is used here. */
export interface TaskSessions {
  list(): readonly TaskSession[]
  start(taskId: string): Promise<unknown>
  stop(sessionId: string): Promise<void>
  expect(taskId: string): void
}

export interface TaskNodesOptions {
  /** Null while there is no engine. */
  readonly sessions: () => TaskSessions | null
  readonly onError: (message: string, error: unknown) => void
}

type Checks = HandsOnForm['tasks'][number]['checks']

/** What the nodes of a task looked like when they were judged. */
export interface TaskJudgement {
  readonly judgedAt: Date
  readonly checks: TaskGrade
}

export class TaskNodes {
  readonly #options: TaskNodesOptions
  /** Tasks that take no more work. It is known before any wait, so that no call of another window comes between. */
  readonly #handedIn = new Set<string>()

  constructor(options: TaskNodesOptions) {
    this.#options = options
  }

  /** Id of the session that holds a task's nodes. There is at most one, because one exam runs at a time. */
  sessionOf(taskId: string): string | null {
    return this.#find(taskId)?.id ?? null
  }

  /** The task will probably be begun soon: its nodes may be made ready. */
  expect(taskId: string): void {
    this.#options.sessions()?.expect(taskId)
  }

  /** Another exam begins, perhaps with tasks that were handed in before. */
  beginAnew(): void {
    this.#handedIn.clear()
  }

  /**
   * Gives the task nodes, unless it has some, and lets the candidate into them. A task that was handed in gets none.
   * @throws CapstanError `no-engine`, `capability-missing`
   */
  async give(taskId: string): Promise<void> {
    if (this.letIn(taskId) || this.#handedIn.has(taskId)) return
    try {
      await this.#sessions().start(taskId)
    } catch (error) {
      // Another window was faster.
      if (!isCapstanError(error, 'session-exists')) throw error
    }
    // The time was up meanwhile: there is nothing in these nodes to judge.
    if (this.#handedIn.has(taskId)) await this.giveBack(taskId)
  }

  /** Lets the candidate into nodes that an earlier process has left. @returns false when there are none */
  letIn(taskId: string): boolean {
    const session = this.#find(taskId)
    if (!session) return false
    if (!this.#handedIn.has(taskId)) session.gate.open()
    return true
  }

  /** The task takes no more work from this moment on, whether or not an engine answers. */
  shut(taskId: string): void {
    this.#handedIn.add(taskId)
    this.#find(taskId)?.gate.shut()
  }

  /**
   * Ends the candidate's work, then lets the task's checks look, each with its patience. When the nodes are gone,
   * never came up, or hold work that cannot be ended, every check is red.
   * @throws CapstanError when there is no engine to look with, which is not the candidate's doing
   */
  async grade(taskId: string, checks: Checks): Promise<TaskJudgement> {
    this.shut(taskId)
    this.#sessions()
    const session = this.#find(taskId)
    if (!session) return allRed(checks, 'The nodes of this task are gone.')
    await settled(session)
    const { problem, state } = session.snapshot()
    if (state === 'broken' && problem && problem.code !== 'engine-gone')
      return allRed(checks, problem.message)
    return await judge(session, checks)
  }

  async giveBack(taskId: string): Promise<void> {
    const session = this.#find(taskId)
    if (session) await this.#stop(session.id)
  }

  /** Gives back the nodes of all other tasks, such as of a task that was graded just before the app was killed. */
  async keepOnly(taskIds: ReadonlySet<string>): Promise<void> {
    const all = this.#options.sessions()?.list() ?? []
    const strays = all.filter(({ lab }) => lab.kind === 'task' && !taskIds.has(lab.id))
    await Promise.all(strays.map(({ id }) => this.#stop(id)))
  }

  #find(taskId: string): TaskSession | undefined {
    const isLeaving = ({ state }: TaskSession) => state === 'stopping' || state === 'stopped'
    return this.#options
      .sessions()
      ?.list()
      .find((session) => session.lab.id === taskId && !isLeaving(session))
  }

  #sessions(): TaskSessions {
    const sessions = this.#options.sessions()
    if (sessions) return sessions
    throw new CapstanError('no-engine', 'The engine is not ready yet.', { help: 'Wait a moment.' })
  }

  async #stop(sessionId: string): Promise<void> {
    try {
      await this.#options.sessions()?.stop(sessionId)
    } catch (error) {
      this.#options.onError(`session ${sessionId} not removed`, error)
    }
  }
}

async function judge(session: TaskSession, checks: Checks): Promise<TaskJudgement> {
  try {
    const { judgedAt, checks: results } = await session.grade()
    const grades = results.map(({ state: colour, ...rest }) => ({ ...rest, green: colour === 'green' }))
    return { judgedAt, checks: grades }
  } catch (error) {
    // Only the candidate can have started it, and no other try would end it.
    if (isCapstanError(error, 'work-goes-on')) return allRed(checks, error.message)
    throw error
  }
}

function allRed(checks: Checks, explanation: string): TaskJudgement {
  const grades = checks.map(({ name }) => ({ name, green: false, expected: '', found: '', explanation }))
  return { judgedAt: new Date(), checks: grades }
}
