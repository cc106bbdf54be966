/** A lab as the rest of the engine sees it: files read in, names resolved, defaults filled. */
import type { ExecExpect, FileExpect, HttpExpect, Matcher } from './schema'

export interface CheckCommon {
  readonly name: string
  /** The node it looks at. */
  readonly on: string
  /** Milliseconds that the proof waits for green. */
  readonly within: number
  readonly explain: string | null
  readonly guard: boolean
}

export type Check = CheckCommon &
  (
    | {
        readonly kind: 'query'
        readonly api: string
        readonly select: string | null
        readonly expect: Matcher
      }
    | {
        readonly kind: 'exec'
        readonly run: string
        readonly in: string | null
        readonly user: string | null
        readonly shell: 'sh' | 'bash'
        readonly expect: ExecExpect
      }
    | {
        readonly kind: 'http'
        readonly url: string
        readonly method: string
        readonly headers: Readonly<Record<string, string>>
        readonly in: string | null
        readonly expect: HttpExpect | { readonly error: Matcher }
      }
    | {
        readonly kind: 'file'
        readonly path: string
        readonly in: string | null
        readonly expect: FileExpect | { readonly absent: boolean }
      }
  )

export interface NodeScript {
  /** The node it runs in. */
  readonly on: string
  /** Path in the lab's folder. */
  readonly file: string
  readonly text: string
}

export interface LoadedMistake {
  readonly file: string
  readonly script: readonly NodeScript[]
  /** Part of the explanation that the student must get. */
  readonly explains: string | null
}

export interface LoadedStep {
  readonly id: string
  readonly title: string
  readonly markdown: string
  readonly setup: readonly NodeScript[]
  readonly checks: readonly Check[]
  readonly hints: readonly string[]
  readonly solution: readonly NodeScript[]
  readonly mistakes: readonly LoadedMistake[]
}

export interface LoadedLab {
  /** Name of the lab's folder. */
  readonly id: string
  /** Name of the folder above it. */
  readonly domain: string
  readonly directory: string
  readonly title: string
  readonly summary: string
  readonly objectives: readonly string[]
  readonly difficulty: 'easy' | 'medium' | 'hard'
  readonly minutes: number
  readonly requires: readonly string[]
  readonly nodes: readonly { readonly name: string; readonly swarm: 'none' | 'manager' | 'worker' }[]
  readonly images: readonly string[]
  /** `from` is a path on the host. */
  readonly files: readonly { readonly from: string; readonly to: string; readonly on: string }[]
  readonly setup: readonly NodeScript[]
  readonly steps: readonly LoadedStep[]
}

export interface LabProblem {
  /** Relative to the lab's folder. */
  readonly file: string
  readonly line: number
  readonly column: number
  readonly message: string
  readonly mend: string
  readonly severity: 'error' | 'warning'
}

/** A problem as one line: `lab.yaml:12:5 …`. */
export function problemText(problem: LabProblem): string {
  return `${problem.file}:${problem.line}:${problem.column} ${problem.message} ${problem.mend}`.trim()
}
