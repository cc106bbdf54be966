/** Keeps how far each lab was taken: the furthest step, and when it was completed for the first time. */
import type { SessionSnapshot } from '../../../engine'
import type { LabProgress, Store } from '../../store'

type Reached = Pick<SessionSnapshot, 'labId' | 'steps' | 'completed'>

export interface LabProgressOptions {
  readonly store: Pick<Store, 'progress' | 'saveProgress'>
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
    const all = this.#options.store.progress()
    // A lab may be called "constructor".
    const kept = Object.hasOwn(all, labId) ? all[labId] : undefined
    return kept ?? { stepsDone: 0, completedAt: null }
  }

  /** Saves how far a session is, when that is further than before. @returns whether something was saved */
  async keep({ labId, steps, completed }: Reached): Promise<boolean> {
    const { store, now, onError } = this.#options
    const before = this.of(labId)
    const stepsDone = Math.max(before.stepsDone, steps.filter(({ state }) => state === 'done').length)
    const completedAt = before.completedAt ?? (completed ? now().toISOString() : null)
    if (stepsDone === before.stepsDone && completedAt === before.completedAt) return false
    try {
      await store.saveProgress(labId, { stepsDone, completedAt })
      return true
    } catch (error) {
      onError(error, labId)
      return false
    }
  }
}
