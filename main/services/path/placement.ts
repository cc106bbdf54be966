/** What a placement test says: where to begin in each domain. Pure. */
import type { Attempt, Blueprint, LearningPath, Result } from '../../../exam'
import type { PlacementView } from '../../api'

/** Items of a placement test, drawn over all domains by their weights. */
export const PLACEMENT_LENGTH = 20
/** From this share on a domain counts as known. */
const KNOWN = 0.7

export interface PlacementContext {
  readonly blueprint: Blueprint
  readonly main: LearningPath | undefined
  readonly labs: readonly {
    readonly id: string
    readonly title: string
    readonly domain: string
  }[]
  readonly isDone: (labId: string) => boolean
}

export function placementView(attempt: Attempt, result: Result, context: PlacementContext): PlacementView {
  const ended = attempt.endedBy !== null
  return { attemptId: attempt.id, ended, domains: ended ? domainsOf(result, context) : [] }
}

/** Whoever ends the test early has answered fewer items, and not wrongly. */
function domainsOf(result: Result, context: PlacementContext): PlacementView['domains'] {
  return context.blueprint.domains.map(({ id, title }) => {
    const { right, of } = result.domains.find((domain) => domain.id === id) ?? { right: 0, of: 0 }
    const known = of > 0 && right / of >= KNOWN
    return { id, title, right, of, known, lab: beginAt(id, known, context) }
  })
}

/** The first lab of the domain that is not completed; for those who know much, the last one, which asks for most. */
function beginAt(
  domainId: string,
  known: boolean,
  { main, labs, isDone }: PlacementContext,
): PlacementView['domains'][number]['lab'] {
  const order = main?.steps.flatMap((step) => ('lab' in step ? step.lab : [])) ?? []
  const ofDomain = order
    .flatMap((id) => labs.find((lab) => lab.id === id) ?? [])
    .filter(({ domain }) => domain === domainId)
  const left = ofDomain.filter(({ id }) => !isDone(id))
  const lab = known ? left.at(-1) : left[0]
  return lab ? { id: lab.id, title: lab.title } : null
}
