/** Reads files of questions. All problems are reported, and a broken item never hides the others. */
import { type FileProblem, YamlSource } from '../../shared/files'
import { partsOf } from './answer-parts'
import { type Item, isOfExam } from './item'
import { equalOptions, optionsDiffer, textsDiffer } from './options'
import { readItemFile, TemplateFile } from './schema'
import { combinations, instantiate } from './template'

const GUIDE = 'questions/README.md'

export interface QuestionText {
  /** Relative to questions/, such as networking/published-ports.yaml. */
  readonly file: string
  readonly text: string
}

export interface ParsedTemplate {
  readonly id: string
  readonly items: readonly Item[]
  /** The template as it is written, with its names in braces. */
  readonly file: TemplateFile
}

export interface ParsedQuestions {
  /** Items that are written out. */
  readonly items: readonly Item[]
  readonly templates: readonly ParsedTemplate[]
  readonly problems: readonly FileProblem[]
  /** Knows the place of everything in the file, for problems that are found later. */
  readonly source: YamlSource
}

/** Reads one file: a list of items and templates. */
export function parseQuestions({ file, text }: QuestionText): ParsedQuestions {
  const source = new YamlSource(file, text, GUIDE)
  const { value, problems } = source.read()
  if (problems.length > 0) return { items: [], templates: [], problems, source }
  if (!Array.isArray(value)) {
    const problem = source.problem([], 'This file is not a list of questions.', { help: `See ${GUIDE}.` })
    return { items: [], templates: [], problems: [problem], source }
  }
  const parts = value.map((raw: unknown, index) => parseOne(raw, { source, file, index }))
  return {
    items: parts.flatMap(({ item }) => item ?? []),
    templates: parts.flatMap(({ template }) => template ?? []),
    problems: parts.flatMap((part) => part.problems),
    source,
  }
}

interface Context {
  readonly source: YamlSource
  readonly file: string
  readonly index: number
}

interface ParsedOne {
  readonly item?: Item
  readonly template?: ParsedTemplate
  readonly problems: readonly FileProblem[]
}

function parseOne(raw: unknown, context: Context): ParsedOne {
  const isTemplate = typeof raw === 'object' && raw !== null && 'template' in raw
  return isTemplate ? parseTemplate(raw, context) : parseItem(raw, context)
}

function parseItem(raw: unknown, context: Context): ParsedOne {
  const read = readItemFile(raw)
  if ('error' in read) return { problems: located(read.error, context) }
  const { file } = read
  const { id, objectives, kind, difficulty, stem, exhibits, explanation, source } = file
  const item: Item = {
    ...{ id, objectives, kind, difficulty, stem, exhibits, explanation, source },
    ...partsOf(file),
    template: null,
    domain: domainOf(context.file),
    enemies: file.enemies,
    distinct: file.distinct,
    tags: file.tags,
    versions: file.versions ?? null,
    category: file.category ?? null,
    proof: 'proof' in file ? file.proof : undefined,
    unprovable: ('unprovable' in file && file.unprovable) || null,
    place: { file: context.file, index: context.index },
  }
  const problem = keyProblem(item, context)
  return problem ? { problems: [problem] } : { item, problems: [] }
}

function parseTemplate(raw: unknown, context: Context): ParsedOne {
  const { source, file, index } = context
  const parsed = TemplateFile.safeParse(raw)
  if (!parsed.success) return { problems: located(parsed.error, context) }
  const template = parsed.data
  try {
    const place = { file, index }
    const all = combinations(template).map(
      (values): Item => ({ ...instantiate(template, values), domain: domainOf(file), place }),
    )
    const items = all.filter(optionsDiffer)
    const [first] = items
    if (!first) {
      const message = `No combination of "${template.template}" has options that all differ.`
      return {
        problems: [source.problem([index, 'options'], message, { help: 'Compute other wrong answers.' })],
      }
    }
    const problem = keyProblem(first, context)
    if (problem) return { problems: [problem] }
    const lost = all.filter((item) => !items.includes(item))
    const problems = lostProblems(lost, template, context)
    return { template: { id: template.template, items, file: template }, problems }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return {
      problems: [
        source.problem([index, 'compute'], message, { help: 'Correct the expression; see jmespath.site.' }),
      ],
    }
  }
}

/** Reports combinations that no form will ever hold, so that their author leaves them out on purpose. */
function lostProblems(
  lost: readonly Item[],
  template: TemplateFile,
  { source, index }: Context,
): FileProblem[] {
  const [first] = lost
  if (!first) return []
  const equal = equalOptions(first)
  const formulas = equal.map((at) => formulaOf(template.options[at]?.text ?? '', template))
  const message = `${lost.length} combinations are left out, as two of their options say the same: ${first.id} is one, with ${formulas.join(' and ')}.`
  const help = equal.some((at) => template.options[at]?.right)
    ? 'A wrong option must differ from the key: compute another one, or leave these out with when.'
    : 'Compute another wrong answer, or leave them out with when.'
  return [source.problem([index, 'options', equal.at(-1) ?? 0], message, { help, severity: 'warning' })]
}

/** An option as it is written, with the formulas of the names in it. */
function formulaOf(text: string, { compute }: TemplateFile): string {
  const formulas = [...text.matchAll(/\{(\w+)\}/g)].flatMap(([, name = '']) =>
    Object.hasOwn(compute, name) ? `${name} is ${compute[name]}` : [],
  )
  return `"${text}"${formulas.length > 0 ? ` (${formulas.join(', ')})` : ''}`
}

function located(
  error: Parameters<YamlSource['schemaProblems']>[0],
  { source, index }: Context,
): FileProblem[] {
  return source.schemaProblems(error, [index])
}

function keyProblem(item: Item, context: Context): FileProblem | null {
  if (isOfExam(item)) return choiceProblem(item, context)
  if (item.kind === 'matching') return matchingProblem(item, context)
  if (item.kind === 'ordering' && !optionsDiffer(item))
    return context.source.problem([context.index, 'sequence'], 'Two entries say the same.', {
      help: 'Change one of them.',
    })
  return null
}

function choiceProblem(item: Item, { source, index }: Context): FileProblem | null {
  const right = item.options.filter((option) => option.right).length
  const place = [index, 'options']
  if (right === 0)
    return source.problem(place, 'No option is right.', { help: 'Mark the key with right: true.' })
  if (item.kind === 'choice' && right > 1) {
    return source.problem(place, `${right} options of a choice are right.`, {
      help: 'Leave one, or make it kind: multiple.',
    })
  }
  if (right === item.options.length)
    return source.problem(place, 'Every option is right.', {
      help: 'Add a wrong one: else there is nothing to know.',
    })
  if (!optionsDiffer(item))
    return source.problem(place, 'Two options say the same.', { help: 'Change one of them.' })
  return null
}

function matchingProblem({ prompts, options }: Item, { source, index }: Context): FileProblem | null {
  const place = [index, 'pairs']
  if (!textsDiffer(prompts.map(({ text }) => text)))
    return source.problem(place, 'Two pairs have the same left side.', { help: 'Change one of them.' })
  if (options.filter(({ right }) => right).length < 2)
    return source.problem(place, 'All pairs have the same right side.', {
      help: 'Change one: else there is nothing to know.',
    })
  if (!optionsDiffer({ options }))
    return source.problem(place, 'Two options say nearly the same.', {
      help: 'Write them in the same way when they are one option, and change one when they are two.',
    })
  return null
}

/** A domain is the folder that a file is in. */
function domainOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : ''
}
