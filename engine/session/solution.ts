/** The solution of a step as the student reads it. */
import type { LoadedStep, NodeAction, ScriptStep } from '../labs'
import type { SolutionPart } from './snapshot'

/** The parts of the solution in their order, each with its node. */
export function solutionParts({ shown, solution }: Pick<LoadedStep, 'shown' | 'solution'>): SolutionPart[] {
  return (shown.length > 0 ? shown : solution).map(partOf)
}

function partOf(part: ScriptStep): SolutionPart {
  if ('action' in part) return { kind: 'action', node: part.on, action: part.action }
  return { kind: 'code', node: part.on, text: part.text, runs: part.file.endsWith('.sh') }
}

/** The solution as one text. With several parts, each names its node. */
export function solutionText(step: Pick<LoadedStep, 'shown' | 'solution'>): string {
  const parts = solutionParts(step)
  const [first, ...others] = parts
  if (first?.kind === 'code' && others.length === 0) return first.text
  return parts
    .map((part) =>
      part.kind === 'code'
        ? `# on ${part.node}\n${part.text}`
        : `# ${EVENT_WORDS[part.action]}: ${part.node}\n`,
    )
    .join('\n')
}

/** The action as the node's menu calls it. */
const EVENT_WORDS: Readonly<Record<NodeAction, string>> = {
  start: 'start this node from its menu',
  stop: 'stop this node from its menu',
  kill: 'kill this node from its menu',
  restart: 'restart this node from its menu',
  cut: 'cut this node off from its networks, from its menu',
  rejoin: 'connect this node again, from its menu',
}
