/** Proves one piece of work on the machine, with Capstan's own commands. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type CallOptions, capstan, documentIn, runNode, type Target } from './capstan'
import type { Work } from './work'

export interface Verdict {
  readonly state: 'passed' | 'failed' | 'skipped'
  readonly message: string
}

const Proofs = z.object({
  labs: z
    .array(
      z.object({
        ok: z.boolean(),
        skipped: z.union([z.boolean(), z.string()]),
        steps: z.array(
          z.object({
            id: z.string(),
            problems: z.array(z.object({ kind: z.string(), message: z.string() })),
          }),
        ),
      }),
    )
    .length(1),
})
const Claims = z.object({
  items: z
    .array(z.object({ state: z.enum(['proven', 'failed', 'unprovable']), message: z.string().nullish() }))
    .length(1),
})
const Tests = z.object({
  testResults: z.array(
    z.object({
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ title: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
})

/** How long a test may take on the machine, in milliseconds. */
const TEST_LIMIT_MS = 1_200_000

/** @throws CapstanError `engine-timeout` where a proof ended without a result */
export async function prove(work: Work, target: Target, options: CallOptions): Promise<Verdict> {
  if (work.kind === 'lab') return await proveLab(work.id, target, options)
  if (work.kind === 'claim') return await proveClaim(work.id, target, options)
  return await runTest(work, target, options)
}

async function proveLab(id: string, target: Target, options: CallOptions): Promise<Verdict> {
  // With one job the next nodes would be made beside a proof, and the machine has one processor.
  const { out } = await capstan(target, ['lab', 'verify', id, '--jobs', '2'], options)
  const [lab] = documentIn(out, Proofs).labs
  if (lab?.skipped) return { state: 'skipped', message: String(lab.skipped) }
  const problems = lab?.steps.flatMap((step) =>
    step.problems.map(({ kind, message }) => `${step.id}: ${kind}: ${message}`),
  )
  return { state: lab?.ok ? 'passed' : 'failed', message: problems?.join('\n') ?? '' }
}

const STATES = { proven: 'passed', failed: 'failed', unprovable: 'skipped' } as const

async function proveClaim(id: string, target: Target, options: CallOptions): Promise<Verdict> {
  const { out } = await capstan(target, ['bank', 'prove', id], options)
  const [item] = documentIn(out, Claims).items
  return { state: STATES[item?.state ?? 'failed'], message: item?.message ?? '' }
}

async function runTest({ id, file = '' }: Work, target: Target, options: CallOptions): Promise<Verdict> {
  const report = join(target.data, 'tests.json')
  const limits = [`--testTimeout=${TEST_LIMIT_MS}`, `--hookTimeout=${TEST_LIMIT_MS}`]
  const reporters = ['--reporter=json', `--outputFile.json=${report}`]
  const chosen = ['--testNamePattern', id.replaceAll(/[^\w\s]/g, '\\$&')]
  const vitest = join(target.root, 'node_modules/vitest/vitest.mjs')
  const { out } = await runNode(target, [vitest, 'run', file, ...chosen, ...limits, ...reporters], options)
  const text = await readFile(report, 'utf8').catch(() => out)
  const { testResults } = documentIn(text, Tests)
  const results = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ title }) => title.startsWith(id)),
  )
  const failures = results.flatMap(({ failureMessages }) => failureMessages ?? [])
  if (results.length > 0 && results.every(({ status }) => status === 'passed'))
    return { state: 'passed', message: '' }
  if (results.some(({ status }) => status === 'failed') || results.length === 0) {
    const words = failures[0] ?? testResults[0]?.message ?? 'It did not run.'
    return { state: 'failed', message: words.split('\n').slice(0, 5).join('\n') }
  }
  return { state: 'skipped', message: 'It was skipped on the complete kernel too.' }
}
