/** Templates: one text, many items. */
import { select } from '../../shared/jmespath'
import { type Item, optionId, type Parameters } from './item'
import type { TemplateFile } from './schema'

/** More combinations than this of one template would add nothing new. */
const MOST_COMBINATIONS = 400
/** The work that one expression may need: it computes a number or a text from a few others. */
const MOST_WORK = 10_000

/** Every combination of parameters that the template allows, with the values computed from it. */
export function combinations({ parameters, compute, when }: TemplateFile): Parameters[] {
  let all: Parameters[] = [{}]
  for (const [name, values] of Object.entries(parameters)) {
    all = all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))).slice(0, MOST_COMBINATIONS)
  }
  return all
    .map((one) => computed(one, compute))
    .filter((one) => when === undefined || select(one, when, MOST_WORK) === true)
}

function computed(given: Parameters, compute: Readonly<Record<string, string>>): Parameters {
  const known: Record<string, string | number> = { ...given }
  for (const [name, expression] of Object.entries(compute)) {
    const value = select(known, expression, MOST_WORK)
    if (typeof value !== 'string' && typeof value !== 'number')
      throw new RangeError(
        `"${name}" is ${JSON.stringify(value)} for ${JSON.stringify(given)}, not a number or a text.`,
      )
    known[name] = value
  }
  return known
}

/** Fills `{name}`. Other braces, such as those of Go templates, stay. */
export function fill(text: string, values: Parameters): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  )
}

type Filled = Omit<Item, 'domain' | 'place'>

/** Makes the item of one combination. Its id comes from the template and the combination, so it never changes. */
export function instantiate(template: TemplateFile, values: Parameters): Filled {
  const given = Object.keys(template.parameters).map((name) => String(values[name]))
  const suffix = given
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
  const text = (raw: string) => fill(raw, values)
  return {
    id: `${template.template}.${suffix}`,
    template: { id: template.template, parameters: values },
    objectives: template.objectives,
    kind: template.kind,
    difficulty: template.difficulty,
    stem: text(template.stem),
    exhibits: template.exhibits.map((exhibit) =>
      'text' in exhibit ? { ...exhibit, text: text(exhibit.text) } : exhibit,
    ),
    options: template.options.map((option) => {
      const filled = text(option.text)
      return {
        id: optionId(filled),
        text: filled,
        right: option.right,
        why: option.why ? text(option.why) : null,
      }
    }),
    prompts: [],
    command: null,
    explanation: text(template.explanation),
    source: template.source,
    versions: template.versions ?? null,
    enemies: template.enemies,
    distinct: template.distinct,
    tags: template.tags,
    category: template.category ?? null,
    proof: template.proof === undefined ? undefined : fillDeep(template.proof, values),
    unprovable: template.unprovable ?? null,
  }
}

function fillDeep(value: unknown, values: Parameters): unknown {
  if (typeof value === 'string') return fill(value, values)
  if (Array.isArray(value)) return value.map((one) => fillDeep(one, values))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillDeep(one, values)]))
}
