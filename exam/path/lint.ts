/** Checks of paths that a schema cannot make: unknown names, orders that cannot be kept, labs in no path. */
import type { FileProblem } from '../../shared/files'
import type { Blueprint } from '../blueprint'
import { cycleIn } from './cycle'
import { type PathText, parsePath, pathSource } from './parse'
import type { LearningPath, PathStep } from './schema'

export interface PathLintOptions {
  /** The labs that ship. */
  readonly labs: readonly { readonly id: string; readonly minutes: number }[]
  /** Ids of the hands-on exams. */
  readonly handsOn: readonly string[]
  readonly blueprint: Blueprint
}

type Report = (place: readonly PropertyKey[], message: string, help: string) => void

/** Errors of all paths, including those of their format. */
export function lintPaths(files: readonly PathText[], options: PathLintOptions): FileProblem[] {
  const parsed = files.map((file) => ({ file, ...parsePath(file) }))
  const paths = parsed.flatMap(({ path }) => path ?? [])
  const problems = parsed.flatMap(({ file, path, problems: own }) => {
    if (!path) return own
    const found: FileProblem[] = []
    const source = pathSource(file)
    const report: Report = (place, message, help) => found.push(source.problem(place, message, { help }))
    lintNeeds(path, paths, report)
    lintSteps(path, options, report)
    return found
  })
  return [...problems, ...lintTogether(files, paths, options)]
}

function lintNeeds({ id, needs }: LearningPath, paths: readonly LearningPath[], report: Report): void {
  const known = paths.map((one) => one.id)
  for (const [index, need] of needs.entries())
    if (!known.includes(need))
      report(['needs', index], `There is no path "${need}".`, `There are ${known.join(', ')}.`)
  const cycle = cycleIn(id, new Map(paths.map((one) => [one.id, one.needs])))
  if (cycle) report(['needs'], `The paths wait for each other: ${cycle.join(', ')}.`, 'Take one need out.')
}

function lintSteps({ steps, minutes }: LearningPath, options: PathLintOptions, report: Report): void {
  const before = new Set<string>()
  for (const [index, step] of steps.entries()) {
    lintNames(step, options, (place, ...rest) => report(['steps', index, ...place], ...rest))
    if (!('lab' in step)) continue
    if (before.has(step.lab))
      report(['steps', index, 'lab'], `"${step.lab}" is in this path twice.`, 'Take one of them out.')
    for (const [at, id] of step.after.entries())
      if (!before.has(id))
        report(
          ['steps', index, 'after', at],
          `"${step.lab}" comes after "${id}", which is no earlier step of this path.`,
          'Put that lab before this one, or take it out here.',
        )
    before.add(step.lab)
  }
  const sum = options.labs.reduce((all, lab) => all + (before.has(lab.id) ? lab.minutes : 0), 0)
  if (sum > minutes)
    report(
      ['minutes'],
      `The labs alone take ${sum} minutes by what they say themselves.`,
      'Say more minutes.',
    )
}

function lintNames(step: PathStep, { labs, handsOn, blueprint }: PathLintOptions, report: Report): void {
  if ('lab' in step && !labs.some(({ id }) => id === step.lab))
    report(['lab'], `There is no lab "${step.lab}".`, 'Write the name of its folder in labs/<domain>/.')
  if ('handsOn' in step && !handsOn.includes(step.handsOn))
    report(['handsOn'], `There is no hands-on exam "${step.handsOn}".`, `There are ${handsOn.join(', ')}.`)
  if (!('drill' in step)) return
  for (const [index, id] of step.drill.entries())
    if (!blueprint.objectives.some((one) => one.id === id))
      report(['drill', index], `There is no objective "${id}".`, 'See questions/blueprint.yaml.')
}

const CIRCLE = 'Look for them under "after" in all paths, and take one out.'

/** Two paths may order the same labs in ways that contradict each other. */
function circleOfLabs(paths: readonly LearningPath[]): string[] | null {
  const waitsFor = new Map<string, string[]>()
  for (const step of paths.flatMap(({ steps }) => steps))
    if ('lab' in step) waitsFor.set(step.lab, [...(waitsFor.get(step.lab) ?? []), ...step.after])
  for (const id of waitsFor.keys()) {
    const circle = cycleIn(id, waitsFor)
    if (circle) return circle
  }
  return null
}

/** What concerns all paths is told at the first one. */
function lintTogether(
  [first]: readonly PathText[],
  paths: readonly LearningPath[],
  { labs }: PathLintOptions,
): FileProblem[] {
  if (!first) return []
  const source = pathSource(first)
  const inPaths = new Set(
    paths.flatMap(({ steps }) => steps.flatMap((step) => ('lab' in step ? step.lab : []))),
  )
  const problems = labs
    .filter(({ id }) => !inPaths.has(id))
    .map(({ id }) => source.problem([], `The lab "${id}" is in no path.`, { help: 'Add it to one.' }))
  const circle = circleOfLabs(paths)
  if (circle)
    problems.push(source.problem([], `Labs wait for each other: ${circle.join(', ')}.`, { help: CIRCLE }))
  const mains = paths.filter(({ main }) => main).length
  if (mains === 1) return problems
  const help = 'Write "main: true" in one of them.'
  return [...problems, source.problem([], `${mains} paths are the main one.`, { help })]
}
