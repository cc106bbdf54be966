/** Reads the files that say what each objective asks, and finds what a schema cannot. */
import { type FileProblem, YamlSource } from '../../shared/files'
import type { Blueprint } from '../blueprint'
import { type ObjectiveSheet, SheetsFile } from './schema'

const GUIDE = 'questions/README.md'

export interface SheetText {
  /** Relative to questions/, such as objectives/networking.yaml. */
  readonly file: string
  readonly text: string
}

export interface ParsedSheets {
  /** Empty when there are problems. */
  readonly sheets: readonly ObjectiveSheet[]
  readonly problems: readonly FileProblem[]
}

/** Reads one file: what is asked, by the id of the objective. */
export function parseSheets({ file, text }: SheetText): ParsedSheets {
  const source = new YamlSource(file, text, GUIDE)
  const { value, problems } = source.read()
  if (problems.length > 0) return { sheets: [], problems }
  const parsed = SheetsFile.safeParse(value)
  if (!parsed.success) return { sheets: [], problems: source.schemaProblems(parsed.error) }
  const sheets = Object.entries(parsed.data).map(([id, { asks, commands }]) => ({
    id,
    asks: asks.trim(),
    commands,
  }))
  return { sheets, problems: [] }
}

/** Errors of all files: unknown objectives, objectives of another domain, twice, or without a sheet. */
export function lintSheets(files: readonly SheetText[], blueprint: Blueprint): FileProblem[] {
  const places = new Map<string, string>()
  const problems = files.flatMap((one) => {
    const { sheets, problems: own } = parseSheets(one)
    const source = new YamlSource(one.file, one.text, GUIDE)
    const flaws = sheets.flatMap(({ id }) => {
      const message = flawOf(id, one.file, { blueprint, places })
      places.set(id, one.file)
      return message ? source.problem([id], message, { help: 'See questions/blueprint.yaml.' }) : []
    })
    return [...own, ...flaws]
  })
  return [...problems, ...missing(files, blueprint, places)]
}

interface Known {
  readonly blueprint: Blueprint
  /** The file in which each objective was seen. */
  readonly places: ReadonlyMap<string, string>
}

function flawOf(id: string, file: string, { blueprint, places }: Known): string | null {
  if (!blueprint.objectives.some((one) => one.id === id)) return `There is no objective "${id}".`
  const before = places.get(id)
  if (before) return `${id} is in ${before} already.`
  const domain = blueprint.domains.find(({ prefix }) => id.startsWith(`${prefix}-`))
  const isHere = domain && file.endsWith(`/${domain.id}.yaml`)
  return isHere ? null : `${id} is of another domain than this file.`
}

/** Each objective of the blueprint needs a sheet. */
function missing(
  files: readonly SheetText[],
  { domains, objectives }: Blueprint,
  places: ReadonlyMap<string, string>,
): FileProblem[] {
  return objectives.flatMap(({ id }) => {
    if (places.has(id)) return []
    const domain = domains.find(({ prefix }) => id.startsWith(`${prefix}-`))
    const file = `objectives/${domain?.id}.yaml`
    const text = files.find((one) => one.file === file)?.text ?? ''
    const help = 'Say what it asks, and which commands it is about.'
    return new YamlSource(file, text, GUIDE).problem([], `${id} is missing.`, { help })
  })
}
