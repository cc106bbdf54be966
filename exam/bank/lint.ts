/** Checks that a schema cannot make: doubles, options that give the answer away, claims without a proof. */
import type { FileProblem } from '../../shared/files'
import type { Blueprint } from '../blueprint'
import { type Item, type ItemCommand, isOfExam, parseQuestions, type QuestionText } from '../format'
import { merged, nameInFile, representatives } from './bank'
import { lintDistinct, type Pair } from './judged'
import { cuePairs, lintCues } from './lint-cues'
import { alike, lintDoubles } from './lint-doubles'
import { lintOrdinals, lintPrintedKey } from './lint-exhibits'
import { lintMarkup } from './lint-markup'
import { lintEqualWhys, lintOptions } from './lint-options'
import { lintParts } from './lint-parts'
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
  /** Reads what a command item asks for and says what is wrong with it. */
  readonly commandProblem: (command: ItemCommand) => string | null
}

export interface LintReport {
  readonly problems: readonly FileProblem[]
  /** Problems of the bank as a whole, which have no line. */
  readonly findings: readonly BankFinding[]
  readonly measures: BankMeasures
}

/** Errors and warnings of the files of questions, and of the bank that they make together. */
export function lintBank(files: readonly QuestionText[], options: LintOptions): LintReport {
  const { blueprint } = options
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
    lintProof(item, options, report)
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
  if (isOfExam(item)) {
    lintOptions(item, report)
    lintPrintedKey(item, report)
    lintSuperlatives(item, report)
  } else lintParts(item, report)
  lintEqualWhys(item, report)
  lintOrdinals(item, report)
  lintMarkup(item, report)
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

function lintProof(item: Item, { proofProblem, commandProblem }: LintOptions, report: Report): void {
  if (item.command !== null) {
    const problem = commandProblem(item.command)
    if (problem)
      report(item, ['command'], {
        message: `This cannot be run: ${problem}.`,
        help: 'See questions/README.md.',
      })
    return
  }
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
