/** A lab as the rest of the engine sees it: its files are read, its names resolved and its defaults filled in. */
import type { Check } from '../checks'
import type { NodeAction } from './schema'

export interface NodeScript {
  /** The node that the script runs in. */
  readonly on: string
  /** The script's path in the lab's folder. */
  readonly file: string
  readonly text: string
}

/** Something that happens to a node, as if somebody used its power switch or its cable. */
export interface NodeEvent {
  readonly on: string
  readonly action: NodeAction
}

/** A step of what a lab does to its nodes. The steps are done one after the other. */
export type ScriptStep = NodeScript | NodeEvent

export interface LoadedMistake {
  readonly file: string
  readonly script: readonly ScriptStep[]
  /** Part of the explanation that the student must get. */
  readonly explains: string | null
}

export interface LoadedStep {
  readonly id: string
  readonly title: string
  readonly markdown: string
  readonly setup: readonly ScriptStep[]
  readonly checks: readonly Check[]
  readonly hints: readonly string[]
  readonly solution: readonly ScriptStep[]
  /** What the student reads in place of the solution's scripts; empty where these are what a person types. */
  readonly shown: readonly ScriptStep[]
  readonly mistakes: readonly LoadedMistake[]
}

/** A file or folder of the lab that is copied into a node. */
export interface LabFiles {
  /** A path on the host. */
  readonly from: string
  readonly to: string
  /** The node. */
  readonly on: string
  /** What was there when the lab was read. Nothing else is copied. */
  readonly hash: string
}

export interface LoadedLab {
  /** The name of the lab's folder. */
  readonly id: string
  /** The name of the folder above the lab's. */
  readonly domain: string
  readonly directory: string
  /** The hash of all that its folder held when it was read: SHA-256, in hexadecimal digits. */
  readonly hash: string
  /**
   * A task is graded in hands-on exams, and a command in practice; a lab teaches; a playground has no files, no steps and
   * no checks.
   */
  readonly kind: 'lab' | 'task' | 'command' | 'playground'
  readonly title: string
  readonly summary: string
  readonly objectives: readonly string[]
  readonly difficulty: 'easy' | 'medium' | 'hard'
  readonly minutes: number
  readonly requires: readonly string[]
  /** The version of Docker that the lab needs in its nodes, or null for one that runs on the default. */
  readonly engine: string | null
  readonly nodes: readonly {
    readonly name: string
    readonly swarm: 'none' | 'manager' | 'worker'
    readonly networks: readonly string[]
    /** MiB. */
    readonly memory?: number | undefined
    /** MiB. */
    readonly disk?: number | undefined
    /** The version of its engine; the default when left out. */
    readonly engine?: string | undefined
  }[]
  readonly networks: readonly { readonly name: string; readonly internal: boolean }[]
  readonly images: readonly { readonly name: string; readonly preloaded: boolean }[]
  readonly files: readonly LabFiles[]
  readonly setup: readonly ScriptStep[]
  readonly steps: readonly LoadedStep[]
}
