/** The nodes of tasks in a hands-on exam: given when a task is begun, looked at when it is graded, then given back. */
import { CapstanError, isCapstanError, type LabSession, type SessionManager, settled } from '../../../engine'
import type { HandsOnForm, TaskGrade } from '../../../exam'

export interface TaskNodesOptions {
  /** Null while there is no engine. */
  readonly sessions: () => SessionManager | null
  /** Called before the nodes of a session are removed. */
  readonly onNodesGone: (sessionId: string) => Promise<void>
  readonly onError: (message: string, error: unknown) => void
}

type Checks = HandsOnForm['tasks'][number]['checks']

export class TaskNodes {
  readonly #options: TaskNodesOptions

  constructor(options: TaskNodesOptions) {
    this.#options = options
  }

  /** Id of the session that holds a task's nodes: there is one of each, as there is one exam at a time. */
  sessionOf(taskId: string): string | null {
    return this.#find(taskId)?.id ?? null
  }

  /** The task will probably be begun soon. */
  expect(taskId: string): void {
    this.#options.sessions()?.expect(taskId)
  }

  /** Gives the task nodes, unless it has some. @throws CapstanError `no-engine`, `capability-missing` */
  async give(taskId: string): Promise<void> {
    if (this.#find(taskId)) return
    try {
      await this.#sessions().start(taskId)
    } catch (error) {
      // Another window was faster.
      if (!isCapstanError(error, 'session-exists')) throw error
    }
  }

  /**
   * What the task's checks find, each with its patience. Nodes that are gone, or never came up, are red.
   * @throws CapstanError when there is no engine to look with: that is not the candidate's doing
   */
  async grade(taskId: string, checks: Checks): Promise<TaskGrade> {
    this.#sessions()
    const session = this.#find(taskId)
    if (!session) return allRed(checks, 'The nodes of this task are gone.')
    await settled(session)
    const { problem, state } = session.snapshot()
    if (state === 'broken' && problem && problem.code !== 'engine-gone')
      return allRed(checks, problem.message)
    const results = await session.grade()
    return results.map(({ state: colour, ...rest }) => ({ ...rest, green: colour === 'green' }))
  }

  async giveBack(taskId: string): Promise<void> {
    const session = this.#find(taskId)
    if (session) await this.#remove(session.id)
  }

  /** Gives back the nodes of all other tasks, such as those of one that was graded just before the app was killed. */
  async keepOnly(taskIds: ReadonlySet<string>): Promise<void> {
    const all = this.#options.sessions()?.list() ?? []
    const strays = all.filter(({ lab }) => lab.kind === 'task' && !taskIds.has(lab.id))
    await Promise.all(strays.map(({ id }) => this.#remove(id)))
  }

  #find(taskId: string): LabSession | undefined {
    const isGoing = ({ state }: LabSession) => state === 'stopping' || state === 'stopped'
    return this.#options
      .sessions()
      ?.list()
      .find((session) => session.lab.id === taskId && !isGoing(session))
  }

  #sessions(): SessionManager {
    const sessions = this.#options.sessions()
    if (sessions) return sessions
    throw new CapstanError('no-engine', 'The engine is not ready yet.', { help: 'Wait a moment.' })
  }

  async #remove(sessionId: string): Promise<void> {
    try {
      await this.#options.onNodesGone(sessionId)
      await this.#options.sessions()?.stop(sessionId)
    } catch (error) {
      this.#options.onError(`session ${sessionId} not removed`, error)
    }
  }
}

function allRed(checks: Checks, explanation: string): TaskGrade {
  return checks.map(({ name }) => ({ name, green: false, expected: '', found: '', explanation }))
}
