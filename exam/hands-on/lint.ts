/** Checks of hands-on exams that a schema cannot make: missing tasks, and exams that ask about one thing only. */
import type { FileProblem } from '../../shared/files'
import type { Blueprint } from '../blueprint'
import { handsOnSource, parseHandsOn } from './parse'
import type { HandsOnExam } from './schema'
import { domainOfTask } from './score'

export interface HandsOnText {
  /** Relative to questions/, such as hands-on/harbour.yaml. */
  readonly file: string
  readonly text: string
}

export interface TaskInfo {
  readonly id: string
  readonly objectives: readonly string[]
  readonly minutes: number
}

export interface HandsOnLintOptions {
  readonly tasks: readonly TaskInfo[]
  readonly blueprint: Blueprint
}

/** An exam that asks about fewer domains is only a drill. */
const FEWEST_DOMAINS = 3

/** Errors and warnings of all hands-on exams, including those of their format. */
export function lintHandsOn(files: readonly HandsOnText[], options: HandsOnLintOptions): FileProblem[] {
  const covered = new Set<string>()
  const problems = files.flatMap(({ file, text }) => {
    const { exam, problems: own } = parseHandsOn(text, file)
    if (!exam) return own
    const problems: FileProblem[] = []
    const source = handsOnSource(text, file)
    const report: Report = (place, message, { help, severity = 'error' }) =>
      problems.push(source.problem(place, message, { help, severity }))
    for (const domain of lintExam(exam, options, report)) covered.add(domain)
    return problems
  })
  return [...problems, ...uncovered(files, covered, options)]
}

type Report = (
  place: readonly PropertyKey[],
  message: string,
  finding: { readonly help: string; readonly severity?: FileProblem['severity'] },
) => void

/** @returns ids of the domains that its tasks ask about */
function lintExam(exam: HandsOnExam, { tasks, blueprint }: HandsOnLintOptions, report: Report): string[] {
  const weights = new Map<string, number>()
  let minutes = 0
  for (const [index, { task: id, weight }] of exam.tasks.entries()) {
    const place = ['tasks', index, 'task']
    const task = tasks.find((one) => one.id === id)
    if (!task) {
      const known = tasks.map((one) => one.id).join(', ')
      report(place, `There is no task "${id}".`, { help: `There are ${known}, in labs/tasks/.` })
      continue
    }
    for (const objective of task.objectives)
      if (!blueprint.objectives.some((one) => one.id === objective))
        report(place, `"${id}" names ${objective}, which is no objective.`, {
          help: 'See questions/blueprint.yaml.',
        })
    const domain = domainOfTask(task.objectives, blueprint)
    weights.set(domain, (weights.get(domain) ?? 0) + weight)
    minutes += task.minutes
  }
  lintSpread(weights, report)
  if (minutes > exam.minutes)
    report(['minutes'], `The tasks take ${minutes} minutes by what they say themselves.`, {
      help: 'Give more time, or take a task out.',
      severity: 'warning',
    })
  return [...weights.keys()]
}

function lintSpread(weights: ReadonlyMap<string, number>, report: Report): void {
  if (weights.size > 0 && weights.size < FEWEST_DOMAINS)
    report(
      ['tasks'],
      `The tasks are of ${weights.size === 1 ? 'one domain' : `${weights.size} domains`} only.`,
      {
        help: `Take tasks of at least ${FEWEST_DOMAINS} domains.`,
      },
    )
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0)
  for (const [domain, weight] of weights)
    if (weight > total / 2)
      report(['tasks'], `More than half of the exam is ${domain}.`, {
        help: 'Give its tasks less weight.',
        severity: 'warning',
      })
}

/** Reports the domains that no hands-on exam asks about, once for all files. */
function uncovered(
  [first]: readonly HandsOnText[],
  covered: ReadonlySet<string>,
  { blueprint }: HandsOnLintOptions,
): FileProblem[] {
  const missing = blueprint.domains.filter(({ id }) => !covered.has(id)).map(({ title }) => title)
  if (!first || missing.length === 0) return []
  return [
    handsOnSource(first.text, first.file).problem(
      ['tasks'],
      `No hands-on exam asks about ${missing.join(', ')}.`,
      { help: 'Add a task of it to one of them.', severity: 'warning' },
    ),
  ]
}
