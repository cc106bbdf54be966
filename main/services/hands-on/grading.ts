/** Grades tasks that were handed in: looks into their nodes until that succeeds, then gives the nodes back. */
import { setTimeout as sleep } from 'node:timers/promises'
import { awaitingGrade, type HandsOnAttempt, type HandsOnForm } from '../../../exam'
import type { TaskJudgement } from './task-nodes'

export interface GradingOptions {
  /**
   * Ends the candidate's work in the nodes of a task at once, then looks into them. It fails while there is no engine
   * to look with.
   */
  readonly grade: (taskId: string, checks: HandsOnForm['tasks'][number]['checks']) => Promise<TaskJudgement>
  readonly giveBack: (taskId: string) => Promise<void>
  /** Journals the grade of a task. */
  readonly record: (attemptId: string, task: number, judgement: TaskJudgement) => Promise<unknown>
  readonly onError: (message: string, error: unknown) => void
  /** The pause before nodes are looked at again after a failure, such as when the engine went away; milliseconds. */
  readonly againMs?: number | undefined
}

const AGAIN_MS = 3_000

export class Grading {
  readonly #options: GradingOptions
  /** Tasks that are being graded, as `attempt/task`. */
  readonly #underWay = new Set<string>()
  readonly #abort = new AbortController()

  constructor(options: GradingOptions) {
    this.#options = options
  }

  /** Begins to grade the tasks that wait for it. A task that is being graded already is left alone. */
  begin(attempt: HandsOnAttempt): void {
    for (const task of awaitingGrade(attempt)) {
      const key = `${attempt.id}/${task}`
      if (this.#underWay.has(key)) continue
      this.#underWay.add(key)
      void this.#untilGraded(attempt, task).finally(() => this.#underWay.delete(key))
    }
  }

  dispose(): void {
    this.#abort.abort()
  }

  async #untilGraded({ id, form }: HandsOnAttempt, task: number): Promise<void> {
    const { grade, giveBack, record, onError, againMs = AGAIN_MS } = this.#options
    const { signal } = this.#abort
    const { id: taskId, checks: asked } = form.tasks[task] ?? { id: '', checks: [] }
    while (!signal.aborted) {
      try {
        await record(id, task, await grade(taskId, asked))
        return await giveBack(taskId)
      } catch (error) {
        onError(`task ${taskId} not graded yet`, error)
        // The pause fails only when the service is disposed, and then the loop ends.
        await sleep(againMs, undefined, { signal, ref: false }).catch(() => undefined)
      }
    }
  }
}
