/** `capstan lab verify`: proves labs on real nodes. */
import { join, resolve } from 'node:path'
import {
  CapstanError,
  engineVersion,
  type LabResult,
  type LabVerdict,
  loadCatalogue,
  loadLab,
  ownerOfProofs,
  type ProveLabOptions,
  parseShare,
  problemText,
  proveLab,
  reapProofs,
  recordsInMemory,
  resourcesFolder,
} from '../../engine'
import { mapLimit } from '../../shared/turns'
import { readLabs } from '../services'
import { dataFolder } from '../store'
import { type Ready, withImages } from './engine'
import { EXIT, type Output, print, report } from './output'

export interface VerifyLabsOptions extends Output {
  readonly runs: number
  /** The share of each lab's mistakes, as `k/n`. */
  readonly mistakes: string
  /** Labs that are proven at the same time. */
  readonly jobs: number
  /** The folder of one lab, or a folder of labs. The default is the catalogue. */
  readonly dir: string | undefined
  /** The version of Docker in the nodes; that of Debian stable when left out. */
  readonly engine: string | undefined
}

export async function verifyLabs(
  ids: readonly string[],
  options: VerifyLabsOptions,
  signal: AbortSignal,
): Promise<number> {
  const mistakes = parseShare(options.mistakes)
  const onlyEngine = options.engine === undefined ? null : engineVersion(options.engine)
  const chosen = await choose(ids, options.dir)
  const { engine, labs } = await withImages(
    async (ready) => {
      await reapProofs({ engine: ready.engine, dataFolder: dataFolder() })
      const one = { ...options, output: options, mistakes, onlyEngine, signal }
      const verdicts = await mapLimit(chosen, options.jobs, (result) => verifyOne(result, ready, one))
      return { engine: ready.images.engine, labs: verdicts }
    },
    { output: options, signal, engineVersion: onlyEngine ?? undefined },
  )
  const ok = labs.every((lab) => lab.ok)
  print(options, { ok, engine, labs }, labs.flatMap(verdictLines))
  return ok ? EXIT.done : EXIT.failures
}

interface OneOptions extends Pick<ProveLabOptions, 'runs' | 'mistakes' | 'onlyEngine' | 'signal'> {
  readonly output: Output
  readonly jobs: number
}

async function verifyOne(
  { id, lab, problems }: LabResult,
  ready: Ready,
  { output, runs, jobs, mistakes, onlyEngine, signal }: OneOptions,
): Promise<LabVerdict> {
  if (!lab) {
    const messages = problems.map((problem) => ({ kind: 'format' as const, message: problemText(problem) }))
    return {
      id,
      ok: false,
      skipped: false,
      seconds: 0,
      steps: [{ id: 'lab.yaml', ok: false, problems: messages }],
    }
  }
  const { engine, images } = ready
  return await proveLab(lab, {
    engine,
    images,
    runs,
    signal,
    mistakes,
    onlyEngine,
    ahead: jobs === 1,
    // Proofs may run beside the app, so they have nothing in common with its sessions.
    records: recordsInMemory(),
    owner: ownerOfProofs(dataFolder()),
    onProgress: ({ run, text }) => report(output, `${id} ${runs > 1 ? `run ${run}/${runs} ` : ''}${text}`),
  })
}

async function choose(ids: readonly string[], dir: string | undefined): Promise<readonly LabResult[]> {
  const all =
    dir === undefined
      ? (await readLabs(resourcesFolder(), { folders: [join(resourcesFolder(), 'labs')] })).results
      : await labsUnder(resolve(dir))
  const missing = ids.filter((id) => !all.some((result) => result.id === id))
  if (missing.length > 0)
    throw new CapstanError('not-found', `There is no lab called "${missing.join('", "')}".`, {
      help: 'See `capstan lab list` for the names.',
    })
  return ids.length > 0 ? all.filter(({ id }) => ids.includes(id)) : all
}

/** The folder itself when it is a lab. Otherwise the labs in it, one or two levels down. */
async function labsUnder(folder: string): Promise<LabResult[]> {
  const own = await loadLab(folder)
  if (own.lab || own.problems.some(({ line }) => line > 1)) return [own]
  const below = await loadCatalogue(folder)
  const real = below.filter(
    ({ lab, problems }) =>
      lab || problems.some(({ message }) => !message.includes('lab.yaml" does not exist')),
  )
  if (real.length > 0) return real
  const beside = await loadCatalogue(resolve(folder, '..'))
  return beside.filter(({ domain }) => domain === folder.split('/').at(-1))
}

function verdictLines({ id, ok, skipped, seconds, steps }: LabVerdict): string[] {
  if (skipped) return [`- ${id}: skipped: ${skipped}`]
  const problems = steps.flatMap((step) =>
    step.problems.map(({ kind, message }) => `    ${step.id}: ${kind}: ${message}`),
  )
  return [`${ok ? '✓' : '✗'} ${id} (${seconds} s)`, ...problems]
}
