/** Labs and results for the tests of sessions: a test names only what it is about. */
import type { CheckResult } from '../checks'
import type { Check, LoadedLab, LoadedStep } from '../labs'

export function aCheck(
  name: string,
  options: Partial<Pick<Check, 'on' | 'within' | 'guard' | 'secret'>> = {},
): Check {
  return {
    kind: 'exec',
    name,
    on: 'node1',
    within: 0,
    explain: null,
    missing: null,
    expected: null,
    secret: false,
    guard: false,
    points: 1,
    run: 'true',
    in: null,
    user: null,
    shell: 'sh',
    expect: { exit: 0 },
    ...options,
  }
}

export function aStep(id: string, options: Partial<LoadedStep> = {}): LoadedStep {
  return {
    id,
    title: id,
    markdown: '',
    setup: [],
    checks: [aCheck(`${id} is done`)],
    hints: ['first', 'second'],
    solution: [{ on: 'node1', file: 'solution.sh', text: 'true' }],
    shown: [],
    mistakes: [],
    ...options,
  }
}

/** A lab of two steps on one node, unless a test says otherwise. */
export function aLab(options: Partial<LoadedLab> = {}): LoadedLab {
  return {
    id: 'lab',
    domain: 'installation',
    directory: '/labs/lab',
    hash: 'hash of the lab',
    kind: 'lab',
    title: 'Lab',
    summary: '',
    objectives: [],
    difficulty: 'easy',
    minutes: 5,
    requires: [],
    engine: null,
    nodes: [{ name: 'node1', swarm: 'none', networks: ['lab'] }],
    networks: [{ name: 'lab', internal: false }],
    images: [],
    files: [],
    setup: [],
    steps: [aStep('one'), aStep('two')],
    ...options,
  }
}

export function aResult(state: CheckResult['state']): CheckResult {
  return { state, expected: 'e', found: 'f', explanation: state === 'green' ? '' : `it is ${state}` }
}
