/** The check `exec`: runs a script in the node, or in a container of it, and looks at its result. */
import { z } from 'zod'
import type { ExecResult } from '../../docker'
import { asValue, type Found, MatcherFile } from '../matchers'
import { missingIn } from '../missing'
import {
  byParts,
  CheckBase,
  type CheckCommon,
  type CheckKind,
  type CheckTarget,
  LARGEST_ANSWER,
  LOOK_LIMIT_MS,
  noFlaws,
  type Part,
  partOf,
} from './kind'

const ExecParts = z.strictObject({
  exit: MatcherFile.optional(),
  stdout: MatcherFile.optional(),
  stderr: MatcherFile.optional(),
})
export type ExecParts = z.infer<typeof ExecParts>

/** The expectation of a script in a file: by parts, or a matcher for its standard output. */
export const ExecExpect = z.union([ExecParts, MatcherFile])
export type ExecExpect = z.infer<typeof ExecExpect>

const ExecFile = CheckBase.extend({
  exec: z.union([
    z.string(),
    z.strictObject({
      run: z.string(),
      in: z.string().optional(),
      user: z.string().optional(),
      shell: z.enum(['sh', 'bash']).default('bash'),
    }),
  ]),
  expect: ExecExpect.optional(),
})
export type ExecFile = z.infer<typeof ExecFile>

export interface ExecCheck extends CheckCommon {
  readonly kind: 'exec'
  readonly run: string
  /** The container that the script runs in, or null for the node itself. */
  readonly in: string | null
  readonly user: string | null
  readonly shell: 'sh' | 'bash'
  readonly expect: ExecParts
}

export const exec: CheckKind<ExecFile, ExecCheck> = {
  schema: ExecFile,
  toCheck,
  inspect,
  matchersOf: ({ expect }) => Object.values(expect).filter((matcher) => matcher !== undefined),
  flawsOf: noFlaws,
}

function toCheck({ exec: subject, expect }: ExecFile, common: CheckCommon): ExecCheck {
  const {
    run,
    in: container = null,
    user = null,
    shell = 'bash',
  } = typeof subject === 'string' ? { run: subject } : subject
  return { ...common, kind: 'exec', run, in: container, user, shell, expect: execExpected(expect) }
}

/** Reads the expectation of a script by parts. */
export function execExpected(expect: ExecExpect | undefined): ExecParts {
  return byParts<ExecParts>(expect, { keys: Object.keys(ExecParts.shape), main: 'stdout' })
}

async function inspect(check: ExecCheck, target: CheckTarget, signal: AbortSignal): Promise<Part[]> {
  const { user, in: container, expect } = check
  const result = await target.exec(commandOf(check), {
    limitMs: LOOK_LIMIT_MS,
    maxBytes: LARGEST_ANSWER,
    signal,
    ...(user && container === null && { user }),
  })
  const missing = missingIn(result.stderr, target.name)
  return execParts(result, expect).map((part) => {
    const shown = part.name === EXIT_CODE && expect.exit === undefined ? unasked(part, result) : part
    return { ...shown, found: { ...shown.found, missing } }
  })
}

function commandOf({ run, in: container, user, shell }: ExecCheck): string[] {
  if (container === null) return [shell, '-c', run]
  return ['docker', 'exec', ...(user ? ['--user', user] : []), container, 'sh', '-c', run]
}

const EXIT_CODE = 'exit code'

/** Compares a script's result by parts; the exit code is always one of them. */
export function execParts({ exitCode, stdout, stderr }: ExecResult, expect: ExecParts): Part[] {
  const parts = [partOf(EXIT_CODE, exitCode, expect.exit ?? 0)]
  if (expect.stdout !== undefined) parts.push(partOf('', stdout.trim(), expect.stdout))
  if (expect.stderr !== undefined) parts.push(partOf('stderr', stderr.trim(), expect.stderr))
  return parts
}

/**
 * A student has not asked for the exit code of a check's script, so it is not shown. A script that fails and complains of
 * nothing says by its last line what it found; the complaint of a program is an error.
 */
function unasked(part: Part, { exitCode, stdout, stderr }: ExecResult): Part {
  const found: Found =
    exitCode === 0
      ? part.found
      : stdout.trim() && !stderr.trim()
        ? asValue(lastLine(stdout))
        : { kind: 'error', message: lastLine(stderr) }
  return { ...part, name: exitCode === 0 ? part.name : '', found, words: '' }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
