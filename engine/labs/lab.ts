/** A lab as the rest of the engine sees it: files read in, names resolved, defaults filled. */
import type { ExecExpect, FileExpect, HttpExpect, Matcher, NodeAction } from './schema'

export interface CheckCommon {
  readonly name: string
  /** The node it looks at. */
  readonly on: string
  /** Milliseconds that the proof waits for green. */
  readonly within: number
  readonly explain: string | null
  readonly guard: boolean
  readonly points: number
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

/** Something that happens to a node, as by a hand at its power switch. */
export interface NodeEvent {
  readonly on: string
  readonly action: NodeAction
}

/** Done one after the other. */
export type Task = NodeScript | NodeEvent

export interface LoadedMistake {
  readonly file: string
  readonly script: readonly Task[]
  /** Part of the explanation that the student must get. */
  readonly explains: string | null
}

export interface LoadedStep {
  readonly id: string
  readonly title: string
  readonly markdown: string
  readonly setup: readonly Task[]
  readonly checks: readonly Check[]
  readonly hints: readonly string[]
  readonly solution: readonly Task[]
  readonly mistakes: readonly LoadedMistake[]
}

export interface LoadedLab {
  /** Name of the lab's folder. */
  readonly id: string
  /** Name of the folder above it. */
  readonly domain: string
  readonly directory: string
  /** A task is graded in hands-on exams; a lab teaches. */
  readonly kind: 'lab' | 'task'
  readonly title: string
  readonly summary: string
  readonly objectives: readonly string[]
  readonly difficulty: 'easy' | 'medium' | 'hard'
  readonly minutes: number
  readonly requires: readonly string[]
  readonly nodes: readonly {
    readonly name: string
    readonly swarm: 'none' | 'manager' | 'worker'
    readonly networks: readonly string[]
  }[]
  readonly networks: readonly { readonly name: string; readonly internal: boolean }[]
  readonly images: readonly { readonly name: string; readonly preloaded: boolean }[]
  /** `from` is a path on the host. */
  readonly files: readonly { readonly from: string; readonly to: string; readonly on: string }[]
  readonly setup: readonly Task[]
  readonly steps: readonly LoadedStep[]
}
