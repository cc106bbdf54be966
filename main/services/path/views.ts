/** Paths as the page sees them, with what is done. */
import type { LoadedLab } from '../../../engine'
import type { LearningPath, PathStep } from '../../../exam'
import type { PathStepView, PathView } from '../../api'
import type { DoneAttempts, Tried } from './done'

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
    const title = `Mock exam, ${items} items`
    return { ...BARE, kind: 'mock', id: 'mock', title, minutes, ...passing(context.attempts.mock) }
  }
  const exam = context.handsOn.get(step.handsOn)
  if (!exam) return null
  const title = `Hands-on exam: ${exam.title}`
  const tried = context.attempts.handsOn.get(step.handsOn)
  return { ...BARE, kind: 'hands-on', id: step.handsOn, ...exam, title, ...passing(tried) }
}

/** Whoever has not passed an exam is not done with it. */
function passing(tried: Tried | null | undefined): Pick<PathStepView, 'done' | 'tried'> {
  const done = tried?.passed ?? false
  return { done, tried: done ? null : (tried?.percent ?? null) }
}

const BARE = { objectives: [], length: 0, waitsFor: [], minutes: null, tried: null }

function labStep(id: string, after: readonly string[], { labs, isDone }: PathContext): PathStepView | null {
  const lab = labs.find((one) => one.id === id)
  if (!lab) return null
  const { title, minutes, objectives } = lab
  const waitsFor = labs
    .filter((one) => after.includes(one.id) && !isDone(one.id))
    .map((one) => ({ id: one.id, title: one.title }))
  return { ...BARE, kind: 'lab', id, title, minutes, objectives: [...objectives], done: isDone(id), waitsFor }
}
