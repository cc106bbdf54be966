/** The blueprint: the domains and objectives that the exam asks about, with their weights. */
import { type FileProblem, YamlSource } from '../../shared/files'
import { type Blueprint, BlueprintFile } from './schema'

export type { Blueprint } from './schema'

export interface ParsedBlueprint {
  /** Null when there are problems. */
  readonly blueprint: Blueprint | null
  readonly problems: readonly FileProblem[]
}

/** Reads blueprint.yaml. */
export function parseBlueprint(text: string, file = 'blueprint.yaml'): ParsedBlueprint {
  const source = new YamlSource(file, text, 'questions/README.md')
  const { value, problems } = source.read()
  if (problems.length > 0) return { blueprint: null, problems }
  const parsed = BlueprintFile.safeParse(value)
  if (!parsed.success) return { blueprint: null, problems: source.schemaProblems(parsed.error) }
  const own = contradictions(parsed.data, source)
  return { blueprint: own.length > 0 ? null : parsed.data, problems: own }
}

function contradictions({ exam, domains, objectives }: Blueprint, source: YamlSource): FileProblem[] {
  const problems: FileProblem[] = []
  const report = (place: PropertyKey[], message: string, help: string) =>
    problems.push(source.problem(place, message, { help }))
  const { classic, domc } = exam.delivery
  if (classic + domc !== exam.items)
    report(['exam', 'delivery'], `${classic} and ${domc} are not ${exam.items} items.`, 'Make them add up.')
  const total = domains.reduce((sum, { weight }) => sum + weight, 0)
  if (total !== 100) report(['domains'], `The weights add up to ${total} %.`, 'Make them 100.')
  objectives.forEach(({ id }, index) => {
    if (!domains.some(({ prefix }) => id.startsWith(`${prefix}-`)))
      report(['objectives', index, 'id'], `${id} belongs to no domain.`, "Begin it with a domain's prefix.")
    if (objectives.findIndex((other) => other.id === id) < index)
      report(['objectives', index, 'id'], `${id} is here twice.`, 'Give each objective its own id.')
  })
  return problems
}
