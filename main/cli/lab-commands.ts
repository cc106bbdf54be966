/** `capstan lab …`: list, lint, schema, start, check, stop. */
import { join, resolve } from 'node:path'
import {
  CapstanError,
  capabilityNames,
  courseImageNames,
  EngineDisk,
  isolationOf,
  type LoadedLab,
  labJsonSchema,
  lintCatalogue,
  lintLab,
  packagedVersions,
  problemText,
  resourcesFolder,
  SessionManager,
  settled,
  TopologyPool,
} from '../../engine'
import { readLabs, Trust } from '../services'
import type { Store } from '../store'
import { type Ready, withImages, withStore } from './engine'
import { EXIT, type Output, print, report } from './output'
import { pathProblems } from './path-problems'

const labsFolder = () => join(resourcesFolder(), 'labs')

/** The labs of the catalogue, or the tasks of hands-on exams. */
export async function listLabs(output: Output & { readonly tasks: boolean }): Promise<number> {
  const { results } = await readLabs(resourcesFolder())
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
      engine: lab.engine,
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
    for (const problem of problems) report(output, `${id}/${problemText(problem)}`)
  return EXIT.done
}

/** Lints the named folders, or the whole catalogue. */
export async function lintLabs(folders: readonly string[], output: Output): Promise<number> {
  const known = {
    images: courseImageNames(),
    capabilities: capabilityNames(),
    engines: packagedVersions(),
  }
  const results =
    folders.length > 0
      ? await Promise.all(folders.map((folder) => lintLab(resolve(folder), known)))
      : await lintCatalogue(labsFolder(), known)
  const labs = results.map(({ id, directory, problems }) => ({ id, directory, problems }))
  const paths = folders.length > 0 ? [] : await pathProblems(results)
  const all = [...paths, ...results.flatMap(({ problems }) => problems)]
  const ok = !all.some(({ severity }) => severity === 'error')
  const lines = labs.flatMap(({ id, problems }) =>
    problems.length === 0
      ? [`✓ ${id}`]
      : problems.map(
          (problem) => `${problem.severity === 'error' ? '✗' : '!'} ${id}/${problemText(problem)}`,
        ),
  )
  print(output, { ok, labs, paths }, [...lines, ...paths.map((problem) => `✗ ${problemText(problem)}`)])
  return ok ? EXIT.done : EXIT.badInput
}

export function printSchema({ out }: Output): number {
  out(`${JSON.stringify(labJsonSchema(), null, 2)}\n`)
  return EXIT.done
}

export interface StartLabOptions extends Output {
  /** The person allows a lab that does not ship with Capstan, as it is now. */
  readonly trust: boolean
  /** The number or the id of the step at which it begins; the first one when left out. */
  readonly step?: string | undefined
}

export async function startLab(
  id: string,
  { trust: isTrusted, step, ...output }: StartLabOptions,
  signal: AbortSignal,
): Promise<number> {
  return await withSessions(output, signal, async ({ sessions, labs, trust }) => {
    const lab = labs.find((one) => one.id === id)
    if (isTrusted && lab) await trust.allow(lab, lab.hash)
    const session = await sessions.start(id, lab && stepId(lab, step))
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

/** The id of a step that was given by its number or its id. */
function stepId({ steps }: LoadedLab, step: string | undefined): string | undefined {
  return step === undefined ? undefined : (steps[Number(step) - 1]?.id ?? step)
}

export async function checkSession(id: string, output: Output, signal: AbortSignal): Promise<number> {
  return await withSessions(output, signal, async ({ sessions }) => {
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
  return await withSessions(output, signal, async ({ sessions }) => {
    await sessions.stop(id)
    print(output, { ok: true, session: id }, [`Session ${id} is gone.`])
    return EXIT.done
  })
}

export interface OpenSessions {
  readonly sessions: SessionManager
  readonly labs: readonly LoadedLab[]
  readonly trust: Trust
}

/** Works with the sessions. They live on when the command ends, as they do when the app ends. */
export async function withSessions<T>(
  output: Output,
  signal: AbortSignal,
  work: (open: OpenSessions) => Promise<T>,
): Promise<T> {
  return await withStore(output, (store) =>
    withImages((ready) => onSessions({ ...ready, store }, work), { output, keep: true, signal }),
  )
}

async function onSessions<T>(
  { engine, images, store }: Ready & { readonly store: Store },
  work: (open: OpenSessions) => Promise<T>,
): Promise<T> {
  const { results, shipped } = await readLabs(resourcesFolder())
  const labs = results.flatMap(({ lab }) => lab ?? [])
  const trust = new Trust({
    shipped: () => shipped.hashes,
    consents: store.consents,
    isolation: () => isolationOf(engine.capabilities),
  })
  const sessions = new SessionManager({
    engine,
    topologies: new TopologyPool({ engine, images, owner: store.owner, room: async () => 0 }),
    disk: new EngineDisk(engine.docker, images.mirrors),
    catalogue: () => labs,
    records: store.sessions,
    owner: store.owner,
    assertAllowed: (lab) => trust.assertAllowed(lab),
  })
  try {
    await sessions.resume()
    return await work({ sessions, labs, trust })
  } finally {
    await sessions.dispose({ keepNodes: true })
  }
}
