/** What has been done in attempts, as far as paths ask for it. */
import type { Blueprint } from '../../../exam'
import { answersOf, type ExamsService, type StoredExam } from '../exams'
import { gradedOf, type HandsOnScores, type StoredHandsOn } from '../hands-on'

/** The tries of one exam. */
export interface Tried {
  /** Whether any of them was passed. */
  readonly passed: boolean
  /** Per cent of the last one. */
  readonly percent: number
}

export interface DoneAttempts {
  /** Objectives of items that were answered in drills that are over. */
  readonly drilled: ReadonlySet<string>
  /** Mock exams of full length. */
  readonly mock: Tried | null
  /** Hands-on exams by their ids. */
  readonly handsOn: ReadonlyMap<string, Tried>
}

/** Where the first page asks: it does not wait for attempts. */
export const NOTHING_DONE: DoneAttempts = { drilled: new Set(), mock: null, handsOn: new Map() }

export interface DoneSources {
  readonly exams: Pick<ExamsService, 'all' | 'scoreOf'>
  readonly handsOn: { all(): Promise<readonly StoredHandsOn[]> }
  /** Kept from one call to the next, because an attempt is scored once. */
  readonly scores: HandsOnScores
  readonly blueprint: Blueprint
}

export async function doneAttempts({
  exams,
  handsOn,
  scores,
  blueprint,
}: DoneSources): Promise<DoneAttempts> {
  const over = (await exams.all()).filter(({ attempt }) => attempt.endedBy !== null)
  const graded = gradedOf(await handsOn.all(), scores)
  return {
    drilled: new Set(over.flatMap((stored) => drilledIn(stored, exams))),
    mock: over
      .filter(({ attempt }) => attempt.mode === 'real' && attempt.form.items.length >= blueprint.exam.items)
      .reduce<Tried | null>((before, { attempt }) => {
        const { passed, total } = exams.scoreOf(attempt)
        return tried(before, passed, total.percent)
      }, null),
    handsOn: graded.reduce((all, { attempt: { form }, result: { passed, percent } }) => {
      const before = all.get(form.examId) ?? null
      return all.set(form.examId, tried(before, passed, percent))
    }, new Map<string, Tried>()),
  }
}

function drilledIn(stored: StoredExam, exams: DoneSources['exams']): string[] {
  if (stored.attempt.mode === 'real') return []
  // A question of the person's own may ask anything, whatever objective it names.
  return answersOf(stored, exams.scoreOf(stored.attempt)).flatMap(({ objectives, own }) =>
    own ? [] : objectives,
  )
}

/** Attempts come in the order in which they were taken. */
function tried(before: Tried | null, passed: boolean, percent: number): Tried {
  return { passed: passed || (before?.passed ?? false), percent }
}
