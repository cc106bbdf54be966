/** The real exam that runs. While it does, nothing that could help with it may be begun or read. */
import type { Attempt } from '../../../exam'
import type { RunningExam } from '../../api'
import { type AttemptNow, type ExamName, examRuns } from '../attempts'
import { isSitting } from './closed-book'

const REAL_EXAM: ExamName = 'A real exam'

export interface SittingOptions {
  readonly attempts: {
    /** Every attempt that runs, of any mode. */
    underWay(): Promise<readonly Attempt[]>
    get(id: string): Promise<AttemptNow<Attempt>>
  }
}

export class Sitting {
  readonly #attempts: SittingOptions['attempts']

  constructor({ attempts }: SittingOptions) {
    this.#attempts = attempts
  }

  /** Its name; none or one. */
  async names(): Promise<ExamName[]> {
    return (await this.#now()).map(() => REAL_EXAM)
  }

  /** It with its time left; none or one. */
  async views(): Promise<RunningExam[]> {
    return await Promise.all(
      (await this.#now()).map(async ({ id, limit }) => {
        const { at } = await this.#attempts.get(id)
        return { kind: 'mock' as const, id, title: 'Mock exam', timeLeft: Math.max(0, (limit ?? at) - at) }
      }),
    )
  }

  /** Keys of other attempts may be keys of the exam that runs. @throws CapstanError `session-exists` */
  async requireOpenBooks(): Promise<void> {
    if ((await this.#now()).length > 0)
      throw examRuns(REAL_EXAM, 'Nothing else can be practised or looked up until it is. Finish it first.')
  }

  async #now(): Promise<Attempt[]> {
    return (await this.#attempts.underWay()).filter(isSitting)
  }
}
