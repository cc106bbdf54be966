/**
 * Trials without Docker. The nodes are a set of facts: a script adds each fact that it names (and removes `-fact`), and a
 * check is green when the fact of its name is there.
 */

import type { Check, CheckResult } from '../../checks'
import type { LoadedLab, LoadedMistake, LoadedStep, NodeAction, ScriptStep } from '../../labs'
import { aLab } from '../../session/labs.test-kit'
import type { Results } from './results'
import { Student, type StudentSession } from './student'
import type { Trial } from './trial'

interface FakeStep {
  readonly id: string
  readonly asks: readonly string[]
  readonly guards?: readonly string[]
  readonly setup?: string
  readonly solution: string
  readonly mistakes?: readonly { readonly does: string; readonly explains?: string }[]
  /** How long the checks may take to turn green. */
  readonly within?: number
}

export function scriptOf(text: string): ScriptStep[] {
  return [{ on: 'node1', file: `${text}.sh`, text }]
}

function checkOf(name: string, guard: boolean, within: number): Check {
  const common = {
    name,
    on: 'node1',
    within,
    explain: null,
    missing: null,
    expected: null,
    secret: false,
    guard,
    points: 1,
  }
  return { ...common, kind: 'file', path: `/${name}`, in: null, expect: {} }
}

function stepOf({ id, asks, guards = [], setup, solution, mistakes = [], within = 0 }: FakeStep): LoadedStep {
  return {
    id,
    title: id,
    markdown: '',
    setup: setup === undefined ? [] : scriptOf(setup),
    checks: [
      ...asks.map((name) => checkOf(name, false, within)),
      ...guards.map((name) => checkOf(name, true, within)),
    ],
    hints: [],
    solution: scriptOf(solution),
    shown: [],
    mistakes: mistakes.map(
      ({ does, explains = null }): LoadedMistake => ({
        file: `${does}.sh`,
        script: scriptOf(does),
        explains,
      }),
    ),
  }
}

export function fakeLab(steps: readonly FakeStep[], kind: LoadedLab['kind'] = 'lab'): LoadedLab {
  return aLab({
    id: 'a-lab',
    domain: 'tests',
    directory: '/labs/tests/a-lab',
    kind,
    title: 'A lab',
    minutes: 1,
    steps: steps.map(stepOf),
  })
}

/** How a session misbehaves. */
export interface Faults {
  /** A fact that a reset leaves behind. */
  readonly leftover?: string
  /** The state that the session is in after its start or its reset. */
  readonly breaks?: 'start' | 'reset'
  /** Facts that scripts do not manage to make. */
  readonly missing?: readonly string[]
  /** Called before each script is typed. */
  readonly onType?: (script: string) => void
  /** How many looks a fact takes to show. */
  readonly looksUntilGreen?: number
}

export class FakeSession implements StudentSession {
  readonly log: string[] = []
  topologyId: string | null = null
  readonly #lab: LoadedLab
  readonly #faults: Faults
  #facts = new Set<string>()
  #open: LoadedStep | undefined
  #state: 'running' | 'broken' = 'running'
  #looks = 0
  #topologies = 0

  constructor(lab: LoadedLab, faults: Faults = {}) {
    this.#lab = lab
    this.#faults = faults
  }

  async start(): Promise<void> {
    this.log.push('start')
    this.#build('start')
  }

  async reset(): Promise<void> {
    this.log.push('reset')
    this.#build('reset')
    if (this.#faults.leftover) this.#facts.add(this.#faults.leftover)
  }

  async stop(): Promise<void> {
    this.log.push('stop')
  }

  snapshot() {
    const problem = { code: 'image-failed', message: 'The image is broken.', help: null }
    return { state: this.#state, problem: this.#state === 'broken' ? problem : null }
  }

  async openStep(id: string): Promise<void> {
    this.log.push(`open ${id}`)
    this.#enter(id)
  }

  async switchNode(node: string, action: NodeAction): Promise<void> {
    this.log.push(`${action} ${node}`)
  }

  async type(node: string, script: string): Promise<void> {
    this.log.push(`type ${script} on ${node}`)
    this.#faults.onType?.(script)
    this.#apply(script)
  }

  async check(): Promise<Results> {
    this.#looks++
    return this.#results(this.#open?.id)
  }

  async evaluateStep(id: string): Promise<Results> {
    this.log.push(`evaluate ${id}`)
    return this.#results(id)
  }

  facts(): string[] {
    return [...this.#facts].sort()
  }

  #build(when: Faults['breaks']): void {
    this.topologyId = `topology-${++this.#topologies}`
    this.#facts = new Set()
    if (this.#faults.breaks === when) this.#state = 'broken'
    else this.#enter(this.#lab.steps[0]?.id)
  }

  #enter(id: string | undefined): void {
    this.#open = this.#lab.steps.find((step) => step.id === id)
    for (const step of this.#open?.setup ?? []) if ('text' in step) this.#apply(step.text)
  }

  #apply(script: string): void {
    for (const fact of script.split(' ')) {
      if (fact.startsWith('-')) this.#facts.delete(fact.slice(1))
      else if (!this.#faults.missing?.includes(fact)) this.#facts.add(fact)
    }
  }

  #results(id: string | undefined): Results {
    const checks = this.#lab.steps.find((step) => step.id === id)?.checks ?? []
    return new Map(checks.map((check) => [check, this.#result(check.name)]))
  }

  #result(name: string): CheckResult {
    const isThere = this.#facts.has(name) && this.#looks >= (this.#faults.looksUntilGreen ?? 0)
    const explanation = isThere ? '' : `There is no ${name}.`
    return { state: isThere ? 'green' : 'red', expected: '', found: '', explanation }
  }
}

/** Trials of the lab, each with its session; `faults` says how each misbehaves, by its number from 0. */
export function fakeTrials(
  lab: LoadedLab,
  {
    faults = () => ({}),
    leftovers = [],
    signal = new AbortController().signal,
  }: {
    readonly faults?: (trial: number) => Faults
    readonly leftovers?: readonly string[]
    readonly signal?: AbortSignal
  } = {},
): { begin: () => Promise<Trial>; sessions: FakeSession[] } {
  const sessions: FakeSession[] = []
  const begin = async (): Promise<Trial> => {
    const session = new FakeSession(lab, faults(sessions.length))
    sessions.push(session)
    const type = (node: string, script: string) => session.type(node, script)
    const student = await Student.begin({ lab, session, type, signal })
    return {
      student,
      picture: async () => session.facts(),
      leftovers: async () => {
        session.log.push('leftovers')
        return [...leftovers]
      },
    }
  }
  return { begin, sessions }
}
