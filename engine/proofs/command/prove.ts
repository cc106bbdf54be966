/**
 * Proves a command item: on one fresh node it is red after the set-up and green after the solution, and on a fresh node
 * for each mistake it is red after that.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { isCapstanError } from '../../../shared/errors'
import { lastLines } from '../../../shared/last-lines'
import { until } from '../../../shared/system/wait'
import { type CheckResult, evaluateCheck } from '../../checks'
import { type Check, type CommandText, commandLab, type LoadedLab } from '../../labs'
import { shapeOf } from '../../topology'
import type { ClaimNodes, ClaimVerdict, ProveClaimOptions } from '../claim'

export interface ProveCommandOptions extends Pick<ProveClaimOptions, 'topologies' | 'signal'> {
  /** For how long a mistake must stay red after it was made, in milliseconds. */
  readonly staysRedMs?: number
}

/** A script may wait for a swarm or a pull. */
const RUN_LIMIT_MS = 120_000
const EVERY_MS = 200
const STAYS_RED_MS = 1_500

/** @throws CapstanError when the nodes cannot be built */
export async function proveCommand(
  command: CommandText,
  options: ProveCommandOptions,
): Promise<Pick<ClaimVerdict, 'message'> & { readonly state: 'proven' | 'failed' }> {
  const { lab, problem } = commandLab({ id: 'command', title: 'command', command })
  if (!lab) return { state: 'failed', message: `It cannot be run: ${problem}.` }
  const found =
    (await solutionProblem(lab, command, options)) ?? (await mistakesProblem(lab, command, options))
  return found === null ? { state: 'proven', message: '' } : { state: 'failed', message: found }
}

async function solutionProblem(
  lab: LoadedLab,
  { setup, solution }: CommandText,
  options: ProveCommandOptions,
): Promise<string | null> {
  return await onFreshNode(lab, options, async (trial) => {
    const broken = await trial.run(setup ?? 'true')
    if (broken) return `The set-up fails: ${broken}`
    if ((await trial.look()).every(isGreen)) return 'All checks are green before anything was typed.'
    const failed = await trial.run(solution)
    const results = await trial.lookUntilGreen()
    if (results.every(isGreen)) return null
    return `The solution leaves it red: ${reasons(results)}${failed ? ` The solution says: ${failed}` : ''}`
  })
}

async function mistakesProblem(
  lab: LoadedLab,
  { setup, mistakes }: CommandText,
  options: ProveCommandOptions,
): Promise<string | null> {
  for (const [index, { run }] of mistakes.entries()) {
    const problem = await onFreshNode(lab, options, async (trial) => {
      const broken = await trial.run(setup ?? 'true')
      if (broken) return `The set-up worked once, but not again: ${broken}`
      // A mistake may be refused by Docker. What counts is what it leaves.
      await trial.run(run)
      await sleep(options.staysRedMs ?? STAYS_RED_MS, undefined, { signal: options.signal })
      if (!(await trial.look()).every(isGreen)) return null
      return `Mistake ${index + 1} turns all checks green: ${run}`
    })
    if (problem !== null) return problem
  }
  return null
}

interface Trial {
  /** @returns the end of what the script said when it failed, or null */
  run(script: string): Promise<string | null>
  look(): Promise<CheckResult[]>
  /** Each check has as much time as its `within` says. */
  lookUntilGreen(): Promise<CheckResult[]>
}

async function onFreshNode<T>(
  lab: LoadedLab,
  { topologies, signal }: ProveCommandOptions,
  work: (trial: Trial) => Promise<T>,
): Promise<T> {
  const nodes = await topologies.take(shapeOf(lab), { signal, onActivity: () => undefined })
  try {
    return await work(trialOn(nodes, lab, signal))
  } finally {
    nodes.close()
    await topologies.remove(nodes.id)
  }
}

function trialOn(nodes: ClaimNodes, { steps, nodes: [first] }: LoadedLab, signal: AbortSignal): Trial {
  const checks = steps.flatMap((step) => step.checks)
  const lookAt = (check: Check) => evaluateCheck(check, (name) => nodes.node(name), signal)
  return {
    run: async (script) =>
      await output(() => nodes.node(first?.name ?? '').script(script, { limitMs: RUN_LIMIT_MS, signal })),
    look: async () => await Promise.all(checks.map(lookAt)),
    lookUntilGreen: async () =>
      await Promise.all(
        checks.map((check) =>
          until(() => lookAt(check), {
            isDone: isGreen,
            limitMs: check.within,
            everyMs: EVERY_MS,
            signal,
          }),
        ),
      ),
  }
}

async function output(
  script: () => Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }>,
): Promise<string | null> {
  try {
    const { exitCode, stdout, stderr } = await script()
    return exitCode === 0 ? null : `${lastLines(stderr || stdout, 2)} (exit code ${exitCode})`
  } catch (error) {
    if (!isCapstanError(error)) throw error
    return error.message
  }
}

function isGreen({ state }: CheckResult): boolean {
  return state === 'green'
}

function reasons(results: readonly CheckResult[]): string {
  return results
    .filter((result) => !isGreen(result))
    .map(({ explanation }) => explanation)
    .join(' ')
}
