/** `capstan bank prove`: proves the claims of questions on real nodes. */
import {
  CapstanError,
  type Claim,
  type ClaimVerdict,
  engineVersion,
  ownerOfProofs,
  parseClaim,
  parseShare,
  proveClaim,
  proveCommand,
  reapProofs,
  resourcesFolder,
  roomForNodes,
  shareOf,
  TopologyPool,
} from '../../engine'
import {
  holdsFor,
  type Item,
  type ItemCommand,
  isProven,
  type Provable,
  provables,
  rangeInWords,
} from '../../exam'
import { mapLimit } from '../../shared/turns'
import { loadBank } from '../services'
import { dataFolder } from '../store'
import { type Ready, withImages } from './engine'
import { EXIT, type Output, print, report } from './output'

export interface ProveOptions extends Output {
  /** Items that are proven at the same time. */
  readonly jobs: number
  /** The share of the items with a proof, as `k/n`. */
  readonly share: string
  /** The version of Docker in the nodes; that of Debian stable when left out. */
  readonly engine: string | undefined
}

/**
 * Proves the named items, or all that have a proof. A template is proven when every combination with a proof of its
 * own is, so its combinations are tried one after the other. The claim of an item that
 * names its versions must hold for these and must not hold for others.
 */
export async function proveQuestions(
  ids: readonly string[],
  options: ProveOptions,
  signal: AbortSignal,
): Promise<number> {
  const version = options.engine === undefined ? undefined : engineVersion(options.engine)
  const { bank } = await loadBank(resourcesFolder())
  const items = chosen(provables(bank), ids, options)
  const { engine, verdicts } = await withImages(
    async (ready) => ({
      engine: ready.images.engine,
      verdicts: await proveAll(items, ready, { ...options, output: options, signal }),
    }),
    { output: options, signal, engineVersion: version },
  )
  const ok = verdicts.every(({ state }) => state !== 'failed')
  const count = (state: string) => verdicts.filter((item) => item.state === state).length
  print(options, { ok, engine, items: verdicts }, [
    ...verdicts
      .filter(({ state }) => state !== 'proven')
      .map(({ id, state, message }) => `${state} ${id}: ${message}`),
    `${count('proven')} proven, ${count('failed')} failed, ${count('unprovable')} not provable here`,
  ])
  return ok ? EXIT.done : EXIT.failures
}

/** @throws CapstanError `not-found` for a name that no item has */
function chosen(all: readonly Provable[], ids: readonly string[], { share }: ProveOptions): Provable[] {
  const unknown = ids.filter((id) => !all.some(({ name }) => name === id))
  if (unknown.length > 0)
    throw new CapstanError('not-found', `There is no item "${unknown.join('", "')}".`, {
      help: 'See the files in questions/.',
    })
  if (ids.length > 0) return all.filter(({ name }) => ids.includes(name))
  const proven = all.filter(({ items }) => items.some(isProven))
  return shareOf(proven, parseShare(share))
}

type ItemVerdict = ClaimVerdict & { readonly id: string }

interface AllOptions {
  readonly output: Output
  readonly jobs: number
  readonly signal: AbortSignal
}

async function proveAll(
  all: readonly Provable[],
  { engine, images }: Ready,
  { output, jobs, signal }: AllOptions,
): Promise<ItemVerdict[]> {
  const owner = ownerOfProofs(dataFolder())
  const room = () => roomForNodes(engine.docker, images.mirrors)
  await reapProofs({ engine, dataFolder: dataFolder() })
  const topologies = new TopologyPool({ engine, images, owner, room })
  const prove: Prove = {
    claim: (claim) => proveClaim(claim, { engine, topologies, signal }),
    command: (command) => proveCommand(command, { topologies, signal }),
  }
  try {
    return await mapLimit(all, jobs, async ({ name, items }) => {
      const verdict = await verdictOfAll(items, (item) => proveItem(item, images.engine, prove))
      if (verdict.state === 'failed') report(output, `✗ ${name}: ${verdict.message}`)
      return { id: name, ...verdict }
    })
  } finally {
    await topologies.dispose()
  }
}

/**
 * The verdict on the combinations of a template: that of the first one that is not proven, with its id. Nothing more is
 * tried after a failure.
 */
export async function verdictOfAll(
  items: readonly Item[],
  prove: (item: Item) => Promise<ClaimVerdict>,
): Promise<ClaimVerdict> {
  let all: ClaimVerdict = { state: 'proven', message: '' }
  for (const item of items) {
    const verdict = await prove(item)
    const message = items.length > 1 ? `${item.id}: ${verdict.message}` : verdict.message
    if (verdict.state === 'failed') return { ...verdict, message }
    if (all.state === 'proven' && (verdict.state !== 'proven' || items.length === 1))
      all = { ...verdict, message }
  }
  return all
}

interface Prove {
  readonly claim: (claim: Claim) => Promise<ClaimVerdict>
  readonly command: (command: ItemCommand) => Promise<ClaimVerdict>
}

async function proveItem(item: Item, version: string, prove: Prove): Promise<ClaimVerdict> {
  if (item.command !== null)
    return verdictForVersion(await prove.command(item.command), { versions: item.versions, version })
  if (item.proof === undefined) return { state: 'unprovable', message: item.unprovable ?? 'It has no proof.' }
  const { claim, problem } = parseClaim(item.proof)
  if (!claim) return { state: 'failed', message: problem ?? 'It is not a proof.' }
  return verdictForVersion(await prove.claim(claim), { versions: item.versions, version })
}

/**
 * The verdict on an item, when its claim was tried on one version of the engine. An answer that holds for other versions
 * only is proven by a claim that fails there.
 * @param versions those for which the answer holds, as the item names them; null for all
 */
export function verdictForVersion(
  verdict: ClaimVerdict,
  { versions, version }: { readonly versions: string | null; readonly version: string },
): ClaimVerdict {
  if (versions === null || holdsFor(versions, version) || verdict.state === 'unprovable') return verdict
  if (verdict.state === 'failed')
    return { state: 'proven', message: `It does not hold for Docker ${version}, as its versions say.` }
  const message = `It should hold ${rangeInWords(versions)} only, but it holds for Docker ${version} too.`
  return { state: 'failed', message }
}
