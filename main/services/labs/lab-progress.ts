/** Keeps what was done in each lab: its steps, in one session or in several, and when all were done for the first time. */
import type { SessionSnapshot } from '../../../engine'
import { type LabProgress, progressIn, type Store } from '../../store'

const NONE: LabProgress = { stepsDone: 0, completedAt: null }

type Steps = readonly { readonly id: string }[]
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

  /** The ids of the steps that the student has ever done. */
  stepsDone({ id, steps }: { readonly id: string; readonly steps: Steps }): readonly string[] {
    return idsOf(this.of(id), steps)
  }

  /** Saves what was done in a session, when that is more than before. @returns whether something was saved */
  async keep(reached: Reached): Promise<boolean> {
    const { store, now, onError } = this.#options
    try {
      return await store.updateProgress(reached.labId, (saved) => withSession(saved, reached, now))
    } catch (error) {
      onError(error, reached.labId)
      return false
    }
  }
}

/** A step that was done in another session counts too, so that a lab can be done in parts. */
function withSession(
  saved: LabProgress | undefined,
  { steps, completed }: Reached,
  now: () => Date,
): LabProgress | undefined {
  const before = saved ?? NONE
  const known = idsOf(before, steps)
  const fresh = steps.filter(({ id, state }) => state === 'done' && !known.includes(id)).map(({ id }) => id)
  const all = [...known, ...fresh]
  const isComplete = completed || (fresh.length > 0 && steps.every(({ id }) => all.includes(id)))
  const completedAt = before.completedAt ?? (isComplete ? now().toISOString() : null)
  if (fresh.length === 0 && completedAt === before.completedAt) return saved
  return { stepsDone: Math.max(before.stepsDone, all.length), steps: all, completedAt }
}

/** Before the ids were kept, a lab always began with its first step. */
function idsOf({ steps, stepsDone }: LabProgress, all: Steps): readonly string[] {
  return steps ?? all.slice(0, stepsDone).map(({ id }) => id)
}
