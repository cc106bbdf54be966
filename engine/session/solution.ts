/** The solution of a step as the student reads it. */
import type { LoadedStep, ScriptStep } from '../labs'
import type { SolutionPart } from './snapshot'

/** The parts of the solution in their order, each with its node. */
export function solutionParts({ shown, solution }: Pick<LoadedStep, 'shown' | 'solution'>): SolutionPart[] {
  return (shown.length > 0 ? shown : solution).map(partOf)
}

function partOf(part: ScriptStep): SolutionPart {
  if ('action' in part) return { kind: 'action', node: part.on, action: part.action }
  return { kind: 'code', node: part.on, text: part.text, runs: part.file.endsWith('.sh') }
}
