/** `capstan lab …`: list, lint, start, check, stop, verify, schema. */
import { join, resolve } from 'node:path'
import {
  CapstanError,
  courseImageNames,
  type LabResult,
  type LabVerdict,
  labJsonSchema,
  lintLab,
  loadCatalogue,
  loadLab,
  type ProveLabOptions,
  parseShare,
  problemText,
  proveLab,
  reap,
  resourcesFolder,
  SessionManager,
  settled,
  TopologyPool,
} from '../../engine'
import { type Ready, withImages } from './engine'
import { EXIT, type Output, print, tell } from './output'
import { sideBySide } from './side-by-side'

const CAPABILITIES = ['ipvs', 'vxlan', 'esp', 'macvlan', 'ipvlan', 'userns']

const labsFolder = () => join(resourcesFolder(), 'labs')

/** The labs of the catalogue, or the tasks of hands-on exams. */
export async function listLabs(output: Output & { readonly tasks: boolean }): Promise<number> {
  const results = await loadCatalogue(labsFolder())
  const kind = output.tasks ? 'task' : 'lab'
  const labs = results
    .flatMap(({ lab }) => (lab?.kind === kind ? [lab] : []))
    .map((lab) => ({
      id: lab.id,
      title: lab.title,
      domain: lab.domain,
      objectives: lab.objectives,
      difficulty: lab.difficulty,
      minutes: lab.minutes,
      requires: lab.requires,
      nodes: lab.nodes.map(({ name }) => name),
    }))
  print(
    output,
    { labs },
    labs.map(
      ({ id, title, domain, minutes }) =>
        `${id.padEnd(28)} ${domain.padEnd(14)} ${String(minutes).padStart(3)} min  ${title}`,
    ),
  )
  for (const { id, problems } of results)
    for (const problem of problems) tell(`${id}/${problemText(problem)}`)
  return EXIT.done
}

/** Lints the named folders, or the whole catalogue. */
export async function lintLabs(folders: readonly string[], output: Output): Promise<number> {
  const directories =
    folders.length > 0
      ? folders.map((folder) => resolve(folder))
      : (await loadCatalogue(labsFolder())).map(({ directory }) => directory)
  const known = { images: courseImageNames(), capabilities: CAPABILITIES }
  const results = await Promise.all(directories.map((directory) => lintLab(directory, known)))
  const labs = results.map(({ id, directory, problems }) => ({ id, directory, problems }))
  const ok = results.every(({ problems }) => !problems.some(({ severity }) => severity === 'error'))
  const lines = labs.flatMap(({ id, problems }) =>
    problems.length === 0
      ? [`✓ ${id}`]
      : problems.map(
          (problem) => `${problem.severity === 'error' ? '✗' : '!'} ${id}/${problemText(problem)}`,
        ),
  )
  print(output, { ok, labs }, lines)
  return ok ? EXIT.done : EXIT.badInput
}

export function printSchema(): number {
  process.stdout.write(`${JSON.stringify(labJsonSchema(), null, 2)}\n`)
  return EXIT.done
}

export async function startLab(id: string, output: Output, signal: AbortSignal): Promise<number> {
  return await withSessions(signal, async (sessions) => {
    const session = await sessions.start(id)
    await settled(session)
    const { state, problem, nodes } = session.snapshot()
    if (state === 'broken')
      throw new CapstanError(
        'session-state',
        problem?.message ?? 'The lab did not start.',
        problem?.help ? { help: problem.help } : {},
      )
    print(output, { session: session.id, lab: id, nodes: nodes.map(({ name }) => name) }, [
      `Session ${session.id} is running.`,
    ])
    return EXIT.done
  })
}

export async function checkSession(id: string, output: Output, signal: AbortSignal): Promise<number> {
  return await withSessions(signal, async (sessions) => {
    const session = sessions.get(id)
    await settled(session)
    await session.check()
    const { currentStep, steps } = session.snapshot()
    const checks = steps.find((step) => step.id === currentStep)?.checks ?? []
    const ok = checks.every(({ state }) => state === 'green')
    const lines = checks.map(
      ({ name, state, explanation }) =>
        `${state === 'green' ? '✓' : '✗'} ${name}${explanation && `: ${explanation}`}`,
    )
    print(output, { ok, session: id, step: currentStep, checks }, lines)
    return ok ? EXIT.done : EXIT.failures
  })
}

export async function stopSession(id: string, output: Output, signal: AbortSignal): Promise<number> {
  return await withSessions(signal, async (sessions) => {
    await sessions.stop(id)
    print(output, { ok: true, session: id }, [`Session ${id} is gone.`])
    return EXIT.done
  })
}

/** Sessions of the command line live on when the command ends, as those of the app do. */
async function withSessions<T>(
  signal: AbortSignal,
  work: (sessions: SessionManager) => Promise<T>,
): Promise<T> {
  return await withImages(
    async ({ engine, images, store }) => {
      const results = await loadCatalogue(labsFolder())
      const catalogue = () => results.flatMap(({ lab }) => (lab ? [lab] : []))
      const sessions = new SessionManager({
        engine,
        topologies: new TopologyPool({ engine, images, owner: store.owner, room: async () => 0 }),
        catalogue,
        records: store.sessions,
        owner: store.owner,
      })
      try {
        await sessions.resume()
        return await work(sessions)
      } finally {
        await sessions.dispose({ keepNodes: true })
      }
    },
    { keep: true, signal },
  )
}

export interface VerifyLabsOptions extends Output {
  readonly runs: number
  /** Of each lab's mistakes, as `k/n`. */
  readonly mistakes: string
  /** Labs that are proven at the same time. */
  readonly jobs: number
  /** One lab's folder, or a folder of labs; the catalogue without it. */
  readonly dir: string | undefined
}

export async function verifyLabs(
  ids: readonly string[],
  options: VerifyLabsOptions,
  signal: AbortSignal,
): Promise<number> {
  const mistakes = parseShare(options.mistakes)
  const chosen = await choose(ids, options.dir)
  const labs = await withImages(
    async (ready) => {
      await reap({ ...ready, records: ready.store.sessions, owner: ready.store.owner })
      return await sideBySide(chosen, options.jobs, (result) =>
        verifyOne(result, ready, { ...options, mistakes, signal }),
      )
    },
    { signal },
  )
  const ok = labs.every((lab) => lab.ok)
  print(options, { ok, labs }, labs.flatMap(verdictLines))
  return ok ? EXIT.done : EXIT.failures
}

async function verifyOne(
  { id, lab, problems }: LabResult,
  ready: Ready,
  { runs, jobs, mistakes, signal }: Pick<ProveLabOptions, 'runs' | 'mistakes' | 'signal'> & { jobs: number },
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
  const { engine, images, store } = ready
  return await proveLab(lab, {
    ...{ engine, images, runs, signal, ahead: jobs === 1, mistakes },
    records: store.sessions,
    owner: store.owner,
    onProgress: ({ run, text }) => tell(`${id} ${runs > 1 ? `run ${run}/${runs} ` : ''}${text}`),
  })
}

async function choose(ids: readonly string[], dir: string | undefined): Promise<LabResult[]> {
  const all = dir === undefined ? await loadCatalogue(labsFolder()) : await labsUnder(resolve(dir))
  const missing = ids.filter((id) => !all.some((result) => result.id === id))
  if (missing.length > 0)
    throw new CapstanError('not-found', `There is no lab called "${missing.join('", "')}".`, {
      help: 'See `capstan lab list` for the names.',
    })
  return ids.length > 0 ? all.filter(({ id }) => ids.includes(id)) : all
}

/** The folder itself when it is a lab, else the labs in it, one or two levels down. */
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
