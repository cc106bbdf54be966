/** A node for tests of checks: its answers are given, and it remembers every question. */
import type { ExecOptions, ExecResult } from '../docker'
import type { CheckTarget } from './kinds'

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
