/** One run of a lab's proof: the way through, then each mistake on nodes of its own. */
import type { LoadedLab, LoadedMistake, LoadedStep } from '../../labs'
import { leftoversOf } from '../../topology'
import { differences, fingerprint } from './fingerprint'
import { type Share, shareOf } from './share'
import { allGreen, redOnes, Student, type StudentOptions, tasksGreen } from './student'
import { type Findings, type LabProofProblem, type LabVerdict, verdictOf } from './verdict'

export interface ProofOptions extends StudentOptions {
  /** Of the lab's mistakes. */
  readonly mistakes: Share
  readonly onProgress: (text: string) => void
}

/** A mistake must stay red for this long after it was made, in milliseconds. */
const STAYS_RED_MS = 700

/** Proves one lab once. Trouble with the engine is thrown; trouble with the lab is in the verdict. */
export async function proveOnce(options: ProofOptions): Promise<LabVerdict> {
  const started = performance.now()
  const findings: Findings = new Map()
  const report = (step: LoadedStep, problem: LabProofProblem) => {
    findings.set(step.id, [...(findings.get(step.id) ?? []), problem])
  }
  const { lab } = options
  const solved = await proveTheWay(options, report)
  // A mistake in a step that cannot be reached proves nothing.
  for (const mistake of shareOf(mistakesOf(lab.steps.slice(0, solved + 1)), options.mistakes)) {
    const { step } = mistake
    options.onProgress(`${step.id}: ${mistake.mistake.file}`)
    for (const problem of await proveMistake(options, mistake)) report(step, problem)
  }
  const stepIds = lab.steps.map((step) => step.id)
  return verdictOf({ id: lab.id, stepIds }, findings, (performance.now() - started) / 1000)
}

function mistakesOf(steps: readonly LoadedStep[]): MistakeCase[] {
  return steps.flatMap((step, index) =>
    step.mistakes.map((mistake) => ({ step, mistake, before: steps.slice(0, index) })),
  )
}

type Report = (step: LoadedStep, problem: LabProofProblem) => void

/** @returns how many steps the solutions solved */
async function proveTheWay(options: ProofOptions, report: Report): Promise<number> {
  const { lab } = options
  options.onProgress('starting')
  const student = await Student.begin(options)
  try {
    const before = await picture(options, student)
    const solved = await walk(options, student, report)
    if (solved === lab.steps.length) await proveReset(options, { student, before, report })
    return solved
  } finally {
    await student.leave()
    await proveNothingLeft(options, student, report)
  }
}

async function walk(options: ProofOptions, student: Student, report: Report): Promise<number> {
  const { lab } = options
  for (const [index, step] of lab.steps.entries()) {
    options.onProgress(`${step.id}: opening`)
    if (index > 0) await student.open(step)
    for (const problem of await startProblems(student, step)) report(step, problem)
    options.onProgress(`${step.id}: solution`)
    const { green, results } = await solveOrTell(student, step)
    if (!green) {
      report(step, { kind: 'solution-stays-red', message: results })
      return index
    }
    // A step with a set-up of its own is looked at when it opens: before that there is nothing to be red.
    for (const later of lab.steps.slice(index + 1).filter(({ setup }) => setup.length === 0)) {
      if (!tasksGreen(await student.session.evaluateStep(later.id))) continue
      report(later, {
        kind: 'later-step-green',
        message: `All checks of this step are green once "${step.id}" is done.`,
      })
    }
  }
  return lab.steps.length
}

async function solveOrTell(student: Student, step: LoadedStep): Promise<{ green: boolean; results: string }> {
  try {
    const { green, results } = await student.solve(step)
    return { green, results: redOnes(results) }
  } catch (error) {
    return { green: false, results: error instanceof Error ? error.message : String(error) }
  }
}

async function startProblems(student: Student, step: LoadedStep): Promise<LabProofProblem[]> {
  const results = await student.session.evaluateStep(step.id)
  return [...results].flatMap(([check, result]): LabProofProblem[] => {
    if (check.guard && result.state !== 'green') {
      return [
        {
          kind: 'solution-stays-red',
          message: `The guard "${check.name}" is not green when the step opens: ${result.explanation}`,
        },
      ]
    }
    if (!check.guard && result.state === 'green') {
      return [
        { kind: 'green-at-start', message: `"${check.name}" is green before the student has done anything.` },
      ]
    }
    return []
  })
}

interface MistakeCase {
  readonly step: LoadedStep
  readonly mistake: LoadedMistake
  readonly before: readonly LoadedStep[]
}

async function proveMistake(
  options: ProofOptions,
  { step, mistake, before }: MistakeCase,
): Promise<LabProofProblem[]> {
  const student = await Student.begin(options)
  try {
    for (const [index, earlier] of before.entries()) {
      if (index > 0) await student.open(earlier)
      const { green, results } = await solveOrTell(student, earlier)
      if (!green)
        return [{ kind: 'flake', message: `"${earlier.id}" was solved once, but not again: ${results}` }]
    }
    if (before.length > 0) await student.open(step)
    await student.type(mistake.script)
    return await judgeMistake(student, step, mistake)
  } finally {
    await student.leave()
  }
}

async function judgeMistake(
  student: Student,
  step: LoadedStep,
  mistake: LoadedMistake,
): Promise<LabProofProblem[]> {
  const results = await student.look(step, { until: allGreen, limitMs: STAYS_RED_MS })
  if (allGreen(results)) {
    return [{ kind: 'mistake-passes', message: `${mistake.file} turns the step green.` }]
  }
  if (!mistake.explains) return []
  const wanted = mistake.explains
  const told = (text: string) => text.includes(wanted)
  const limitMs = Math.max(...step.checks.map((check) => check.within))
  const last = await student.look(step, { until: (now) => told(redOnes(now)), limitMs })
  if (told(redOnes(last))) return []
  return [
    {
      kind: 'wrong-explanation',
      message: `${mistake.file} should be told "${wanted}", but is told: ${redOnes(last)}`,
    },
  ]
}

interface ResetCase {
  readonly student: Student
  readonly before: readonly string[]
  readonly report: Report
}

async function proveReset(options: ProofOptions, { student, before, report }: ResetCase): Promise<void> {
  options.onProgress('reset')
  const last = lastStep(options.lab)
  await student.reset()
  const changed = differences(before, await picture(options, student))
  if (changed.length > 0) {
    report(last, {
      kind: 'reset-leftover',
      message: `A reset does not give the start state again: ${changed.slice(0, 5).join('; ')}`,
    })
  }
}

async function picture(options: ProofOptions, student: Student): Promise<string[]> {
  const nodes = options.lab.nodes.map(({ name }) => student.session.node(name))
  return (await Promise.all(nodes.map((node) => fingerprint(options.engine, node)))).flat()
}

async function proveNothingLeft(options: ProofOptions, student: Student, report: Report): Promise<void> {
  const left = (await Promise.all(student.used.map((id) => leftoversOf(options.engine, id)))).flat()
  if (left.length === 0) return
  report(lastStep(options.lab), {
    kind: 'reset-leftover',
    message: `Left on the engine after the end: ${left.join(', ')}`,
  })
}

function lastStep(lab: LoadedLab): LoadedStep {
  const last = lab.steps.at(-1)
  if (!last) throw new RangeError(`${lab.id} has no steps`)
  return last
}
