/** Runs programs of this machine that set up the engine: each has a time limit and ends with its signal. */

import { execa } from 'execa'
import { CapstanError } from '../../shared/errors'
import { lastLines } from '../../shared/last-lines'
import { stretched } from '../../shared/time-limits'

/** They run before the machine is measured: its base takes 45 s on a usual one, and twenty times that on a slow one. */
const LIMIT_MS = 900_000
/** A program that ignores SIGTERM is killed after this time. */
const KILL_AFTER_MS = 500

export interface CommandOptions {
  readonly cwd?: string
  /** All of the program's environment; without it, that of this process. */
  readonly env?: NodeJS.ProcessEnv
  readonly signal?: AbortSignal | undefined
}

export type RunCommand = (command: string, args: readonly string[], options?: CommandOptions) => Promise<void>

/** @throws CapstanError `cancelled` when the signal aborts; else the failure, whose last words `lastWords` finds */
export const runCommand: RunCommand = async (command, args, { cwd, env, signal } = {}) => {
  try {
    await execa(command, args, {
      ...(cwd && { cwd }),
      ...(env && { env, extendEnv: false }),
      ...(signal && { cancelSignal: signal }),
      stdin: 'ignore',
      timeout: stretched(LIMIT_MS),
      forceKillAfterDelay: stretched(KILL_AFTER_MS),
    })
  } catch (error) {
    if (signal?.aborted) throw new CapstanError('cancelled', `Stopped running ${command}.`, { cause: error })
    throw error
  }
}

/** The end of what a failed program wrote to stderr. It is empty when there was no such program. */
export function lastWords(error: unknown): string {
  if (!(error instanceof Error && 'stderr' in error)) return ''
  return lastLines(String(error.stderr), 2)
}
