/** Paths as the page sees them, with what is done. */
import type { LoadedLab } from '../../../engine'
import type { LearningPath, PathStep } from '../../../exam'
import type { PathStepView, PathView } from '../../api'

/** What has been done in attempts. Empty where the first page asks: it does not wait for them. */
export interface DoneAttempts {
  /** Objectives of items that were answered in drills that are over. */
  readonly drilled: ReadonlySet<string>
  readonly mock: boolean
  /** Ids of hands-on exams. */
  readonly handsOn: ReadonlySet<string>
}

export const NOTHING_DONE: DoneAttempts = { drilled: new Set(), mock: false, handsOn: new Set() }

type KnownLab = Pick<LoadedLab, 'id' | 'title' | 'minutes' | 'objectives'>

export interface PathContext {
  readonly labs: readonly KnownLab[]
  readonly isDone: (labId: string) => boolean
  readonly attempts: DoneAttempts
  /** Titles and minutes of the hands-on exams, by their ids. */
  readonly handsOn: ReadonlyMap<string, { readonly title: string; readonly minutes: number }>
  readonly exam: { readonly items: number; readonly minutes: number }
}

/** Minutes for an item of a drill. */
const MINUTES_PER_ITEM = 1.5

export function pathView(
  { id, title, summary, minutes, main, needs, steps }: LearningPath,
  all: readonly LearningPath[],
  context: PathContext,
): PathView {
  return {
    id,
    title,
    summary,
    minutes,
    main,
    needs: all.filter((one) => needs.includes(one.id)).map((one) => ({ id: one.id, title: one.title })),
    steps: steps.flatMap((step) => stepView(step, context) ?? []),
  }
}

/** Null for a step that there is nothing for, such as a lab that somebody has removed. */
function stepView(step: PathStep, context: PathContext): PathStepView | null {
  if ('lab' in step) return labStep(step.lab, step.after, context)
  if ('drill' in step) {
    const { drill: objectives, title, length } = step
    const done = objectives.every((one) => context.attempts.drilled.has(one))
    const minutes = Math.ceil(length * MINUTES_PER_ITEM)
    return { ...BARE, kind: 'drill', id: objectives.join('-'), title, minutes, objectives, length, done }
  }
  if ('exam' in step) {
    const { items, minutes } = context.exam
    const done = context.attempts.mock
    return { ...BARE, kind: 'mock', id: 'mock', title: `Mock exam, ${items} items`, minutes, done }
  }
  const exam = context.handsOn.get(step.handsOn)
  if (!exam) return null
  const done = context.attempts.handsOn.has(step.handsOn)
  return { ...BARE, kind: 'hands-on', id: step.handsOn, ...exam, title: `Hands-on exam: ${exam.title}`, done }
}

const BARE = { objectives: [], length: 0, waitsFor: [], minutes: null }

function labStep(id: string, after: readonly string[], { labs, isDone }: PathContext): PathStepView | null {
  const lab = labs.find((one) => one.id === id)
  if (!lab) return null
  const { title, minutes, objectives } = lab
  const waitsFor = labs
    .filter((one) => after.includes(one.id) && !isDone(one.id))
    .map((one) => ({ id: one.id, title: one.title }))
  return { ...BARE, kind: 'lab', id, title, minutes, objectives: [...objectives], done: isDone(id), waitsFor }
}
