/** The findings of a proof. The kinds of problems are part of the command line's contract. */

export type ProblemKind =
  | 'green-at-start'
  | 'solution-stays-red'
  | 'mistake-passes'
  | 'wrong-explanation'
  | 'later-step-green'
  | 'reset-leftover'
  | 'format'
  | 'flake'

export interface LabProofProblem {
  readonly kind: ProblemKind
  readonly message: string
}

export interface StepVerdict {
  readonly id: string
  readonly ok: boolean
  readonly problems: readonly LabProofProblem[]
}

export interface LabVerdict {
  readonly id: string
  readonly ok: boolean
  /** The reason why the lab was not proven here, or false. */
  readonly skipped: string | false
  readonly seconds: number
  readonly steps: readonly StepVerdict[]
}

/** Problems by step id. A problem that belongs to no step is listed under the lab's last one. */
export type Findings = Map<string, LabProofProblem[]>

export function verdictOf(
  lab: { id: string; stepIds: readonly string[] },
  findings: Findings,
  seconds: number,
): LabVerdict {
  const steps = lab.stepIds.map((id) => {
    const problems = findings.get(id) ?? []
    return { id, ok: problems.length === 0, problems }
  })
  return { id: lab.id, ok: steps.every((step) => step.ok), skipped: false, seconds: round(seconds), steps }
}

export function skippedVerdict(id: string, reason: string): LabVerdict {
  return { id, ok: true, skipped: reason, seconds: 0, steps: [] }
}

/** Merges the verdicts of several runs. A problem that not every run found is reported as a flake. */
export function mergeRuns(runs: readonly LabVerdict[]): LabVerdict {
  const [first, ...others] = runs
  if (!first) throw new RangeError('mergeRuns needs a run')
  const steps = first.steps.map((step, index) => {
    const perRun = [step, ...others.map((run) => run.steps[index] ?? step)].map(({ problems }) => problems)
    return mergeStep(step.id, perRun)
  })
  const seconds = round(runs.reduce((sum, run) => sum + run.seconds, 0))
  return { ...first, ok: steps.every((step) => step.ok), seconds, steps }
}

function mergeStep(id: string, perRun: readonly (readonly LabProofProblem[])[]): StepVerdict {
  const count = new Map<string, { problem: LabProofProblem; runs: number }>()
  for (const problems of perRun) {
    for (const problem of problems) {
      const seen = count.get(problem.kind) ?? { problem, runs: 0 }
      count.set(problem.kind, { ...seen, runs: seen.runs + 1 })
    }
  }
  const problems = [...count.values()].map(({ problem, runs }) =>
    runs >= perRun.length ? problem : flake(problem, runs, perRun.length),
  )
  return { id, ok: problems.length === 0, problems }
}

function flake(problem: LabProofProblem, runs: number, of: number): LabProofProblem {
  return { kind: 'flake', message: `In ${runs} of ${of} runs: ${problem.kind}: ${problem.message}` }
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10
}
