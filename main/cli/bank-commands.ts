/** `capstan bank …`: lint, stats, prove, schema. */
import {
  CapstanError,
  type ClaimVerdict,
  type LoadedLab,
  ownerOfProofs,
  parseClaim,
  parseShare,
  problemText,
  proveClaim,
  reapProofs,
  resourcesFolder,
  roomForNodes,
  shareOf,
  TopologyPool,
} from '../../engine'
import {
  bankStats,
  type Item,
  lintBank,
  lintHandsOn,
  nameInFile,
  questionsJsonSchema,
  representatives,
  wholeItems,
} from '../../exam'
import { mapLimit } from '../../shared/turns'
import { loadBank, readHandsOn, readLabs, readQuestions } from '../services'
import { dataFolder } from '../store'
import { withImages } from './engine'
import { EXIT, type Output, print, report } from './output'

export async function lintQuestions(output: Output): Promise<number> {
  const { blueprint, files } = await readQuestions(resourcesFolder())
  const proofProblem = (proof: unknown) => parseClaim(proof).problem
  const handsOn = await readHandsOn(resourcesFolder())
  const { problems: ofItems, findings, measures } = lintBank(files, { blueprint, proofProblem })
  const problems = [...ofItems, ...lintHandsOn(handsOn, { blueprint, tasks: await loadTasks() })]
  const all = [...problems, ...findings]
  const errors = all.filter(({ severity }) => severity === 'error')
  const { position, longest, unprovenCommands } = measures
  const mark = ({ severity }: { severity: string }) => (severity === 'error' ? '✗' : '!')
  print(output, { ok: errors.length === 0, problems, findings, measures }, [
    ...problems.map((problem) => `${mark(problem)} ${problemText(problem)}`),
    ...findings.map((finding) => `${mark(finding)} ${finding.message} ${finding.help}`),
    `Places of the keys: chi-squared ${position.chiSquared.toFixed(1)}, and up to ${position.limit.toFixed(1)} is chance`,
    `The key is the longest option of ${longest.items} of ${longest.of}; chance makes it so ${longest.expected.toFixed(0)} times`,
    `${unprovenCommands.length} items are about commands and have no proof; --json names them`,
    `${errors.length} errors, ${all.length - errors.length} warnings in ${files.length + handsOn.length} files`,
  ])
  return errors.length === 0 ? EXIT.done : EXIT.badInput
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
  print(output, stats, [
    `${stats.items} items, ${stats.templates} of them templates, ${stats.proven} with a proof`,
    ...blueprint.domains.map(({ id, title }) => `  ${String(stats.domains[id]).padStart(4)}  ${title}`),
    ...blueprint.objectives.map(({ id, title }) => {
      const { items = 0, labs: count = 0 } = stats.objectives[id] ?? {}
      return `  ${id}  ${String(items).padStart(3)} items  ${String(count).padStart(2)} labs  ${title}`
    }),
    `No item: ${stats.missing.items.join(', ') || 'none'}`,
    `By hand, but no lab: ${stats.missing.labs.join(', ') || 'none'}`,
  ])
  return EXIT.done
}

export interface ProveOptions extends Output {
  /** Items that are proven at the same time. */
  readonly jobs: number
  /** The share of the items with a proof, as `k/n`. */
  readonly share: string
}

/** Proves the named items, or all that have a proof. A template is proven by its first item. */
export async function proveQuestions(
  ids: readonly string[],
  options: ProveOptions,
  signal: AbortSignal,
): Promise<number> {
  const { bank } = await loadBank(resourcesFolder())
  const items = chosenItems(wholeItems(bank, representatives(bank)), ids, options)
  const verdicts = await proveAll(items, options, signal)
  const ok = verdicts.every(({ state }) => state !== 'failed')
  const count = (state: string) => verdicts.filter((item) => item.state === state).length
  print(options, { ok, items: verdicts }, [
    ...verdicts
      .filter(({ state }) => state !== 'proven')
      .map(({ id, state, message }) => `${state} ${id}: ${message}`),
    `${count('proven')} proven, ${count('failed')} failed, ${count('unprovable')} not provable here`,
  ])
  return ok ? EXIT.done : EXIT.failures
}

/** @throws CapstanError `not-found` for a name that no item has */
function chosenItems(all: readonly Item[], ids: readonly string[], { share }: ProveOptions): Item[] {
  const unknown = ids.filter((id) => !all.some((item) => nameInFile(item) === id))
  if (unknown.length > 0)
    throw new CapstanError('not-found', `There is no item "${unknown.join('", "')}".`, {
      help: 'See the files in questions/.',
    })
  if (ids.length > 0) return all.filter((item) => ids.includes(nameInFile(item)))
  const proven = all.filter(({ proof }) => proof)
  return shareOf(proven, parseShare(share))
}

type ItemVerdict = ClaimVerdict & { readonly id: string }

async function proveAll(
  items: readonly Item[],
  options: ProveOptions,
  signal: AbortSignal,
): Promise<ItemVerdict[]> {
  return await withImages(
    async ({ engine, images }) => {
      const owner = ownerOfProofs(dataFolder())
      const room = () => roomForNodes(engine.docker, images.mirrors)
      await reapProofs({ engine, dataFolder: dataFolder() })
      const topologies = new TopologyPool({ engine, images, owner, room })
      try {
        return await mapLimit(items, options.jobs, async (item) => {
          const verdict = await proveItem(item, (claim) => proveClaim(claim, { engine, topologies, signal }))
          if (verdict.state === 'failed') report(options, `✗ ${nameInFile(item)}: ${verdict.message}`)
          return { id: nameInFile(item), ...verdict }
        })
      } finally {
        await topologies.dispose()
      }
    },
    { output: options, signal },
  )
}

type Prove = (claim: NonNullable<ReturnType<typeof parseClaim>['claim']>) => Promise<ClaimVerdict>

async function proveItem(item: Item, prove: Prove): Promise<ClaimVerdict> {
  if (item.proof === undefined) return { state: 'unprovable', message: item.unprovable ?? 'It has no proof.' }
  const { claim, problem } = parseClaim(item.proof)
  if (!claim) return { state: 'failed', message: problem ?? 'It is not a proof.' }
  return await prove(claim)
}

export function printQuestionsSchema({ out }: Output): number {
  out(`${JSON.stringify(questionsJsonSchema(), null, 2)}\n`)
  return EXIT.done
}
