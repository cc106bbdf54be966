/** Finds what a schema cannot see: patterns that do not compile, images that nobody has, steps without help. */
import type { FileProblem, Place, YamlSource } from '../../shared/files'
import { type Check, lintCheck } from '../checks'
import { loadCatalogue } from './catalogue'
import type { LoadedLab, LoadedStep } from './lab'
import { type LabResult, openLab } from './load'

/** The things that labs may use. */
export interface Known {
  readonly images: readonly string[]
  readonly capabilities: readonly string[]
  /** Versions of engines that nodes can have without a registry. */
  readonly engines: readonly string[]
}

/** Lints every lab of a folder, also for the rules between them. */
export async function lintCatalogue(root: string, known: Known): Promise<LabResult[]> {
  return await loadCatalogue(root, { read: (folder, signal) => lintLab(folder, known, signal) })
}

/** Loads and lints one lab. Each error and each warning names the file, the line and what to do. */
export async function lintLab(directory: string, known: Known, signal?: AbortSignal): Promise<LabResult> {
  const { result, source } = await openLab(directory, signal)
  const { lab } = result
  if (!lab || !source) return result
  const linter = new Linter(source)
  lintNeeds(lab, known, linter)
  if (lab.kind === 'task') lintTask(lab, linter)
  else if (lab.objectives.length === 0)
    linter.warn(['title'], 'The lab names no objective.', 'Add objectives, such as [NET-05].')
  lab.steps.forEach((step, index) => {
    if (lab.kind === 'lab') lintHints(step, ['steps', index], linter)
    lintStep(step, ['steps', index], linter)
  })
  const hasErrors = linter.problems.some(({ severity }) => severity === 'error')
  return { ...result, lab: hasErrors ? null : lab, problems: linter.problems }
}

class Linter {
  readonly problems: FileProblem[] = []
  readonly #source: YamlSource

  constructor(source: YamlSource) {
    this.#source = source
  }

  error(place: Place, message: string, help: string): void {
    this.problems.push(this.#source.problem(place, message, { help }))
  }

  warn(place: Place, message: string, help: string): void {
    this.problems.push(this.#source.problem(place, message, { help, severity: 'warning' }))
  }
}

/** What the lab needs must exist. */
function lintNeeds(lab: LoadedLab, known: Known, linter: Linter): void {
  lintEngines(lab, known, linter)
  const { images, requires } = lab
  images.forEach(({ name }, index) => {
    if (known.images.includes(name)) return
    const help = `There are ${known.images.join(', ')}.`
    linter.error(['images', index], `There is no image "${name}" for nodes.`, help)
  })
  requires.forEach((name, index) => {
    if (known.capabilities.includes(name)) return
    const help = `There are ${known.capabilities.join(', ')}.`
    linter.error(['requires', index], `"${name}" is not a capability.`, help)
  })
}

function lintEngines({ engine, nodes }: LoadedLab, known: Known, linter: Linter): void {
  const check = (version: string | null | undefined, place: Place) => {
    if (!version || known.engines.includes(version)) return
    const help = `There are ${known.engines.join(', ')}. Another one is taken from a registry, which not everybody reaches.`
    linter.warn(place, `Nodes with Docker ${version} are not among those that Capstan makes by itself.`, help)
  }
  check(engine, ['engine'])
  for (const { name, engine: own } of nodes) if (own !== engine) check(own, ['nodes', name, 'engine'])
}

/** A task is one piece of work, without help, and its result is reported by objective. */
function lintTask({ steps, objectives }: LoadedLab, linter: Linter): void {
  if (steps.length > 1)
    linter.error(['steps', 1], 'A task has one step.', 'Make the other steps tasks of their own.')
  if (steps.some(({ hints }) => hints.length > 0))
    linter.error(['steps', 0, 'hints'], 'A task gives no hints.', 'Remove them, or make it a lab.')
  if (objectives.length === 0)
    linter.error(['title'], 'The task names no objective.', 'Add objectives, such as [NET-05].')
}

function lintHints({ id, hints }: LoadedStep, place: Place, linter: Linter): void {
  if (hints.length > 0) return
  const help = 'Write one or two: the first gives a direction, the last says nearly everything.'
  linter.warn(place, `The step "${id}" has no hints.`, help)
}

function lintStep(step: LoadedStep, place: Place, linter: Linter): void {
  if (step.solution.length === 0)
    linter.error(
      place,
      `The step "${step.id}" has no solution.`,
      'Add a script: without a solution the step cannot be proven.',
    )
  lintMistakes(step, place, linter)
  if (step.checks.every((check) => check.guard))
    linter.error(place, `The step "${step.id}" has guards only.`, 'Add a check that asks for something.')
  lintChecks(step.checks, place, linter)
}

function lintMistakes({ id, mistakes }: LoadedStep, place: Place, linter: Linter): void {
  if (mistakes.length === 0)
    linter.warn(place, `The step "${id}" lists no mistake.`, 'Add the mistake that students make most often.')
  mistakes.forEach(({ explains }, index) => {
    if (explains) return
    const message = 'This mistake does not say which explanation the student must get.'
    linter.warn([...place, 'mistakes', index], message, 'Add explains: "part of the explanation".')
  })
}

function lintChecks(checks: readonly Check[], place: Place, linter: Linter): void {
  const names = checks.map(({ name }) => name)
  checks.forEach((check, index) => {
    const at = [...place, 'checks', index]
    if (names.indexOf(check.name) < index)
      linter.error(at, `Two checks are called "${check.name}".`, 'Give each its own name.')
    for (const flaw of lintCheck(check)) linter.error([...at, ...flaw.place], flaw.message, flaw.help)
  })
}
