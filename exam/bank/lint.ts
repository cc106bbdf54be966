/** Checks that a schema cannot make: doubles, options that give the answer away, claims without a proof. */
import type { FileProblem } from '../../shared/files'
import type { Blueprint } from '../blueprint'
import { type Item, parseQuestions, type QuestionText } from '../format'
import { merged, nameInFile, representatives } from './bank'
import { lintDistinct, type Pair } from './judged'
import { cuePairs, lintCues } from './lint-cues'
import { alike, lintDoubles } from './lint-doubles'
import { lintExhibits } from './lint-exhibits'
import { lintMarkup } from './lint-markup'
import { lintOptions } from './lint-options'
import { lintProofSteps, lintTemplateProof, lintUnprovable } from './lint-proofs'
import { lintSource } from './lint-sources'
import { lintTemplate } from './lint-templates'
import { areTwins, lintTwins, nearPairs } from './lint-twins'
import { type BankFinding, type BankMeasures, lintWhole, measureBank } from './lint-whole'
import { lintEnglish, lintSuperlatives } from './lint-wording'
import type { Report } from './report'

/** Reads the proof of an item and says what is wrong with it. The engine knows that, and the exam layer does not. */
export type ProofProblem = (proof: unknown) => string | null

export interface LintOptions {
  readonly blueprint: Blueprint
  readonly proofProblem: ProofProblem
}

export interface LintReport {
  readonly problems: readonly FileProblem[]
  /** Problems of the bank as a whole, which have no line. */
  readonly findings: readonly BankFinding[]
  readonly measures: BankMeasures
}

/** Errors and warnings of the files of questions, and of the bank that they make together. */
export function lintBank(
  files: readonly QuestionText[],
  { blueprint, proofProblem }: LintOptions,
): LintReport {
  const parsed = files.map(parseQuestions)
  const sources = new Map(parsed.map(({ source }, index) => [files[index]?.file, source]))
  const bank = merged(parsed)
  const reports: FileProblem[] = []
  const report: Report = (item, key, { message, help, severity = 'error' }) => {
    const source = sources.get(item.place.file)
    if (source) reports.push(source.problem([item.place.index, ...key], message, { help, severity }))
  }
  const all = representatives(bank)
  const ids = new Set([...bank.items.map(({ id }) => id), ...bank.templates.map(({ id }) => id)])
  for (const item of all) {
    lintReferences(item, { blueprint, ids }, report)
    lintAlone(item, report)
    lintProof(item, proofProblem, report)
  }
  for (const template of bank.templates) {
    lintTemplate(template, report)
    lintTemplateProof(template, report)
  }
  lintPairs(all, report)
  return {
    problems: [...bank.problems, ...reports],
    findings: lintWhole(all, blueprint),
    measures: measureBank(all),
  }
}

/** The checks that need nothing but the item. */
function lintAlone(item: Item, report: Report): void {
  lintOptions(item, report)
  lintExhibits(item, report)
  lintMarkup(item, report)
  lintSuperlatives(item, report)
  lintEnglish(item, report)
  lintSource(item, report)
  lintUnprovable(item, report)
}

/** The checks that compare items with each other. */
function lintPairs(all: readonly Item[], report: Report): void {
  const doubles = alike(all)
  const isDouble = ({ item, other }: Pair) =>
    doubles.some((double) => double.item === item && double.other === other)
  const near = nearPairs(all)
  const cues = cuePairs(all)
  lintDoubles(all, doubles, report)
  lintTwins(
    near.filter((pair) => areTwins(pair) && !isDouble(pair)),
    report,
  )
  lintCues(cues, report)
  lintDistinct(all, [...doubles, ...near, ...cues], report)
}

function lintReferences(
  item: Item,
  { blueprint, ids }: { blueprint: Blueprint; ids: ReadonlySet<string> },
  report: Report,
): void {
  const known = new Set(blueprint.objectives.map(({ id }) => id))
  item.objectives.forEach((objective, index) => {
    if (!known.has(objective))
      report(item, ['objectives', index], {
        message: `There is no objective ${objective}.`,
        help: 'See questions/blueprint.yaml.',
      })
  })
  const domain = blueprint.domains.find(({ id }) => id === item.domain)
  if (domain && !item.objectives.some((objective) => objective.startsWith(domain.prefix)))
    report(item, ['objectives'], {
      message: `No objective of "${nameInFile(item)}" is of ${domain.title}, whose folder it is in.`,
      help: 'Move it, or name the objective that it serves here.',
    })
  for (const key of ['enemies', 'distinct'] as const)
    item[key].forEach((other, index) => {
      if (!ids.has(other))
        report(item, [key, index], {
          message: `There is no item "${other}".`,
          help: 'Name the id of an item or a template.',
        })
    })
}

function lintProof(item: Item, proofProblem: ProofProblem, report: Report): void {
  if (item.proof === undefined) {
    if (!item.unprovable)
      report(item, [], {
        message: `"${nameInFile(item)}" is not proven.`,
        help: 'Add a proof, or unprovable: why no command can prove it.',
        severity: 'warning',
      })
    return
  }
  const problem = proofProblem(item.proof)
  if (!problem) lintProofSteps(item, report)
  else
    report(item, ['proof'], { message: `This is not a proof: ${problem}.`, help: 'See questions/README.md.' })
}
