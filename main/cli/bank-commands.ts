/** `capstan bank …`: lint, stats, schema. */
import {
  commandLab,
  type LoadedLab,
  packagedVersions,
  parseClaim,
  problemText,
  resourcesFolder,
} from '../../engine'
import {
  type BankNumbers,
  type Blueprint,
  bankNumbers,
  bankStats,
  type EngineProofs,
  type Exposure,
  exposureOf,
  lintBank,
  lintHandsOn,
  lintSheets,
  parseSheets,
  proofsByEngine,
  questionsJsonSchema,
  representatives,
  type SheetText,
  wholeItems,
} from '../../exam'
import { loadBank, readHandsOn, readLabs, readPathTexts, readQuestions } from '../services'
import { EXIT, type Output, print } from './output'

export async function lintQuestions(output: Output): Promise<number> {
  const { blueprint, files } = await readQuestions(resourcesFolder())
  const proofProblem = (proof: unknown) => parseClaim(proof).problem
  const handsOn = await readHandsOn(resourcesFolder())
  const {
    problems: ofItems,
    findings,
    measures,
  } = lintBank(files, {
    blueprint,
    proofProblem,
    commandProblem: (command) => commandLab({ id: 'item', title: 'item', command }).problem,
  })
  const { sheets } = await readPathTexts(resourcesFolder())
  const problems = [
    ...ofItems,
    ...lintHandsOn(handsOn, { blueprint, tasks: await loadTasks() }),
    ...lintSheets(sheets, blueprint),
  ]
  const all = [...problems, ...findings]
  const errors = all.filter(({ severity }) => severity === 'error')
  const { position, longest, unprovenCommands } = measures
  const unprovenOfSheets = unprovenCommandsOf(sheets)
  const mark = ({ severity }: { severity: string }) => (severity === 'error' ? '✗' : '!')
  print(
    output,
    { ok: errors.length === 0, problems, findings, measures: { ...measures, unprovenOfSheets } },
    [
      ...problems.map((problem) => `${mark(problem)} ${problemText(problem)}`),
      ...findings.map((finding) => `${mark(finding)} ${finding.message} ${finding.help}`),
      `Places of the keys: chi-squared ${position.chiSquared.toFixed(1)}, and up to ${position.limit.toFixed(1)} is chance`,
      `The key is the longest option of ${longest.items} of ${longest.of}; chance makes it so ${longest.expected.toFixed(0)} times`,
      `${unprovenCommands.length} items are about commands and have no proof; --json names them`,
      `${unprovenOfSheets.length} commands of cheat sheets say why no test tries them; --json names them`,
      `${errors.length} errors, ${all.length - errors.length} warnings in ${files.length + handsOn.length + sheets.length} files`,
    ],
  )
  return errors.length === 0 ? EXIT.done : EXIT.badInput
}

/** The commands of cheat sheets that no test tries on an engine, with the reason. */
function unprovenCommandsOf(sheets: readonly SheetText[]) {
  return sheets
    .flatMap((text) => parseSheets(text).sheets)
    .flatMap(({ id, commands }) => commands.map((one) => ({ objective: id, ...one })))
    .filter(({ unproven }) => unproven !== null)
}

async function loadTasks(): Promise<LoadedLab[]> {
  const { results } = await readLabs(resourcesFolder())
  return results.flatMap(({ lab }) => (lab?.kind === 'task' ? [lab] : []))
}

export async function printBankStats(output: Output): Promise<number> {
  const { bank, blueprint } = await loadBank(resourcesFolder())
  const { results } = await readLabs(resourcesFolder())
  const stats = bankStats(
    bank,
    blueprint,
    results.flatMap(({ lab }) => (lab?.kind === 'lab' ? [lab.objectives] : [])),
  )
  const items = wholeItems(bank, representatives(bank))
  const numbers = {
    ...bankNumbers(items),
    provenByEngine: proofsByEngine(items, packagedVersions()),
    exposure: exposureOf(bank, blueprint),
  }
  print(output, { ...stats, ...numbers }, [
    `${stats.items} items, ${stats.templates} of them templates, ${stats.proven} with a proof`,
    Object.entries(stats.kinds)
      .map(([kind, items]) => `${items} ${kind}`)
      .join(', '),
    ...blueprint.domains.map(({ id, title }) => `  ${String(stats.domains[id]).padStart(4)}  ${title}`),
    ...blueprint.objectives.map(({ id, title }) => {
      const { items = 0, labs: count = 0 } = stats.objectives[id] ?? {}
      return `  ${id}  ${String(items).padStart(3)} items  ${String(count).padStart(2)} labs  ${title}`
    }),
    ...numberLines(numbers),
    ...missingLines('No item', stats.missing.items, blueprint),
    ...missingLines('By hand, but no lab', stats.missing.labs, blueprint),
  ])
  return EXIT.done
}

interface Numbers extends BankNumbers {
  readonly provenByEngine: readonly EngineProofs[]
  readonly exposure: Exposure
}

function numberLines(numbers: Numbers): string[] {
  const { exposure, keys, reading, unjudged, scenarios, provenShare, provenByEngine } = numbers
  const percent = (share: number) => `${(share * 100).toFixed(0)} %`
  return [
    `Two forms share ${exposure.overlap.toFixed(1)} items in the mean of ${exposure.forms} forms`,
    `An item is in ${percent(exposure.median)} of the forms (median), and in at most ${percent(exposure.highest)} (${exposure.mostShown})`,
    ...keys.map(({ options, keys: counts }) => {
      const parts = Object.entries(counts).map(([count, items]) => `${items} with ${count} keys`)
      return `Multiples with ${options} options: ${parts.join(', ')}`
    }),
    `An item has ${reading.median} words to read (median), and nine of ten have at most ${reading.p90}`,
    `${unjudged.cues} pairs in which one item prints the key of the other, and ${unjudged.twins} that look like twins`,
    `${scenarios} items show a long exhibit or several`,
    `${percent(provenShare)} of the items have a proof`,
    ...provenByEngine.map(
      ({ engine, holds, fails }) =>
        `  Docker ${engine}: ${holds} proofs must hold, ${fails} must fail, as their versions say`,
    ),
  ]
}

/** One line for each objective: a code says nothing without its words. */
function missingLines(
  what: string,
  ids: readonly string[],
  { objectives }: Pick<Blueprint, 'objectives'>,
): string[] {
  if (ids.length === 0) return [`${what}: none`]
  const title = (id: string) => objectives.find((one) => one.id === id)?.title ?? ''
  return [`${what}:`, ...ids.map((id) => `  ${id}  ${title(id)}`)]
}

export function printQuestionsSchema({ out }: Output): number {
  out(`${JSON.stringify(questionsJsonSchema(), null, 2)}\n`)
  return EXIT.done
}
