/** Keeps how far each lab was taken: the furthest step, and when it was completed for the first time. */
import type { SessionSnapshot } from '../../../engine'
import { type LabProgress, progressIn, type Store } from '../../store'

const NONE: LabProgress = { stepsDone: 0, completedAt: null }

type Reached = Pick<SessionSnapshot, 'labId' | 'steps' | 'completed'>

export interface LabProgressOptions {
  readonly store: Pick<Store, 'progress' | 'updateProgress'>
  readonly now: () => Date
  /** Called when progress could not be saved. */
  readonly onError: (error: unknown, labId: string) => void
}

export class LabProgressKeeper {
  readonly #options: LabProgressOptions

  constructor(options: LabProgressOptions) {
    this.#options = options
  }

  /** How far the lab was ever taken. */
  of(labId: string): LabProgress {
    return progressIn(this.#options.store.progress(), labId) ?? NONE
  }

  /** Saves how far a session is, when that is further than before. @returns whether something was saved */
  async keep({ labId, steps, completed }: Reached): Promise<boolean> {
    const { store, now, onError } = this.#options
    const done = steps.filter(({ state }) => state === 'done').length
    try {
      return await store.updateProgress(labId, (saved) => {
        const before = saved ?? NONE
        const stepsDone = Math.max(before.stepsDone, done)
        const completedAt = before.completedAt ?? (completed ? now().toISOString() : null)
        const isSame = stepsDone === before.stepsDone && completedAt === before.completedAt
        return isSame ? saved : { stepsDone, completedAt }
      })
    } catch (error) {
      onError(error, labId)
      return false
    }
  }
}
