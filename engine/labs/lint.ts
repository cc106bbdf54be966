/** What a schema cannot see: patterns that do not compile, images nobody has, steps without help. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compile } from '@jmespath-community/jmespath'
import { type FileProblem as LabProblem, type Place, YamlSource } from '../../shared/files'
import type { Check, LoadedLab, LoadedStep } from './lab'
import { type LabResult, loadLab } from './load'

export interface Known {
  readonly images: readonly string[]
  readonly capabilities: readonly string[]
}

const PLACEHOLDERS = new Set(['actual', 'expected', 'name'])

/** Loads and lints one lab: errors and warnings, each with file, line and help. */
export async function lintLab(directory: string, known: Known): Promise<LabResult> {
  const result = await loadLab(directory)
  const { lab } = result
  if (!lab) return result
  const source = new YamlSource('lab.yaml', await readFile(join(directory, 'lab.yaml'), 'utf8'))
  const linter = new Linter(source)
  lab.images.forEach(({ name }, index) => {
    if (!known.images.includes(name))
      linter.error(
        ['images', index],
        `There is no image "${name}" for nodes.`,
        `There are ${known.images.join(', ')}.`,
      )
  })
  lab.requires.forEach((name, index) => {
    if (!known.capabilities.includes(name))
      linter.error(
        ['requires', index],
        `"${name}" is no capability.`,
        `There are ${known.capabilities.join(', ')}.`,
      )
  })
  if (lab.kind === 'lab' && lab.objectives.length === 0)
    linter.warn(['title'], 'The lab names no objective.', 'Add objectives, such as [NET-05].')
  if (lab.kind === 'task') lintTask(lab, linter)
  for (const [index, step] of lab.steps.entries()) {
    if (lab.kind === 'lab') lintHints(step, ['steps', index], linter)
    lintStep(step, ['steps', index], linter)
  }
  const hasErrors = linter.problems.some(({ severity }) => severity === 'error')
  return { ...result, lab: hasErrors ? null : lab, problems: linter.problems }
}

class Linter {
  readonly problems: LabProblem[] = []
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

/** A task is one piece of work, without help, and its result is told by objective. */
function lintTask({ steps, objectives }: LoadedLab, linter: Linter): void {
  if (steps.length > 1)
    linter.error(['steps', 1], 'A task has one step.', 'Make the other steps tasks of their own.')
  if (steps.some(({ hints }) => hints.length > 0))
    linter.error(['steps', 0, 'hints'], 'A task gives no hints.', 'Take them out, or make it a lab.')
  if (objectives.length === 0)
    linter.error(['title'], 'The task names no objective.', 'Add objectives, such as [NET-05].')
}

function lintHints(step: LoadedStep, place: Place, linter: Linter): void {
  if (step.hints.length === 0)
    linter.warn(
      place,
      `The step "${step.id}" has no hints.`,
      'Write one or two, from a nudge to nearly there.',
    )
}

function lintStep(step: LoadedStep, place: Place, linter: Linter): void {
  if (step.solution.length === 0)
    linter.error(
      place,
      `The step "${step.id}" has no solution.`,
      'Without one it cannot be proven: add a script.',
    )
  if (step.mistakes.length === 0)
    linter.warn(
      place,
      `The step "${step.id}" lists no mistake.`,
      'Add the wrong way that students take most.',
    )
  if (step.checks.every((check) => check.guard))
    linter.error(place, `The step "${step.id}" has guards only.`, 'Add a check that asks for something.')
  step.mistakes.forEach((mistake, index) => {
    if (!mistake.explains)
      linter.warn(
        [...place, 'mistakes', index],
        'This mistake does not say what it must be told.',
        'Add explains: "part of the explanation".',
      )
  })
  const names = step.checks.map(({ name }) => name)
  step.checks.forEach((check, index) => {
    const at = [...place, 'checks', index]
    if (names.indexOf(check.name) < index)
      linter.error(at, `Two checks are called "${check.name}".`, 'Give each its own name.')
    lintCheck(check, at, linter)
  })
}

function lintCheck(check: Check, place: Place, linter: Linter): void {
  if (check.kind === 'query' && check.select !== null) {
    try {
      compile(check.select)
    } catch (error) {
      linter.error(
        [...place, 'query', 'select'],
        `This is not JMESPath: ${error instanceof Error ? error.message : error}`,
        'See jmespath.org for the syntax.',
      )
    }
  }
  for (const pattern of patternsIn(check.expect)) {
    const reason = whyNoRegExp(pattern)
    if (reason)
      linter.error(
        [...place, 'expect'],
        `The pattern ${pattern} does not compile: ${reason}.`,
        'Correct the regular expression.',
      )
  }
  for (const [, name = ''] of (check.explain ?? '').matchAll(/\{(\w+)\}/g)) {
    if (!PLACEHOLDERS.has(name))
      linter.error(
        [...place, 'explain'],
        `"{${name}}" is no placeholder.`,
        'There are {actual}, {expected} and {name}.',
      )
  }
}

/** Every regular expression in an expectation, written as /…/flags. */
function patternsIn(value: unknown): string[] {
  if (typeof value === 'string') return /^\/.*\/[dimsuv]*$/s.test(value) ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) =>
    key === 'matches' && typeof child === 'string' ? [child] : patternsIn(child),
  )
}

function whyNoRegExp(pattern: string): string | null {
  const [, body = pattern, flags = ''] = /^\/(.*)\/([dimsuv]*)$/s.exec(pattern) ?? []
  try {
    new RegExp(body, flags)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
