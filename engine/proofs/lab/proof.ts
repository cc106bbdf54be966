/** Runs a lab's proof once: the way through, then each mistake on nodes of its own. */
import type { LoadedLab, LoadedMistake, LoadedStep } from '../../labs'
import { type Share, shareOf } from '../share'
import { differences } from './fingerprint'
import { allGreen, askedGreen, redOnes } from './results'
import { patienceOf, type Student } from './student'
import type { Trial } from './trial'
import { type Findings, type LabProofProblem, type LabVerdict, verdictOf } from './verdict'

export interface ProofOptions {
  readonly lab: LoadedLab
  /** Which of the lab's mistakes are made. */
  readonly mistakes: Share
  /** Begins a trial on fresh nodes. */
  readonly begin: () => Promise<Trial>
  readonly onProgress: (text: string) => void
  readonly signal: AbortSignal
  /** For how long a mistake must stay red after it was made, in milliseconds. */
  readonly staysRedMs?: number
}

const STAYS_RED_MS = 700
/** How many differences after a reset a message names. */
const MOST_DIFFERENCES = 5

type Report = (step: LoadedStep, problem: LabProofProblem) => void

/** Proves one lab once. Trouble with the engine is thrown; trouble with the lab is in the verdict. */
export async function proveOnce(options: ProofOptions): Promise<LabVerdict> {
  const started = performance.now()
  const findings: Findings = new Map()
  const report: Report = (step, problem) => {
    findings.set(step.id, [...(findings.get(step.id) ?? []), problem])
  }
  const { lab } = options
  const solved = await proveWay(options, report)
  // A mistake in a step that cannot be reached proves nothing.
  for (const attempt of shareOf(mistakesOf(lab.steps.slice(0, solved + 1)), options.mistakes)) {
    options.onProgress(`${attempt.step.id}: ${attempt.mistake.file}`)
    for (const problem of await proveMistake(options, attempt)) report(attempt.step, problem)
  }
  const stepIds = lab.steps.map((step) => step.id)
  return verdictOf({ id: lab.id, stepIds }, findings, (performance.now() - started) / 1000)
}

/** Proves the way from the first step to the last, and the reset. @returns how many steps the solutions solved */
async function proveWay(options: ProofOptions, report: Report): Promise<number> {
  options.onProgress('starting')
  const trial = await options.begin()
  try {
    const before = await trial.picture()
    const solved = await proveSteps(options, trial.student, report)
    if (solved === options.lab.steps.length) {
      options.onProgress('reset')
      for (const problem of await resetProblems(trial, before)) report(lastStep(options.lab), problem)
    }
    return solved
  } finally {
    await trial.student.leave()
    for (const problem of await leftoverProblems(trial)) report(lastStep(options.lab), problem)
  }
}

/** Goes from step to step until a solution fails. @returns how many steps the solutions solved */
async function proveSteps(options: ProofOptions, student: Student, report: Report): Promise<number> {
  const { steps } = options.lab
  for (const [index, step] of steps.entries()) {
    options.onProgress(`${step.id}: opening`)
    if (index > 0) await student.open(step)
    for (const problem of await startProblems(student, step)) report(step, problem)
    options.onProgress(`${step.id}: solution`)
    const red = await trySolution(options, student, step)
    if (red !== null) {
      report(step, { kind: 'solution-stays-red', message: red })
      return index
    }
    await proveLaterSteps(student, { done: step, later: steps.slice(index + 1) }, report)
  }
  return steps.length
}

/** Finds checks that are green when a step opens, and guards that are not. */
async function startProblems(student: Student, step: LoadedStep): Promise<LabProofProblem[]> {
  const results = await student.evaluate(step)
  return [...results].flatMap(([check, { state, explanation }]): LabProofProblem[] => {
    if (check.guard === (state === 'green')) return []
    if (!check.guard) {
      const message = `"${check.name}" is green before the student has done anything.`
      return [{ kind: 'green-at-start', message }]
    }
    const message = `The guard "${check.name}" is not green when the step opens: ${explanation}`
    return [{ kind: 'solution-stays-red', message }]
  })
}

/** Performs the solution. @returns null when the step turned green, otherwise what is still red */
async function trySolution(
  { signal }: ProofOptions,
  student: Student,
  step: LoadedStep,
): Promise<string | null> {
  try {
    const { green, results } = await student.solve(step)
    return green ? null : redOnes(results)
  } catch (error) {
    // A proof that was cancelled says nothing about the lab.
    signal.throwIfAborted()
    return error instanceof Error ? error.message : String(error)
  }
}

async function proveLaterSteps(
  student: Student,
  { done, later }: { done: LoadedStep; later: readonly LoadedStep[] },
  report: Report,
): Promise<void> {
  // A step with a set-up is evaluated when it opens: before its set-up there is nothing that could be red.
  for (const step of later.filter(({ setup }) => setup.length === 0)) {
    if (!askedGreen(await student.evaluate(step))) continue
    const message = `All checks of this step are green once "${done.id}" is done.`
    report(step, { kind: 'later-step-green', message })
  }
}

async function resetProblems(
  { student, picture }: Trial,
  before: readonly string[],
): Promise<LabProofProblem[]> {
  await student.reset()
  const changed = differences(before, await picture())
  if (changed.length === 0) return []
  const shown = changed.slice(0, MOST_DIFFERENCES).join('; ')
  return [{ kind: 'reset-leftover', message: `A reset does not give the start state again: ${shown}` }]
}

async function leftoverProblems({ leftovers }: Trial): Promise<LabProofProblem[]> {
  const left = await leftovers()
  if (left.length === 0) return []
  return [{ kind: 'reset-leftover', message: `Left on the engine after the end: ${left.join(', ')}` }]
}

/** A mistake, with the step that it is made in and the steps that lead there. */
interface MistakeCase {
  readonly step: LoadedStep
  readonly mistake: LoadedMistake
  readonly before: readonly LoadedStep[]
}

function mistakesOf(steps: readonly LoadedStep[]): MistakeCase[] {
  return steps.flatMap((step, index) =>
    step.mistakes.map((mistake) => ({ step, mistake, before: steps.slice(0, index) })),
  )
}

async function proveMistake(options: ProofOptions, attempt: MistakeCase): Promise<LabProofProblem[]> {
  const { step, mistake, before } = attempt
  const { student } = await options.begin()
  try {
    for (const [index, earlier] of before.entries()) {
      if (index > 0) await student.open(earlier)
      const red = await trySolution(options, student, earlier)
      if (red === null) continue
      return [{ kind: 'flake', message: `"${earlier.id}" was solved once, but not again: ${red}` }]
    }
    if (before.length > 0) await student.open(step)
    await student.perform(mistake.script)
    return await judgeMistake(options, student, attempt)
  } finally {
    await student.leave()
  }
}

async function judgeMistake(
  { staysRedMs = STAYS_RED_MS }: ProofOptions,
  student: Student,
  { step, mistake: { file, explains } }: MistakeCase,
): Promise<LabProofProblem[]> {
  if (allGreen(await student.look(step, { isDone: allGreen, limitMs: staysRedMs }))) {
    return [{ kind: 'mistake-passes', message: `${file} turns the step green.` }]
  }
  if (!explains) return []
  const last = await student.look(step, {
    isDone: (results) => redOnes(results).includes(explains),
    limitMs: patienceOf(step),
  })
  const explanation = redOnes(last)
  if (explanation.includes(explains)) return []
  const message = `${file} should get the explanation "${explains}", but gets: ${explanation}`
  return [{ kind: 'wrong-explanation', message }]
}

function lastStep(lab: LoadedLab): LoadedStep {
  const last = lab.steps.at(-1)
  if (!last) throw new RangeError(`${lab.id} has no steps`)
  return last
}
