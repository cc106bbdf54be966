/** What a schema cannot see: doubles, options that give the answer away, claims nobody has proven. */
import { type FileProblem, YamlSource } from '../../source'
import type { Blueprint } from '../blueprint'
import type { Item, QuestionText } from '../format'
import { type Bank, nameInFile, representatives } from './bank'

/** Stems that share this much of their words ask the same. */
const NEAR = 0.8
/** A key this much longer than every distractor is picked for its length. */
const LONGEST_RATIO = 1.7
const LONGEST_FROM = 45

const ABOUT_OTHERS =
  /\b(all|none|both|any|either|neither) of (the|these|those|them)\b|\ball the above\b|\bboth [A-D] and [A-D]\b/i

/** Reads the proof of an item and says what is wrong with it; the engine knows, this layer does not. */
export type ProofProblem = (proof: unknown) => string | null

export interface LintOptions {
  readonly files: readonly QuestionText[]
  readonly blueprint: Blueprint
  readonly proofProblem: ProofProblem
}

/** Errors and warnings of the whole bank, those of its files included. */
export function lintBank(bank: Bank, { files, blueprint, proofProblem }: LintOptions): FileProblem[] {
  const sources = new Map(
    files.map(({ file, text }) => [file, new YamlSource(file, text, 'questions/README.md')]),
  )
  const reports: FileProblem[] = []
  const say: Say = (item, key, told) => {
    const source = sources.get(item.place.file)
    const { message, mend, severity = 'error' } = told
    if (source) reports.push(source.problem([item.place.index, ...key], message, { mend, severity }))
  }
  const all = representatives(bank)
  const ids = new Set([...bank.items.map(({ id }) => id), ...bank.templates.map(({ id }) => id)])
  for (const item of all) {
    lintReferences(item, { blueprint, ids }, say)
    lintOptions(item, say)
    lintProof(item, proofProblem, say)
  }
  lintDoubles(all, say)
  return [...bank.problems, ...reports]
}

interface Told {
  readonly message: string
  readonly mend: string
  readonly severity?: FileProblem['severity']
}
type Say = (item: Item, key: readonly PropertyKey[], told: Told) => void

function lintReferences(
  item: Item,
  { blueprint, ids }: { blueprint: Blueprint; ids: ReadonlySet<string> },
  say: Say,
): void {
  const known = new Set(blueprint.objectives.map(({ id }) => id))
  item.objectives.forEach((objective, index) => {
    if (!known.has(objective))
      say(item, ['objectives', index], {
        message: `There is no objective ${objective}.`,
        mend: 'See questions/blueprint.yaml.',
      })
  })
  const domain = blueprint.domains.find(({ id }) => id === item.domain)
  if (domain && !item.objectives.some((objective) => objective.startsWith(domain.prefix)))
    say(item, ['objectives'], {
      message: `No objective of "${nameInFile(item)}" is of ${domain.title}, whose folder it is in.`,
      mend: 'Move it, or name the objective that it serves here.',
    })
  item.enemies.forEach((enemy, index) => {
    if (!ids.has(enemy))
      say(item, ['enemies', index], {
        message: `There is no item "${enemy}".`,
        mend: 'Name the id of an item or a template.',
      })
  })
}

function lintOptions(item: Item, say: Say): void {
  item.options.forEach((option, index) => {
    if (!option.right && !option.why)
      say(item, ['options', index], {
        message: 'This wrong option does not say why it is wrong.',
        mend: 'Add why: the misconception it stands for, mended.',
      })
    if (ABOUT_OTHERS.test(option.text))
      say(item, ['options', index], {
        message: 'This option speaks of the others.',
        mend: 'Options are shown one at a time: make it a claim of its own.',
      })
  })
  const right = item.options.filter((option) => option.right).map(({ text }) => text.length)
  const wrong = item.options.filter((option) => !option.right).map(({ text }) => text.length)
  const [key, longest] = [Math.min(...right), Math.max(...wrong)]
  if (key > LONGEST_FROM && key > longest * LONGEST_RATIO)
    say(item, ['options'], {
      message: 'What is right is by far the longest.',
      mend: 'Shorten it, or let the wrong ones say as much.',
      severity: 'warning',
    })
}

function lintProof(item: Item, proofProblem: ProofProblem, say: Say): void {
  if (item.proof === undefined) {
    if (!item.unprovable)
      say(item, [], {
        message: `"${nameInFile(item)}" is not proven.`,
        mend: 'Add a proof, or unprovable: why no command can prove it.',
        severity: 'warning',
      })
    return
  }
  const problem = proofProblem(item.proof)
  if (problem)
    say(item, ['proof'], { message: `This is not a proof: ${problem}.`, mend: 'See questions/README.md.' })
}

function lintDoubles(items: readonly Item[], say: Say): void {
  const seen = new Map<string, Item>()
  const words = items.map((item) => new Set(wordsOf(item)))
  items.forEach((item, index) => {
    const id = nameInFile(item)
    if (seen.has(id)) say(item, ['id'], { message: `The id "${id}" is taken.`, mend: 'Give each its own.' })
    seen.set(id, item)
    const twin = items.findIndex(
      (_other, other) => other < index && likeness(words[other], words[index]) >= NEAR,
    )
    const double = items[twin]
    if (double)
      say(item, ['stem'], {
        message: `This asks nearly the same as "${nameInFile(double)}".`,
        mend: 'Ask something else, or make them one.',
        severity: 'warning',
      })
  })
}

/** Of the stem and the key: two items may share a stem and differ in what they want to know. */
function wordsOf({ stem, options }: Item): string[] {
  const key = options.filter(({ right }) => right).map(({ text }) => text)
  return (
    [stem, ...key]
      .join(' ')
      .toLowerCase()
      .match(/[a-z0-9_.:/-]{3,}/g) ?? []
  )
}

/** Shared words over all words (Jaccard), 0 to 1. */
function likeness(a: ReadonlySet<string> = new Set(), b: ReadonlySet<string> = new Set()): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  if (small.size < large.size * NEAR) return 0
  const shared = [...small].filter((word) => large.has(word)).length
  return shared / (a.size + b.size - shared)
}
