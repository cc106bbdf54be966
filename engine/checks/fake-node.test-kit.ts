/** A node for tests of checks: its answers are given, and it remembers every question. */
import type { ExecOptions, ExecResult } from '../docker'
import { type Check, CheckFile, type CheckTarget, inspect, type Part, toCheck } from './kinds'
import { asValue } from './matchers'

interface Answers {
  /** Answers a GET of the engine API; an Error is thrown. */
  readonly get?: (path: string) => unknown
  /** Answers a command; an Error is thrown. */
  readonly exec?: (cmd: readonly string[]) => Partial<ExecResult> | Error
}

export class FakeNode implements CheckTarget {
  readonly name = 'node1'
  readonly paths: { readonly path: string; readonly limitMs: number | undefined }[] = []
  readonly commands: { readonly cmd: readonly string[]; readonly options: ExecOptions }[] = []
  readonly docker: CheckTarget['docker']
  readonly #answers: Answers

  constructor(answers: Answers) {
    this.#answers = answers
    this.docker = { get: async <T>(path: string, limitMs?: number) => this.#get(path, limitMs) as T }
  }

  async exec(cmd: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    this.commands.push({ cmd, options })
    const answer = this.#answers.exec?.(cmd) ?? {}
    if (answer instanceof Error) throw answer
    return { exitCode: 0, stdout: '', stderr: '', ...answer }
  }

  #get(path: string, limitMs: number | undefined): unknown {
    this.paths.push({ path, limitMs })
    const answer = this.#answers.get?.(path)
    if (answer instanceof Error) throw answer
    return answer
  }
}

/** A check from the keys of its file. */
export function checkOf(keys: object, on = 'node1'): Check {
  return toCheck(CheckFile.parse({ name: 'A check', ...keys }), on)
}

export const { signal } = new AbortController()

/** The parts that a check finds at the node. */
export async function look(keys: object, node: FakeNode): Promise<Part[]> {
  return await inspect(checkOf(keys), node, signal)
}

export { asValue as value }
